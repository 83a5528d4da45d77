import { coverageOf } from '../../sim/calibration/coverage.ts';
import type { Fitted } from '../../sim/calibration/parameter.ts';
import { fitWeibull } from '../../sim/calibration/weibull-fit.ts';
import { HANG_UP_MS } from '../../sim/workload/distribution.ts';
import {
  FAULTS,
  goldPerDay,
  knownCentre,
  PARAMETERS,
  type Recovered,
  recover,
  TIMEZONE,
} from './known-centre.ts';

/** Of a recording of the known centre. */
export const DAYS = 21;
const DAY_VARIATION = 0.15;

/** What is fitted to each recording. */
export interface Judged {
  readonly name: string;
  /** Of a recording. */
  readonly truth: (recovered: Recovered) => number;
  readonly fitted: (recovered: Recovered) => Fitted | undefined;
  /** Whether its intervals are expected to be wrong. */
  readonly isWrong: boolean;
}

export const JUDGED: readonly Judged[] = [
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

/** What one recording says of a parameter. */
export interface Found {
  readonly expected: number;
  /** Undefined where it was not fitted. */
  readonly fit: Pick<Fitted, 'value' | 'low' | 'high'> | undefined;
}

/** Records a run of the known centre, calibrates from it, and finds each of {@link JUDGED}, in their order. */
export function judgeRun(run: number): Found[] {
  const recovered = recover(knownCentre(DAYS, DAY_VARIATION), run, FAULTS);
  return JUDGED.map(({ truth, fitted }) => ({ expected: truth(recovered), fit: fitted(recovered) }));
}
