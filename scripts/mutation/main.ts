import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { Command } from 'commander';
import { integer } from '../../cli/options/integer.ts';
import { seededRandom } from '../../sim/random.ts';
import { Campaign, type Judged, type NumberedMutant, type Progress } from './campaign.ts';
import { EQUIVALENTS } from './equivalents/index.ts';
import { findMutants } from './find-mutants.ts';
import { KNOWN_SURVIVORS } from './known-survivors/index.ts';
import { isSameMutant } from './listed-mutant.ts';
import { formatReport, percent, scoresOf } from './report.ts';
import { Suites } from './suites.ts';

/* Mutation testing: changes the code in one place after another, and checks that a test notices each change. */

interface Options {
  readonly since?: string;
  readonly sample?: number;
  readonly seed: number;
  readonly goal: number;
  readonly seeds: number;
  readonly suites?: number;
  readonly processes: number;
  readonly json?: true;
}

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = ['lambda/domain', 'lambda/flow', 'lambda/aws'];

const command = new Command('npm run mutation --')
  .description(
    `Changes the code of ${FOLDERS.join(', ')} in one place after another, and checks that a test or the simulation\n` +
      `under faults notices. Exits with 1 when fewer changes are noticed than the goal says, and with 2 after a\n` +
      'usage error or when a list in scripts/mutation names a mutant that does not exist.',
  )
  .argument('[paths...]', 'files and folders to change', FOLDERS)
  .option('--since <ref>', 'only files that differ from where this branch left that branch or commit')
  .option('--sample <count>', 'only so many mutants, chosen at random', integer(1))
  .option('--seed <seed>', 'of the choice', integer(1), 1)
  .option('--goal <percent>', 'how many percent of the changes must be noticed', integer(0, 100), 90)
  .option('--seeds <count>', 'number of runs of the simulation', integer(0), 5)
  .option('--suites <count>', 'only so many suites for each file, the nearest first', integer(1))
  .option('--processes <count>', 'number of processes', integer(1), availableParallelism())
  .option('--json', 'print JSON')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();
const options = command.opts<Options>();

const files = filesToChange(command.args.length > 0 ? command.args : FOLDERS, options.since);
const found = new Map(files.map((file) => [file, findMutants(file, readFileSync(join(ROOT, file), 'utf8'))]));
failOnStaleLists();
const firstIds = new Map<string, number>();
const mutants: NumberedMutant[] = [];
let nextId = 1;
for (const [file, ofFile] of found) {
  firstIds.set(file, nextId);
  for (const mutant of ofFile) {
    if (!EQUIVALENTS.some((equivalent) => isSameMutant(equivalent, mutant)))
      mutants.push({ id: nextId, mutant });
    nextId += 1;
  }
}

const startedAt = performance.now();
let reportedAt = startedAt;
let judgingSince = startedAt;
const judged: Judged[] = [];
const campaign = new Campaign(firstIds, new Suites(ROOT, options.suites), {
  processes: options.processes,
  effort: { work: 2_000_000, seeds: options.seeds, freshSuites: 4 },
  onProgress: reportProgress,
});
await campaign.run(options.sample === undefined ? mutants : sampleOf(mutants, options.sample), (one) => {
  judged.push(one);
  // A person can begin with them before the end.
  const { file, line, functionName, change } = one.mutant;
  if (one.outcome !== 'killed' && !isKnownSurvivor(one))
    process.stderr.write(`${one.outcome}  ${file}:${line}  ${functionName}  ${change}\n`);
});
for (const line of campaign.failing) process.stderr.write(`Not used: ${line}\n`);

const killed = judged.filter(({ outcome }) => outcome === 'killed').length;
if (options.json) console.log(JSON.stringify({ scores: scoresOf(judged), mutants: judged }, undefined, 2));
else console.log(formatReport(judged, isKnownSurvivor));
if (percent(killed, judged.length) < options.goal) process.exitCode = 1;

function filesToChange(paths: readonly string[], since: string | undefined): string[] {
  const all = paths.flatMap((path) => {
    const absolute = join(ROOT, path);
    const stats = statSync(absolute, { throwIfNoEntry: false });
    if (!stats) command.error(`error: '${path}' does not exist`);
    return stats?.isDirectory()
      ? globSync('**/*.ts', { cwd: absolute }).map((name) => join(absolute, name))
      : absolute;
  });
  const files = all.map((file) => relative(ROOT, file).replaceAll('\\', '/')).sort();
  for (const file of files) {
    if (!FOLDERS.some((folder) => file.startsWith(`${folder}/`))) {
      command.error(`error: '${file}' is outside of ${FOLDERS.join(', ')}`);
    }
  }
  if (since === undefined) return files;
  const changed = new Set(git('diff', '--name-only', '--merge-base', since).split('\n'));
  return files.filter((file) => changed.has(file));
}

function git(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) command.error(`error: git ${args.join(' ')}: ${stderr.trim()}`);
  return stdout;
}

function failOnStaleLists(): void {
  const stale = [...EQUIVALENTS, ...KNOWN_SURVIVORS].filter((listed) =>
    found.get(listed.file)?.every((mutant) => !isSameMutant(listed, mutant)),
  );
  if (stale.length === 0) return;
  const names = stale.map(({ file, functionName, change }) => `  ${file}  ${functionName}  ${change}`);
  command.error(
    `error: a list of scripts/mutation names mutants that do not exist; remove or update them:\n${names.join('\n')}`,
  );
}

function isKnownSurvivor({ mutant }: Judged): boolean {
  return KNOWN_SURVIVORS.some((known) => isSameMutant(known, mutant));
}

function sampleOf(mutants: readonly NumberedMutant[], count: number): NumberedMutant[] {
  const random = seededRandom(options.seed);
  return mutants
    .map((mutant) => ({ mutant, order: random() }))
    .sort((a, b) => a.order - b.order)
    .slice(0, count)
    .map(({ mutant }) => mutant)
    .sort((a, b) => a.id - b.id);
}

function reportProgress({ phase, done, total, killed }: Progress): void {
  const now = performance.now();
  if (phase === 'measuring') judgingSince = now;
  if (now - reportedAt < 5_000) return;
  reportedAt = now;
  if (phase === 'measuring') {
    process.stderr.write(`${done} of ${total} suites measured\n`);
    return;
  }
  const left = Math.ceil((((now - judgingSince) / done) * (total - done)) / 60_000);
  process.stderr.write(`${done} of ${total} mutants, ${percent(killed, done)} % killed, ${left} min left\n`);
}
