import { DAY_SLOTS, slotsBetween, WEEK_SLOTS } from './week.ts';

/** Which half hours a recording covers. */
export interface Coverage {
  /** By half hour of the week: how many of them, with shares for those at both ends. */
  readonly halfHours: Float64Array;
  /** The local days that are covered from midnight to midnight, in order. */
  readonly wholeDays: readonly number[];
}

/** The half hours from the first event to the last one. */
export function coverageOf(timezone: string, startsAt: number, endsAt: number): Coverage {
  const halfHours = new Float64Array(WEEK_SLOTS);
  const ofDays = new Map<number, number>();
  for (const { day, ofWeek, share } of slotsBetween(timezone, startsAt, endsAt)) {
    halfHours[ofWeek] = (halfHours[ofWeek] ?? 0) + share;
    if (share > 0.99) ofDays.set(day, (ofDays.get(day) ?? 0) + 1);
  }
  // A day on which clocks are set forward has two half hours less.
  const wholeDays = [...ofDays].filter(([, count]) => count >= DAY_SLOTS - 2).map(([day]) => day);
  return { halfHours, wholeDays };
}

/** Half hours of the week of which a recording has less say nothing. */
const LEAST_COVERAGE = 0.1;

/**
 * The mean of a figure in a half hour of the week; undefined where the recording has less than a tenth of one.
 *
 * @param total - over all weeks.
 */
export function meanInSlot({ halfHours }: Coverage, slot: number, total: number): number | undefined {
  const covered = halfHours[slot] ?? 0;
  return covered < LEAST_COVERAGE ? undefined : total / covered;
}
