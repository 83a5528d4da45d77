import { matches } from '../pattern/index.ts';
import type { Condition, QueueLoad } from './condition.ts';

/** As many conditions hold for one queue at most: the first ones by name. */
const MAX_HELD = 64;

/** How long a condition keeps its state while the load cannot be read, in milliseconds. */
const KEPT_MS = 60_000;

/** A condition that holds for a queue. Times are milliseconds since the epoch. */
export interface HeldCondition {
  readonly since: number;
  /** It ends then, unless the load is read before. */
  readonly until: number;
}

/** The conditions that hold for a queue, by name. */
export type HeldConditions = Readonly<Record<string, HeldCondition>>;

/** A condition that concerns a queue, and the load that it is about. */
export interface Measured {
  readonly condition: Condition;
  /** Undefined: it could not be read. */
  readonly load: QueueLoad | undefined;
}

/** The names of the conditions that hold, in order. */
export function namesOfHeld(held: HeldConditions, now: number): string[] {
  return Object.entries(held)
    .filter(([, { until }]) => until > now)
    .map(([name]) => name)
    .sort();
}

/**
 * The conditions that hold for a queue after its load was read. One begins when `when` matches and `until` does not, and
 * ends when `until` matches. Where the load cannot be read, each keeps its state for 60 seconds, and then ends.
 *
 * @param measured - the conditions that concern the queue, in order of name: all others end.
 */
export function nextConditions(
  held: HeldConditions,
  measured: readonly Measured[],
  now: number,
): HeldConditions {
  const next = measured.flatMap(({ condition, load }): [string, HeldCondition][] => {
    const { name } = condition;
    const known = Object.hasOwn(held, name) ? held[name] : undefined;
    const before = known && known.until > now ? known : undefined;
    if (!load) return before ? [[name, before]] : [];
    return holds(condition, load, before !== undefined)
      ? [[name, { since: before?.since ?? now, until: now + KEPT_MS }]]
      : [];
  });
  return Object.fromEntries(next.slice(0, MAX_HELD));
}

/**
 * Whether exactly the same conditions hold, each since the same time: those who wait need not look. One that ended while
 * nobody read the load, and holds again, has begun again.
 */
export function holdOn(before: HeldConditions, after: HeldConditions): boolean {
  const entries = Object.entries(before);
  return (
    entries.length === Object.keys(after).length &&
    entries.every(([name, { since }]) => after[name]?.since === since)
  );
}

function holds({ when, until }: Condition, load: QueueLoad, before: boolean): boolean {
  if (!until) return matches(when, load);
  return !matches(until, load) && (before || matches(when, load));
}
