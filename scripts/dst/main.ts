import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Tally } from '../../sim/dst/campaign.ts';
import { FAULTS, type Fault } from '../../sim/dst/faults.ts';
import { INVARIANTS, type Violation } from '../../sim/dst/invariants.ts';
import { T0 } from '../../sim/dst/random-policies.ts';
import { runSeed } from '../../sim/dst/run-seed.ts';
import { runOnWorkers } from './worker-pool.ts';

/*
 * Deterministic simulation: the real flow in virtual time, under the faults that each seed chooses.
 */

interface Options {
  readonly seeds: number;
  readonly first: number;
  readonly seed?: number;
  readonly trace?: true;
  readonly threads: number;
}

const command = new Command('npm run dst --')
  .description(
    'Runs the flow in virtual time under seeded faults and holds it against what must always hold.\n' +
      'Exits with 1 when something does not, naming the smallest seed.',
  )
  .option('--seeds <count>', 'how many runs', parsePositiveInteger, 1_000)
  .option('--first <seed>', 'the first seed', parsePositiveInteger, 1)
  .addOption(
    new Option('--seed <seed>', 'one run alone')
      .argParser(parsePositiveInteger)
      .conflicts(['seeds', 'first', 'threads']),
  )
  .option('--trace', 'with --seed: every request, event and fault, in order')
  .option('--threads <count>', 'threads to run on', parsePositiveInteger, availableParallelism())
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();
const options = command.opts<Options>();
if (options.trace && options.seed === undefined) {
  command.error("error: option '--trace' shows one run: name it with --seed, such as --seed 3 --trace");
}
// Whoever reads only the beginning has read enough.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit(0);
});

if (options.seed === undefined) await runCampaign(options);
else await replaySeed(options.seed, options.trace === true);

async function runCampaign({ seeds, first, threads }: Options): Promise<void> {
  const startedAt = performance.now();
  let reportedAt = startedAt;
  const tally = await runOnWorkers({ first, count: seeds }, threads, ({ tally, total }) => {
    if (performance.now() - reportedAt < 5_000) return;
    reportedAt = performance.now();
    process.stderr.write(`${tally.seeds} of ${total} seeds\n`);
  });
  printTally(tally, (performance.now() - startedAt) / 1_000);
}

function printTally(tally: Tally, seconds: number): void {
  const figure = (value: number) => value.toLocaleString('en').padStart(12);
  console.log(`seeds run      ${figure(tally.seeds)}  in ${seconds.toFixed(0)} s`);
  console.log(`contacts       ${figure(tally.contacts)}`);
  console.log(`calls          ${figure(tally.calls)}`);
  console.log(`checks         ${figure(tally.checks)}  of what must hold\n`);
  console.log('faults struck');
  for (const [fault, what] of Object.entries(FAULTS)) {
    console.log(`  ${fault.padEnd(20)} ${figure(tally.faults[fault as Fault] ?? 0)}  ${what}`);
  }
  console.log('\nheld throughout and at the end');
  for (const [number, what] of Object.entries(INVARIANTS)) console.log(`  ${number}  ${what}`);
  const [failure] = tally.failures;
  if (!failure) {
    console.log('\nNone was broken.');
    return;
  }
  console.log(`\nBROKEN, first by seed ${failure.seed}:\n  ${formatViolation(failure.violation)}`);
  console.log(`\nReplay it:  npm run dst -- --seed ${failure.seed} --trace`);
  process.exitCode = 1;
}

async function replaySeed(seed: number, trace: boolean): Promise<void> {
  const { violations, contacts, calls, faults } = await runSeed(seed, trace ? console.log : undefined);
  const struck = [...faults].map(([fault, count]) => `${fault} ${count}`).join(', ');
  console.log(`seed ${seed}: ${contacts} contacts, ${calls} calls; faults: ${struck || 'none'}`);
  for (const violation of violations) console.log(`BROKEN ${formatViolation(violation)}`);
  if (violations.length > 0) process.exitCode = 1;
}

function formatViolation({ invariant, at, message: what }: Violation): string {
  return `invariant ${invariant} (${INVARIANTS[invariant]}) at ${((at - T0) / 1_000).toFixed(3)} s: ${what}`;
}

function parsePositiveInteger(given: string): number {
  const number = Number(given);
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new InvalidArgumentError('Give a whole number from 1 on, such as 1000.');
  }
  return number;
}
