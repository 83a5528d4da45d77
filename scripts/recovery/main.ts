import { availableParallelism } from 'node:os';
import Table from 'cli-table3';
import { Command } from 'commander';
import { integer } from '../../cli/options/integer.ts';
import { askThreads } from '../threads/ask-threads.ts';
import { acceptanceBand } from './binomial.ts';
import { DAYS, type Found, JUDGED } from './judged.ts';

/*
 * Checks the intervals that `escalator calibrate` states: records a known centre again and again, with loss, duplicates
 * and disorder, calibrates from each recording, and counts in how many of them each interval has the true value. The count
 * must lie in the acceptance band of the stated rate. A patience fit that ignores who was answered must fail.
 */

const STATED = 0.95;
/** That a right interval of any parameter is rejected by chance. */
const RISK = 0.01;

const command = new Command('npm run recovery --')
  .description(
    'Calibrates from recordings of a known centre, and counts how often each interval has the true value.\n' +
      `Exits with 1 where a count contradicts the stated ${STATED * 100} %.`,
  )
  .argument('[repetitions]', 'recordings', integer(10), 50)
  .option('--threads <count>', 'number of threads', integer(1), availableParallelism())
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();
const [repetitions] = command.processedArgs as [number];

const { threads } = command.opts<{ threads: number }>();

const runs = Array.from({ length: repetitions }, (_, run) => run);
const byRun: (readonly Found[])[] = [];
let finished = 0;
await askThreads(new URL('./thread.ts', import.meta.url), threads, runs, (found: readonly Found[], run) => {
  byRun[run] = found;
  finished += 1;
  process.stderr.write(`${finished} of ${repetitions} recordings\n`);
});

const right = JUDGED.filter(({ isWrong }) => !isWrong).length;
const [low, high] = acceptanceBand(repetitions, STATED, RISK / right);
const table = new Table({
  head: ['parameter', 'true', 'mean fit', `within, of ${repetitions}`, `${low} to ${high}`],
  style: { head: [], border: [] },
});
let failures = 0;
for (const [index, { name, isWrong }] of JUDGED.entries()) {
  const found = byRun.flatMap((ofRun) => ofRun[index] ?? []);
  const values = found.flatMap(({ fit }) => fit?.value ?? []);
  const within = found.filter(
    ({ expected, fit }) => fit && fit.low <= expected && expected <= fit.high,
  ).length;
  const expected = found.at(-1)?.expected ?? Number.NaN;
  const meanFit = values.reduce((sum, value) => sum + value, 0) / values.length;
  const isWithin = low <= within && within <= high;
  if (isWithin === isWrong) failures += 1;
  const verdict = isWithin ? 'yes' : isWrong ? 'no, as expected' : 'NO';
  table.push([name, format(expected), format(meanFit), within, verdict]);
}
console.log(table.toString());
console.log(
  `${repetitions} recordings of ${DAYS} days, with events lost, repeated and out of order. Of right intervals of ${
    STATED * 100
  } %, ${low} to ${high} of ${repetitions} have the true value, with a risk of ${RISK * 100} % for all parameters together.`,
);
if (failures > 0) {
  console.error(`${failures} counts are not as they should be.`);
  process.exitCode = 1;
}

function format(value: number): string {
  return value >= 10 ? value.toFixed(0) : value.toFixed(3);
}
