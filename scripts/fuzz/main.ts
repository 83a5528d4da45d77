import { parseArgs } from 'node:util';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { checkSeed, FuzzError } from './check.ts';

/*
 * Feeds patterns, events and policies that no person would write to the code that reads them:
 *
 *     node scripts/fuzz/main.ts --seeds 100000 --seed 1
 *
 * Seed by seed, so `--seeds 1 --seed <that seed>` repeats a failure. Exits with 1 at the first one.
 */

/** What the worker tells: the seed that it is at, and how many it has dealt with. */
const CURRENT_SEED = 0;
const COMPLETED_SEEDS = 1;

/** A worker that stays at one seed so long, in milliseconds, will not come back to say so itself. */
const STUCK_MS = 20_000;
const PROGRESS_MS = 5_000;

interface Range {
  readonly first: number;
  readonly count: number;
  readonly progress: Int32Array;
}

function main(): void {
  const { values } = parseArgs({
    options: { seeds: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
  });
  const [count, first] = [Number(values.seeds), Number(values.seed)];
  if (!Number.isInteger(count) || count < 1 || !Number.isInteger(first)) {
    console.error(
      `Found --seeds ${values.seeds} --seed ${values.seed}; expected whole numbers, such as --seeds 1000.`,
    );
    process.exit(2);
  }
  const progress = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { first, count, progress } satisfies Range,
  });
  let seen = { done: 0, at: performance.now() };
  const ticker = setInterval(() => {
    const done = Atomics.load(progress, COMPLETED_SEEDS);
    console.error(`${done} of ${count}`);
    if (done > seen.done) seen = { done, at: performance.now() };
    else if (performance.now() - seen.at > STUCK_MS) {
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
