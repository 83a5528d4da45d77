import type { AgentSpec, Shift } from '../centre/index.ts';

/**
 * A time range of a day, in milliseconds after midnight. A range that passes midnight ends after 24 hours.
 */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The daily working hours of a group of agents. */
export interface WorkingHours extends TimeRange {
  /** Within these hours, in order of time; an agent finishes current contacts first. */
  readonly breaks?: readonly TimeRange[];
}

/** A group of identical agents. */
export interface AgentGroup extends Omit<AgentSpec, 'id' | 'shifts'> {
  /** Unique; the ids of the agents start with it. */
  readonly name: string;
  readonly count: number;
  /** The ids of the first agents, at most `count`. Default: the name and a number. */
  readonly ids?: readonly string[];
  /** In order of time; default: always. */
  readonly hours?: readonly WorkingHours[];
  /** The weekdays on which the hours begin, 0 is Monday; default: all. */
  readonly days?: readonly number[];
}

const DAY_MS = 86_400_000;
const ALL_DAY: WorkingHours = { fromMs: 0, toMs: DAY_MS };
const ALL_DAYS = [0, 1, 2, 3, 4, 5, 6];

/**
 * The agents of the groups.
 *
 * @param dayBeganAt - the start of the day, in milliseconds since the epoch. Shifts start with those of the
 * previous day, which may pass midnight.
 * @param weekday - that of the day; default: 0, Monday.
 */
export function roster(groups: readonly AgentGroup[], dayBeganAt: number, weekday = 0): AgentSpec[] {
  return groups.flatMap(({ name, count, ids = [], hours, days, ...profile }) => {
    const work = hours ?? (days && [ALL_DAY]);
    const shifts = work && {
      [Symbol.iterator]: () => dailyShifts(work, days ?? ALL_DAYS, dayBeganAt - DAY_MS, (weekday + 6) % 7),
    };
    return Array.from({ length: count }, (_, index) => ({
      ...profile,
      id: ids[index] ?? `${name}-${index + 1}`,
      shifts,
    }));
  });
}

function* dailyShifts(
  hours: readonly WorkingHours[],
  days: readonly number[],
  firstDayBeganAt: number,
  firstWeekday: number,
): Generator<Shift, void> {
  const ranges = hours.flatMap(withoutBreaks);
  if (ranges.length === 0 || days.length === 0) return;
  for (let day = 0; ; day += 1) {
    if (!days.includes((firstWeekday + day) % 7)) continue;
    const dayBeganAt = firstDayBeganAt + day * DAY_MS;
    for (const { fromMs, toMs } of ranges) yield { from: dayBeganAt + fromMs, to: dayBeganAt + toMs };
  }
}

function withoutBreaks({ fromMs, toMs, breaks = [] }: WorkingHours): TimeRange[] {
  const begins = [fromMs, ...breaks.map((rest) => rest.toMs)];
  const ends = [...breaks.map((rest) => rest.fromMs), toMs];
  return begins
    .map((begin, index) => ({ fromMs: begin, toMs: ends[index] ?? toMs }))
    .filter((range) => range.fromMs < range.toMs);
}
