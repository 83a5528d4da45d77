import { arrivalsEndAt, type Scenario } from '../scenario/index.ts';

const HALF_HOUR_MS = 1_800_000;

/** The half hours of a scenario by its own clock: the first and the last one may be shorter. */
export interface HalfHours {
  readonly count: number;
  /** When the first full or partial one begins by the clock, in milliseconds since the epoch. */
  readonly firstAt: number;
  /** The start and the end of arrivals, in milliseconds since the epoch. */
  readonly startsAt: number;
  readonly endsAt: number;
}

export function halfHoursOf(scenario: Pick<Scenario, 'startsAt' | 'hours' | 'dayBeganAt'>): HalfHours {
  const { startsAt, dayBeganAt } = scenario;
  const endsAt = arrivalsEndAt(scenario);
  const firstAt = startsAt - ((startsAt - dayBeganAt) % HALF_HOUR_MS);
  return { count: Math.ceil((endsAt - firstAt) / HALF_HOUR_MS), firstAt, startsAt, endsAt };
}

/** The half hour of a moment; one before or after all of them is not in the range of `count`. */
export function slotOf({ firstAt }: HalfHours, at: number): number {
  return Math.floor((at - firstAt) / HALF_HOUR_MS);
}

/** When a half hour begins and for how long it lasts, in milliseconds since the start. */
export function spanOf(
  { firstAt, startsAt, endsAt }: HalfHours,
  slot: number,
): { fromMs: number; ms: number } {
  const from = Math.max(startsAt, firstAt + slot * HALF_HOUR_MS);
  const to = Math.min(endsAt, firstAt + (slot + 1) * HALF_HOUR_MS);
  return { fromMs: from - startsAt, ms: to - from };
}

/** The parts of a time, in milliseconds since the epoch, that lie in each half hour. */
export function* slotsWithin(
  halfHours: HalfHours,
  from: number,
  to: number,
): Generator<{ readonly slot: number; readonly ms: number }> {
  const { firstAt, startsAt, endsAt } = halfHours;
  const last = Math.min(to, endsAt);
  for (let at = Math.max(from, startsAt); at < last; ) {
    const slot = slotOf(halfHours, at);
    const next = Math.min(last, firstAt + (slot + 1) * HALF_HOUR_MS);
    yield { slot, ms: next - at };
    at = next;
  }
}
