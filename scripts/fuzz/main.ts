import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { Command } from 'commander';
import { integer } from '../../cli/options/integer.ts';
import { checkSeed, FuzzError } from './check.ts';

/*
 * Fuzzes the code that parses patterns and policies and matches events. Each seed generates one input, so
 * `--seeds 1 --seed <seed>` repeats a failure.
 */

/** The fields of the progress that the worker shares. */
const CURRENT_SEED = 0;
const COMPLETED_SEEDS = 1;

/** A worker that makes no progress for this long, in milliseconds, hangs. */
const STUCK_MS = 20_000;
const PROGRESS_MS = 5_000;

interface Range {
  readonly first: number;
  readonly count: number;
  readonly progress: Int32Array;
}

function main(): void {
  const { seeds: count, seed: first } = new Command('npm run fuzz --')
    .description(
      'Parses generated patterns and policies, and matches generated events.\n' +
        'Exits with 1 at the first seed whose input is not handled correctly.',
    )
    .option('--seeds <count>', 'number of seeds', integer(1), 100_000)
    .option('--seed <seed>', 'first seed', integer(0), 1)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .parse()
    .opts<{ seeds: number; seed: number }>();
  const progress = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { first, count, progress } satisfies Range,
  });
  let lastProgress = { completed: 0, at: performance.now() };
  const ticker = setInterval(() => {
    const completed = Atomics.load(progress, COMPLETED_SEEDS);
    console.error(`${completed} of ${count}`);
    if (completed > lastProgress.completed) lastProgress = { completed, at: performance.now() };
    else if (performance.now() - lastProgress.at > STUCK_MS) {
      console.error(`Seed ${Atomics.load(progress, CURRENT_SEED)}: hangs.`);
      process.exit(1);
    }
  }, PROGRESS_MS);
  worker.on('error', (error) => {
    console.error(error);
    process.exitCode = 1;
  });
  worker.on('exit', (code) => {
    clearInterval(ticker);
    process.exitCode ||= code;
  });
}

function runSeeds({ first, count, progress }: Range): void {
  const counts = { patterns: 0, 'patterns accepted': 0, matches: 0, policies: 0, 'policies accepted': 0 };
  for (let seed = first; seed < first + count; seed++) {
    Atomics.store(progress, CURRENT_SEED, seed);
    try {
      const { kind, accepted, matched } = checkSeed(seed, () => performance.now());
      counts[kind === 'pattern' ? 'patterns' : 'policies']++;
      if (accepted) counts[kind === 'pattern' ? 'patterns accepted' : 'policies accepted']++;
      counts.matches += matched;
    } catch (error) {
      if (!(error instanceof FuzzError)) throw error;
      console.error(error.message, error.cause ?? '');
      console.error(typeof error.input === 'string' ? error.input : JSON.stringify(error.input));
      process.exitCode = 1;
      return;
    }
    Atomics.add(progress, COMPLETED_SEEDS, 1);
  }
  console.log(JSON.stringify(counts));
}

if (isMainThread) main();
else runSeeds(workerData as Range);
