import Table from 'cli-table3';
import { Command } from 'commander';
import { integer } from '../../cli/options/integer.ts';
import { coverageOf } from '../../sim/calibration/coverage.ts';
import type { Fitted } from '../../sim/calibration/parameter.ts';
import { fitWeibull } from '../../sim/calibration/weibull-fit.ts';
import { HANG_UP_MS } from '../../sim/workload/distribution.ts';
import { acceptanceBand } from './binomial.ts';
import {
  FAULTS,
  goldPerDay,
  knownCentre,
  PARAMETERS,
  type Recovered,
  recover,
  TIMEZONE,
} from './known-centre.ts';

/*
 * Checks the intervals that `escalator calibrate` states: records a known centre again and again, with loss, duplicates
 * and disorder, calibrates from each recording, and counts in how many of them each interval has the true value. The count
 * must lie in the acceptance band of the stated rate. A patience fit that ignores who was answered must fail.
 */

const STATED = 0.95;
/** That a right interval of any parameter is rejected by chance. */
const RISK = 0.01;
const DAYS = 21;
const DAY_VARIATION = 0.15;

interface Judged {
  readonly name: string;
  /** Of a recording. */
  readonly truth: (recovered: Recovered) => number;
  readonly fitted: (recovered: Recovered) => Fitted | undefined;
  /** Whether its intervals are expected to be wrong. */
  readonly isWrong: boolean;
}

const JUDGED: readonly Judged[] = [
  ...PARAMETERS.map(({ name, truth, fitted }) => ({
    name,
    truth: () => truth,
    fitted: ({ calibration }: Recovered) => fitted(calibration),
    isWrong: false,
  })),
  {
    name: 'gold: customers a day',
    truth: ({ collected }) =>
      goldPerDay(coverageOf(TIMEZONE, collected.startsAt, collected.endsAt).wholeDays),
    fitted: ({ calibration }) => calibration.streams.find(({ tier }) => tier[0] === 'gold')?.arrivals.perDay,
    isWrong: false,
  },
  {
    name: 'variation of days',
    truth: () => DAY_VARIATION,
    fitted: ({ calibration }) => calibration.dayVariation,
    isWrong: false,
  },
  ...[
    { tier: 'gold', truth: 480 },
    { tier: 'silver', truth: 300 },
  ].map(({ tier, truth }) => ({
    name: `${tier}: mean patience, without who was answered`,
    truth: () => truth,
    fitted: ({ collected }: Recovered) => patienceOfAbandoned(collected, tier),
    isWrong: true,
  })),
];

/** What a fit says that takes the waits of those who hung up for the patience of all. */
function patienceOfAbandoned({ streams }: Recovered['collected'], tier: string): Fitted | undefined {
  const waits = streams.find((stream) => stream.tier[0] === tier)?.waits.values ?? [];
  return fitWeibull(
    waits.filter(({ isAbandoned }) => isAbandoned),
    HANG_UP_MS / 1_000,
  )?.meanSeconds;
}

const command = new Command('npm run recovery --')
  .description(
    'Calibrates from recordings of a known centre, and counts how often each interval has the true value.\n' +
      `Exits with 1 where a count contradicts the stated ${STATED * 100} %.`,
  )
  .argument('[repetitions]', 'recordings', integer(10), 50)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();
const [repetitions] = command.processedArgs as [number];

const scenario = knownCentre(DAYS, DAY_VARIATION);
const counts = JUDGED.map((judged) => ({ ...judged, expected: Number.NaN, within: 0, sum: 0, fits: 0 }));
for (let run = 0; run < repetitions; run += 1) {
  const recovered = recover(scenario, run, FAULTS);
  for (const count of counts) {
    const fit = count.fitted(recovered);
    const expected = count.truth(recovered);
    count.expected = expected;
    if (!fit) continue;
    count.fits += 1;
    count.sum += fit.value;
    if (fit.low <= expected && expected <= fit.high) count.within += 1;
  }
  process.stderr.write(`${run + 1} of ${repetitions} recordings\n`);
}

const right = JUDGED.filter(({ isWrong }) => !isWrong).length;
const [low, high] = acceptanceBand(repetitions, STATED, RISK / right);
const table = new Table({
  head: ['parameter', 'true', 'mean fit', `within, of ${repetitions}`, `${low} to ${high}`],
  style: { head: [], border: [] },
});
let failures = 0;
for (const { name, isWrong, expected, within, sum, fits } of counts) {
  const isWithin = low <= within && within <= high;
  if (isWithin === isWrong) failures += 1;
  const verdict = isWithin ? 'yes' : isWrong ? 'no, as expected' : 'NO';
  table.push([name, format(expected), format(sum / fits), within, verdict]);
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
