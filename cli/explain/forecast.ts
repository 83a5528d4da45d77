import { workOf } from '../../lambda/domain/dealings.ts';
import { callFor } from '../../lambda/domain/made-call.ts';
import { afterCall, afterNoDescription, announced } from '../../lambda/domain/outcome.ts';
import { type Plan, type PlanContext, plan } from '../../lambda/domain/plan.ts';
import { reconciled } from '../../lambda/domain/reconciled.ts';
import type { ContactRecord } from '../../lambda/domain/record.ts';
import type { Routing, RoutingUpdate } from '../../lambda/domain/routing.ts';

/** What is decided and sent at one moment, if nothing but time passes. */
export interface Moment {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly plan: Plan;
  /** What an operator wants instead. */
  readonly override?: Routing;
  /** What Connect is asked to do, in this order. */
  readonly calls: readonly RoutingUpdate[];
}

export interface Forecast {
  /** Those at which something changes, in order of time; the first is where the forecast begins. */
  readonly moments: readonly Moment[];
  /** The record at its end. */
  readonly record: ContactRecord;
  /** When the contact would be looked at next, where the forecast does not go that far. */
  readonly nextAt?: number;
}

/** Looks at a contact, at most: hours that begin and end would go on for ever. */
const MAX_LOOKS = 500;

/**
 * What becomes of a contact if it goes on waiting and nothing else is learned, by the very functions that the
 * handlers use. Every call is taken to succeed at once; where Connect was not asked yet what a flow has set, its
 * defaults are taken to be in force.
 *
 * @param from - milliseconds since the epoch, as `until`, which is included.
 */
export function forecast(start: ContactRecord, context: PlanContext, from: number, until: number): Forecast {
  const moments: Moment[] = [];
  let record = start;
  let next: number | undefined = from;
  for (let looks = 0; next !== undefined && next <= until && looks < MAX_LOOKS; looks++) {
    const at: number = next;
    const planned = plan(record, context, at);
    record = reconciled(record, planned, context.settings, at);
    const sent = context.settings.pause ? { record, calls: [] } : withCalls(record, context, at);
    record = sent.record;
    const override = record.decision?.override;
    const moment: Moment = { at, plan: planned, ...(override ? { override } : {}), calls: sent.calls };
    const before = moments.at(-1);
    if (!before || sent.calls.length > 0 || told(before) !== told(moment)) moments.push(moment);
    next = planned.wakeAt;
  }
  return { moments, record, ...(next === undefined ? {} : { nextAt: next }) };
}

/** Makes the calls that are left to be made. Priority and age go in calls of their own, so there may be two. */
function withCalls(
  looked: ContactRecord,
  { settings }: PlanContext,
  at: number,
): { record: ContactRecord; calls: RoutingUpdate[] } {
  const calls: RoutingUpdate[] = [];
  let record =
    looked.dealings?.checked === false && workOf(looked)
      ? afterNoDescription(looked, settings.ageAdjustment)
      : looked;
  for (
    let made = callFor(record, settings.ageAdjustment);
    made;
    made = callFor(record, settings.ageAdjustment)
  ) {
    calls.push(made.update);
    record = afterCall(announced(record, made), made, { kind: 'done' }, at);
  }
  return { record, calls };
}

/** What makes two moments differ. */
function told({ plan: { reason, policy, step }, override }: Moment): string {
  return JSON.stringify([reason, policy, step, override]);
}
