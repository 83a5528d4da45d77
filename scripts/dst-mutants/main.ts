import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Argument, Command } from 'commander';
import { ADAPTER_MUTANTS } from './adapter-mutants.ts';
import { applyMutant, MUTANTS } from './mutants.ts';

/*
 * Mutation testing of deterministic simulation testing (DST): puts one deliberate defect after another into a
 * copy of the code, and checks that DST finds it.
 */

/** The number of seeds within which DST must find each mutant. */
const SEEDS = 3_000;

/** The number of seeds through the adapters within which DST must find a mutant in them. */
const ADAPTERS_SEEDS = 150;

const ALL = [...MUTANTS, ...ADAPTER_MUTANTS];

const ROOT = join(import.meta.dirname, '../..');

const command = new Command('npm run dst:mutants --')
  .description(
    `Checks that deterministic simulation testing (DST) finds each mutant within ${SEEDS} seeds.\n` +
      'Exits with 1 when it does not, and with 2 after a usage error.',
  )
  .addArgument(
    new Argument('[names...]', 'the mutants to run (default: all)').choices(ALL.map(({ name }) => name)),
  )
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();
const names = command.args;
const mutants = ALL.filter(({ name }) => names.length === 0 || names.includes(name));

const directory = mkdtempSync(join(tmpdir(), 'mutants-'));
let missed = 0;
try {
  for (const folder of ['lambda', 'sim', 'local', 'scripts', 'cli']) {
    cpSync(join(ROOT, folder), join(directory, folder), { recursive: true });
  }
  cpSync(join(ROOT, 'package.json'), join(directory, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  for (const mutant of mutants) {
    const originals = mutant.edits.map(({ file }) => [file, readFileSync(join(ROOT, file), 'utf8')] as const);
    for (const [file, text] of applyMutant(mutant, (path) => readFileSync(join(ROOT, path), 'utf8'))) {
      writeFileSync(join(directory, file), text);
    }
    const campaign = [
      ...(mutant.isInAdapters
        ? ['--adapters', '--seeds', String(ADAPTERS_SEEDS)]
        : ['--seeds', String(SEEDS)]),
      ...(mutant.dimension ? ['--with', mutant.dimension] : []),
    ];
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/dst/main.ts', ...campaign], {
      cwd: directory,
      encoding: 'utf8',
    });
    const found = /first by seed (\d+):\n {2}invariant (\d+)/.exec(stdout);
    if (status === 1 && found) {
      const [, seed = '', invariant] = found;
      console.log(`found   ${mutant.name.padEnd(28)} by seed ${seed.padStart(4)}, invariant ${invariant}`);
    } else {
      missed += 1;
      console.log(`MISSED  ${mutant.name.padEnd(28)} ${mutant.defect}\n${stderr.slice(0, 2_000)}`);
    }
    for (const [file, text] of originals) writeFileSync(join(directory, file), text);
  }
} finally {
  rmSync(directory, { recursive: true });
}
console.log(
  `${mutants.length - missed} of ${mutants.length} deliberate defects found within ${SEEDS} seeds each.`,
);
process.exitCode = missed > 0 ? 1 : 0;
