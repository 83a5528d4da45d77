import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { integer } from '../../cli/options/integer.ts';
import type { Tally } from '../../sim/dst/campaign.ts';
import { ADAPTERS_EVERY, DIMENSIONS, type Dimension, describeConditions } from '../../sim/dst/conditions.ts';
import { FAULTS, type Fault } from '../../sim/dst/faults.ts';
import { INVARIANTS } from '../../sim/dst/invariants.ts';
import { runSeed } from '../../sim/dst/run-seed.ts';
import { formatViolation } from './format-violation.ts';
import { runOnWorkers } from './worker-pool.ts';

/* Deterministic simulation testing (DST): runs the flow in virtual time, with the faults of each seed. */

interface Options {
  readonly seeds: number;
  readonly first: number;
  readonly seed?: number;
  readonly adapters?: true;
  readonly with?: Dimension;
  readonly trace?: true;
  readonly threads: number;
}

const command = new Command('npm run dst --')
  .description(
    'Runs the flow in virtual time with seeded faults, and checks the invariants.\n' +
      'Exits with 1 when an invariant is violated, and prints the smallest seed.',
  )
  .option('--seeds <count>', 'number of runs', integer(1), 1_000)
  .option('--first <seed>', 'first seed', integer(1), 1)
  .addOption(
    new Option('--adapters', `only runs through the adapters: every ${ADAPTERS_EVERY}th seed`).conflicts([
      'first',
      'seed',
    ]),
  )
  .addOption(
    new Option('--with <dimension>', 'of these seeds only those whose world has this dimension')
      .choices(DIMENSIONS)
      .conflicts('seed'),
  )
  .addOption(
    new Option('--seed <seed>', 'run only this seed')
      .argParser(integer(1))
      .conflicts(['seeds', 'first', 'threads']),
  )
  .option(
    '--trace',
    'with --seed: print requests, events, rule messages and crashes, in order, and all of a violation',
  )
  .option('--threads <count>', 'number of threads', integer(1), availableParallelism())
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();
const options = command.opts<Options>();
if (options.trace && options.seed === undefined) {
  command.error("error: option '--trace' requires '--seed', such as --seed 3 --trace");
}
// A reader such as `head` may close the pipe.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit(0);
});

if (options.seed === undefined) await runCampaign(options);
else await replaySeed(options.seed, options.trace === true);

async function runCampaign({ seeds, first, adapters, with: dimension, threads }: Options): Promise<void> {
  const startedAt = performance.now();
  let reportedAt = startedAt;
  // A run through the adapters takes as long as many others.
  const range = adapters
    ? { first: ADAPTERS_EVERY, step: ADAPTERS_EVERY, chunk: 1 }
    : { first, step: 1, chunk: 25 };
  const tally = await runOnWorkers({ ...range, count: seeds, dimension }, threads, ({ tally, total }) => {
    if (performance.now() - reportedAt < 5_000) return;
    reportedAt = performance.now();
    process.stderr.write(`${tally.seeds} of ${total} seeds\n`);
  });
  printTally(tally, (performance.now() - startedAt) / 1_000);
}

function printTally(tally: Tally, seconds: number): void {
  const formatCount = (value: number) => value.toLocaleString('en').padStart(12);
  console.log(`seeds          ${formatCount(tally.seeds)}  in ${seconds.toFixed(0)} s`);
  console.log(`contacts       ${formatCount(tally.contacts)}`);
  console.log(`calls          ${formatCount(tally.calls)}`);
  console.log(`checks         ${formatCount(tally.checks)}  of invariants\n`);
  console.log('runs with each dimension of the world');
  for (const dimension of DIMENSIONS) {
    console.log(`  ${dimension.padEnd(20)} ${formatCount(tally.dimensions[dimension] ?? 0)}`);
  }
  console.log('\ninjected faults');
  for (const [fault, description] of Object.entries(FAULTS)) {
    console.log(`  ${fault.padEnd(22)} ${formatCount(tally.faults[fault as Fault] ?? 0)}  ${description}`);
  }
  console.log('\ninvariants');
  for (const [number, description] of Object.entries(INVARIANTS)) console.log(`  ${number}  ${description}`);
  const [failure] = tally.failures;
  if (!failure) {
    console.log('\nNo invariant was violated.');
    return;
  }
  console.log(`\nVIOLATED, first by seed ${failure.seed}:\n  ${formatViolation(failure.violation)}`);
  console.log(`  (${describeConditions(failure.conditions)})`);
  console.log(`\nTo replay it:  npm run dst -- --seed ${failure.seed} --trace`);
  process.exitCode = 1;
}

async function replaySeed(seed: number, trace: boolean): Promise<void> {
  const { violations, conditions, contacts, calls, faults } = await runSeed(
    seed,
    trace ? console.log : undefined,
  );
  const injected = [...faults].map(([fault, count]) => `${fault} ${count}`).join(', ');
  console.log(`seed ${seed}: ${describeConditions(conditions)}`);
  console.log(`${contacts} contacts, ${calls} calls; faults: ${injected || 'none'}`);
  for (const violation of violations) console.log(`VIOLATED ${formatViolation(violation, trace)}`);
  if (violations.length > 0) process.exitCode = 1;
}
