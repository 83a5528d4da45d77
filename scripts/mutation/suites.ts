import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { SEEDS } from './judge/protocol.ts';

/** The suites that judge: those of the mutated folders, and those of the files that are made or read with them. */
const SUITES = ['test/{domain,flow,aws}/**/*.test.ts', 'test/{policies,schemas}.test.ts'];

const IMPORT =
  /^(?:import|export)\s(?!type\s)[^;]*?from '(\.[^']+)'|^import '(\.[^']+)'|import\('(\.[^']+)'\)/gm;

/** Which suites load a file. */
export class Suites {
  readonly #root: string;
  readonly #limit: number;
  readonly #imports = new Map<string, readonly string[]>();
  /** For each suite and the simulation, all files that it loads. */
  readonly #loaded: ReadonlyMap<string, ReadonlySet<string>>;

  /** @param limit - how many suites a file has, at most. Default: all that load it. */
  constructor(root: string, limit = Number.POSITIVE_INFINITY) {
    this.#root = root;
    this.#limit = limit;
    const suites = [
      ...globSync(SUITES, { cwd: root })
        .map((file) => file.replaceAll('\\', '/'))
        .sort(),
      SEEDS,
    ];
    this.#loaded = new Map(suites.map((suite) => [suite, this.#closureOf(suite)]));
  }

  /** The suites that load a file: those nearest to it first, and the simulation last. */
  of(file: string): string[] {
    return (
      [...this.#loaded.keys()]
        .filter((suite) => this.#loaded.get(suite)?.has(file))
        // They start servers, and look at the adapters.
        .filter((suite) => !suite.startsWith('test/aws/') || file.startsWith('lambda/aws/'))
        .map((suite) => ({ suite, distance: this.#distance(suite, file) }))
        .sort((a, b) => a.distance - b.distance || (a.suite < b.suite ? -1 : 1))
        .map(({ suite }) => suite)
        .slice(0, this.#limit)
    );
  }

  #distance(suite: string, file: string): number {
    if (suite === SEEDS) return Number.POSITIVE_INFINITY;
    const mirrored = suite.replace(/^test\//, 'lambda/').replace(/\.test\.ts$/, '.ts');
    if (mirrored === file) return 0;
    const [a, b] = [mirrored.split('/'), file.split('/')];
    const shared = a.findIndex((part, index) => part !== b[index]);
    const importsIt = this.#importsOf(suite).includes(file) ? 0 : 1;
    return 1 + a.length + b.length - 2 * shared + importsIt * 3;
  }

  #closureOf(suite: string): ReadonlySet<string> {
    const closure = new Set([suite]);
    // A set is also walked through what is added meanwhile.
    for (const file of closure) for (const imported of this.#importsOf(file)) closure.add(imported);
    return closure;
  }

  #importsOf(file: string): readonly string[] {
    const known = this.#imports.get(file);
    if (known) return known;
    const text = file.endsWith('.ts') ? readFileSync(join(this.#root, file), 'utf8') : '';
    const imports = [...text.matchAll(IMPORT)].map(([, ...found]) =>
      join(dirname(file), found.find((path) => path !== undefined) ?? ''),
    );
    this.#imports.set(file, imports);
    return imports;
  }
}
