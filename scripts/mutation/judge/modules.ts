import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findMutants } from '../find-mutants.ts';
import { instrument } from '../instrument.ts';

const ROOT = pathToFileURL(`${import.meta.dirname}/../../../`);
const TEST_API = new URL('test-api.ts', import.meta.url).href;
const LAZY = new URL('lambda/domain/lazy.ts', ROOT).href;
const LAZY_PER_TEST = new URL('lazy-per-test.ts', import.meta.url).href;
const VERSION = /\?version=\d+$/;

/** The modules whose work is counted. */
const COUNTED = /^(lambda|sim)\/.*\.ts$/;

/**
 * Has modules loaded with their mutants, and the suites loaded without Jest.
 *
 * @param targets - the files that have mutants, with the number of the first one of each.
 */
export function installModuleHooks(targets: ReadonlyMap<string, number>): void {
  const sources = new Map<string, string>();
  const sourceOf = (file: string): string => {
    const known = sources.get(file);
    if (known !== undefined) return known;
    const text = readFileSync(new URL(file, ROOT), 'utf8');
    const firstId = targets.get(file);
    const source = instrument(text, firstId === undefined ? [] : findMutants(file, text), firstId ?? 0);
    sources.set(file, source);
    return source;
  };
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === '@jest/globals') return { url: TEST_API, shortCircuit: true };
      const result = next(specifier, context);
      if (result.url === LAZY && context.parentURL !== LAZY_PER_TEST) {
        return { url: LAZY_PER_TEST, shortCircuit: true };
      }
      const [version] = VERSION.exec(context.parentURL ?? '') ?? [];
      return version && fileOf(result.url) ? { ...result, url: result.url + version } : result;
    },
    load(url, context, next) {
      const file = fileOf(url.replace(VERSION, ''));
      return file && COUNTED.test(file)
        ? { format: 'module', source: sourceOf(file), shortCircuit: true }
        : next(url, context);
    },
  });
}

/**
 * The address under which a file is imported.
 *
 * @param version - other than 0: the file and all that it imports are loaded again.
 */
export function addressOf(file: string, version = 0): string {
  return new URL(file, ROOT).href + (version === 0 ? '' : `?version=${version}`);
}

/** @returns undefined for what is no module of this repository, and for what mutants are made with. */
function fileOf(url: string): string | undefined {
  if (!url.startsWith(ROOT.href) || url.includes('/node_modules/') || url.includes('/scripts/mutation/'))
    return;
  return relative(fileURLToPath(ROOT), fileURLToPath(url)).replaceAll('\\', '/');
}
