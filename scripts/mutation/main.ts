import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyMutant, MUTANTS } from './mutants.ts';

/*
 * Shows that the deterministic simulation can fail: puts one deliberate defect after the other into a copy of the
 * code, and has the simulation find it. Exits with 1 when one is not found.
 *
 *     npm run dst:mutants -- [name ...]
 */

/** Seeds within which every defect must be found. */
const SEEDS = 1_000;

const ROOT = join(import.meta.dirname, '../..');

const names = process.argv.slice(2);
const chosen = MUTANTS.filter(({ name }) => names.length === 0 || names.includes(name));
const unknown = names.filter((name) => !MUTANTS.some((mutant) => mutant.name === name));
if (unknown.length > 0) {
  console.error(
    `No defect is called ${unknown.join(', ')}. There are: ${MUTANTS.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}

const directory = mkdtempSync(join(tmpdir(), 'mutants-'));
let missed = 0;
try {
  for (const folder of ['lambda', 'sim', 'scripts']) {
    cpSync(join(ROOT, folder), join(directory, folder), { recursive: true });
  }
  cpSync(join(ROOT, 'package.json'), join(directory, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  for (const mutant of chosen) {
    const originals = mutant.edits.map(({ file }) => [file, readFileSync(join(ROOT, file), 'utf8')] as const);
    for (const [file, text] of applyMutant(mutant, (path) => readFileSync(join(ROOT, path), 'utf8'))) {
      writeFileSync(join(directory, file), text);
    }
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['scripts/dst/main.ts', '--seeds', String(SEEDS)],
      { cwd: directory, encoding: 'utf8' },
    );
    const found = /first by seed (\d+):\n {2}invariant (\d)/.exec(stdout);
    if (status === 1 && found) {
      console.log(
        `found   ${mutant.name.padEnd(28)} by seed ${found[1]?.padStart(4)}, invariant ${found[2]}`,
      );
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
  `${chosen.length - missed} of ${chosen.length} deliberate defects found within ${SEEDS} seeds each.`,
);
process.exitCode = missed > 0 ? 1 : 0;
