import { percentile } from '../../sim/statistics/index.ts';
import type { Wait } from './visits.ts';

/** What became of the contacts of a tier, in the demo or in the baseline. */
export interface TierFigures {
  /** Those that waited at some time. */
  readonly contacts: number;
  readonly answered: number;
  readonly abandoned: number;
  /** Those that wait at the end. */
  readonly waiting: number;
  /**
   * The share that was answered within the target time, of all that did not abandon within it. Those that wait at the end,
   * and not longer than that, do not count. Undefined where none counts.
   */
  readonly serviceLevel: number | undefined;
  /** Of those that were answered. Undefined where none was. */
  readonly waitMedianSeconds: number | undefined;
  readonly waitP95Seconds: number | undefined;
}

/** @param serviceLevelSeconds - the target time. */
export function tierFigures(waits: readonly Wait[], serviceLevelSeconds: number): TierFigures {
  const secondsOf = (end: Wait['end']) =>
    waits.filter((wait) => wait.end === end).map(({ enqueuedAt, leftAt }) => (leftAt - enqueuedAt) / 1_000);
  const [answered, abandoned, waiting] = [
    secondsOf('answered'),
    secondsOf('abandoned'),
    secondsOf('waiting'),
  ];
  const isLate = (seconds: number) => seconds > serviceLevelSeconds;
  const counted = answered.length + abandoned.filter(isLate).length + waiting.filter(isLate).length;
  const inTime = answered.filter((seconds) => !isLate(seconds)).length;
  return {
    contacts: waits.length,
    answered: answered.length,
    abandoned: abandoned.length,
    waiting: waiting.length,
    serviceLevel: counted === 0 ? undefined : inTime / counted,
    waitMedianSeconds: percentile(answered, 0.5),
    waitP95Seconds: percentile(answered, 0.95),
  };
}
