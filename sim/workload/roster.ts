import type { AgentSpec, Shift } from '../centre/index.ts';

/** A stretch of the day, in milliseconds after it began; what passes midnight ends after 24 hours. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** When the agents of a group work, every day. */
export interface WorkingHours extends TimeRange {
  /** Within these hours, in order of time; an agent finishes the contact in hand first. */
  readonly breaks?: readonly TimeRange[];
}

/** Agents who are alike. */
export interface AgentGroup extends Omit<AgentSpec, 'id' | 'shifts'> {
  /** Unique; the ids of its agents begin with it. */
  readonly name: string;
  readonly count: number;
  /** In order of time; default: around the clock. */
  readonly hours?: readonly WorkingHours[];
}

const DAY_MS = 86_400_000;

/**
 * The agents of groups.
 *
 * @param dayBeganAt - when time of day was 0, in milliseconds since the epoch. The shifts begin with that of the
 * day before, which may pass midnight.
 */
export function roster(groups: readonly AgentGroup[], dayBeganAt: number): AgentSpec[] {
  return groups.flatMap(({ name, count, hours, ...profile }) => {
    const shifts = hours && { [Symbol.iterator]: () => dailyShifts(hours, dayBeganAt - DAY_MS) };
    return Array.from({ length: count }, (_, index) => ({
      ...profile,
      id: `${name}-${index + 1}`,
      ...(shifts ? { shifts } : {}),
    }));
  });
}

function* dailyShifts(hours: readonly WorkingHours[], firstDayBeganAt: number): Generator<Shift, void> {
  const stretches = hours.flatMap(withoutBreaks);
  if (stretches.length === 0) return;
  for (let dayBeganAt = firstDayBeganAt; ; dayBeganAt += DAY_MS) {
    for (const { fromMs, toMs } of stretches) yield { from: dayBeganAt + fromMs, to: dayBeganAt + toMs };
  }
}

function withoutBreaks({ fromMs, toMs, breaks = [] }: WorkingHours): TimeRange[] {
  const begins = [fromMs, ...breaks.map((rest) => rest.toMs)];
  const ends = [...breaks.map((rest) => rest.fromMs), toMs];
  return begins
    .map((begin, index) => ({ fromMs: begin, toMs: ends[index] ?? toMs }))
    .filter((stretch) => stretch.fromMs < stretch.toMs);
}
