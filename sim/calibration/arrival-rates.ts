import { interval } from '../statistics/interval.ts';
import { studentQuantile } from '../statistics/student.ts';
import { type Coverage, meanInSlot } from './coverage.ts';
import { dayVariation } from './day-variation.ts';
import { type Fitted, NORMAL_95 } from './parameter.ts';
import type { StreamSample } from './stream-sample.ts';
import { DAY_SLOTS, WEEK_SLOTS, weekdayOf } from './week.ts';

/** The arrivals of a stream. */
export interface ArrivalRates {
  /** Contacts an hour, by half hour of the week; undefined for half hours of which the recording has less than a tenth. */
  readonly perHour: readonly (number | undefined)[];
  /** First contacts of customers on a whole day; undefined where the recording has none. */
  readonly perDay: Fitted | undefined;
}

/** The mean arrivals of a stream by half hour of the week, and on a day. */
export function arrivalRates({ arrivals }: StreamSample, coverage: Coverage): ArrivalRates {
  const counts = new Float64Array(WEEK_SLOTS);
  for (const [day, ofDay] of arrivals) {
    const first = weekdayOf(day) * DAY_SLOTS;
    for (const [slot, count] of ofDay.entries()) counts[first + slot] = (counts[first + slot] ?? 0) + count;
  }
  return {
    perHour: Array.from(counts, (count, slot) => meanInSlot(coverage, slot, 2 * count)),
    perDay: meanPerDay(countsByWeekday([...arrivals], coverage.wholeDays)),
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
