import { reopensAt } from '../contact/closure.ts';
import type { ContactRecord } from '../contact/record.ts';
import { MAX_DELAY_SECONDS } from '../deployment-constants.ts';
import { pendingWork } from './pending-work.ts';

/**
 * Milliseconds from the decision to call Connect until Connect has the call. Short beside a second, the least time
 * between steps: a contact with a step each second must not be deferred each time.
 */
const CALL_LATENCY_MS = 250;

/**
 * How long dispatch waits for a reconcile that is due: timers fire on whole seconds, and SQS delivers within a second
 * or two. A later one may be lost, so dispatch acts on what is known.
 */
const RECONCILE_GRACE_MS = 5_000;

/** True while a failed attempt must not be repeated yet. */
export function isBackingOff(record: ContactRecord, now: number): boolean {
  const { status, look } = record;
  return ((look ?? status)?.retryAt ?? 0) > now;
}

/**
 * True when the contact is about to be reconciled: its plan may change before a call gets to Connect. The call would
 * set a superseded routing, and cost a second call moments later.
 */
export function isReconcileImminent({ wakeAt }: ContactRecord, now: number): boolean {
  return wakeAt !== undefined && wakeAt <= now + CALL_LATENCY_MS && now < wakeAt + RECONCILE_GRACE_MS;
}

/** When a failed attempt may be repeated; undefined when nothing failed, or nothing is left to do. */
export function nextRetryAt(record: ContactRecord): number | undefined {
  const { status, look } = record;
  const retryAt = (look ?? status)?.retryAt;
  return retryAt === undefined || !pendingWork(record) ? undefined : retryAt;
}

/** When the contact should be reconciled next: when its plan may change, or before that to repeat what failed. */
export function nextReconcileAt(record: ContactRecord): number | undefined {
  return earliest([wakeUpAt(record), nextRetryAt(record), reopensAt(record)]);
}

/** When the contact needs a wake-up: for its decision, or for what observing policies would do. */
function wakeUpAt({ wakeAt, shadows }: ContactRecord): number | undefined {
  return earliest([wakeAt, shadows?.wakeAt]);
}

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
  const { timerAt } = record;
  const wakeAt = wakeUpAt(record);
  if (wakeAt === undefined) return undefined;
  const isPending = timerAt !== undefined && timerAt > now;
  // Timers fire on whole seconds, so one that fires within the second after is the right one.
  if (isPending && timerAt < wakeAt + 1_000) return undefined;
  const delaySeconds = Math.min(MAX_DELAY_SECONDS, Math.max(1, Math.ceil((wakeAt - now) / 1_000)));
  return { delaySeconds, firesAt: now + delaySeconds * 1_000 };
}

/** The least of the times that are known; undefined when none is. */
export function earliest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((at) => at !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
