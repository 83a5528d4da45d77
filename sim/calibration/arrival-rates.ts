import { interval } from '../statistics/interval.ts';
import { studentQuantile } from '../statistics/student.ts';
import { dayVariation } from './day-variation.ts';
import { type Fitted, NORMAL_95 } from './parameter.ts';
import type { StreamSample } from './stream-sample.ts';
import { DAY_SLOTS, slotsBetween, WEEK_SLOTS, weekdayOf } from './week.ts';

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

/** The arrivals of a stream. */
export interface ArrivalRates {
  /** Contacts an hour, by half hour of the week; undefined for half hours of which the recording has less than a tenth. */
  readonly perHour: readonly (number | undefined)[];
  /** First contacts of customers on a whole day; undefined where the recording has none. */
  readonly perDay: Fitted | undefined;
}

const LEAST_COVERAGE = 0.1;

/** The mean arrivals of a stream by half hour of the week, and on a day. */
export function arrivalRates({ arrivals }: StreamSample, { halfHours, wholeDays }: Coverage): ArrivalRates {
  const counts = new Float64Array(WEEK_SLOTS);
  for (const [day, ofDay] of arrivals) {
    const first = weekdayOf(day) * DAY_SLOTS;
    for (const [slot, count] of ofDay.entries()) counts[first + slot] = (counts[first + slot] ?? 0) + count;
  }
  return {
    perHour: Array.from(counts, (count, slot) => {
      const covered = halfHours[slot] ?? 0;
      return covered < LEAST_COVERAGE ? undefined : (2 * count) / covered;
    }),
    perDay: meanPerDay(countsByWeekday([...arrivals], wholeDays)),
  };
}

/** How much whole days differ, over all streams: they are busy on the same days. */
export function variationOfDays(
  streams: readonly StreamSample[],
  { wholeDays }: Coverage,
): Fitted | undefined {
  const all = streams.flatMap(({ arrivals }) => [...arrivals]);
  return dayVariation(countsByWeekday(all, wholeDays));
}

/** The arrivals of whole days, those of each weekday together. */
function countsByWeekday(
  arrivals: readonly (readonly [day: number, counts: Float64Array])[],
  wholeDays: readonly number[],
): number[][] {
  const byDay = Map.groupBy(arrivals, ([day]) => day);
  const byWeekday = Map.groupBy(wholeDays, weekdayOf);
  return [...byWeekday.values()].map((days) =>
    days.map((day) =>
      (byDay.get(day) ?? []).reduce((sum, [, counts]) => sum + counts.reduce((a, b) => a + b, 0), 0),
    ),
  );
}

/** The mean of all days, with the scatter that days of one weekday have; with that of a Poisson process for a few days. */
function meanPerDay(groups: readonly (readonly number[])[]): Fitted | undefined {
  const counts = groups.flat();
  if (counts.length === 0) return undefined;
  const value = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  let [squares, degrees] = [0, 0];
  for (const group of groups) {
    const { mean } = interval(group, 0.95);
    squares += group.reduce((sum, count) => sum + (count - mean) ** 2, 0);
    degrees += group.length - 1;
  }
  const isKnown = degrees >= 4;
  const variance = isKnown ? squares / degrees : value;
  const half = (isKnown ? studentQuantile(0.95, degrees) : NORMAL_95) * Math.sqrt(variance / counts.length);
  return { value, low: Math.max(0, value - half), high: value + half };
}
