import type { ContactRecord } from './record.ts';

/** SQS can delay a message no longer; longer waits are chained. */
export const MAX_TIMER_SECONDS = 900;

/** A timer to be set. */
export interface Timer {
  /** Whole seconds, 1 to 900. */
  readonly delaySeconds: number;
  /** When it will ring, in milliseconds since the epoch. */
  readonly ringsAt: number;
}

/**
 * The timer that a contact needs, undefined when none is needed or the one under way rings in time. A timer
 * that rings early does no harm: it leads to a look, and the look sets the next one.
 */
export function timerFor(record: ContactRecord, now: number): Timer | undefined {
  const { wakeAt, timerAt } = record;
  if (wakeAt === undefined) return undefined;
  const underWay = timerAt !== undefined && timerAt > now;
  // Timers ring on whole seconds, so one that rings within the second after is the right one.
  if (underWay && timerAt < wakeAt + 1_000) return undefined;
  const delaySeconds = Math.min(MAX_TIMER_SECONDS, Math.max(1, Math.ceil((wakeAt - now) / 1_000)));
  return { delaySeconds, ringsAt: now + delaySeconds * 1_000 };
}
