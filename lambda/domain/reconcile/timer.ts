import type { ContactRecord } from '../contact/record.ts';
import { MAX_DELAY_SECONDS } from '../deployment-constants.ts';

/** A timer to set. */
export interface Timer {
  /** Whole seconds, 1 to 900. */
  readonly delaySeconds: number;
  /** When it fires, in milliseconds since the epoch. */
  readonly firesAt: number;
}

/**
 * The timer that a contact needs; undefined when it needs none or the pending one fires in time. SQS delays a message
 * by 900 seconds at most, so longer waits take several timers: one that fires early leads to a reconcile, and the
 * reconcile sets the next one.
 */
export function timerFor(record: ContactRecord, now: number): Timer | undefined {
  const { wakeAt, timerAt } = record;
  if (wakeAt === undefined) return undefined;
  const isPending = timerAt !== undefined && timerAt > now;
  // Timers fire on whole seconds, so one that fires within the second after is the right one.
  if (isPending && timerAt < wakeAt + 1_000) return undefined;
  const delaySeconds = Math.min(MAX_DELAY_SECONDS, Math.max(1, Math.ceil((wakeAt - now) / 1_000)));
  return { delaySeconds, firesAt: now + delaySeconds * 1_000 };
}
