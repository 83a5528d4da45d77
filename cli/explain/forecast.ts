import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { applyPlan } from '../../lambda/domain/reconcile/apply-plan.ts';
import { assumeDefaults } from '../../lambda/domain/reconcile/description.ts';
import { nextUpdate } from '../../lambda/domain/reconcile/next-update.ts';
import { pendingWork } from '../../lambda/domain/reconcile/pending-work.ts';
import { type Plan, type PlanContext, plan } from '../../lambda/domain/reconcile/plan.ts';
import { applyUpdateResult, markInFlight } from '../../lambda/domain/reconcile/update-result.ts';
import type { Routing, RoutingUpdate } from '../../lambda/domain/routing/routing.ts';

/** What is decided and sent at one moment, if nothing but time passes. */
export interface ForecastMoment {
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
  readonly moments: readonly ForecastMoment[];
  /** The record at its end. */
  readonly record: ContactRecord;
  /** When the contact would be looked at next, where the forecast does not go that far. */
  readonly nextReconcileAt?: number;
}

/** Looks at a contact, at most: hours that begin and end would go on for ever. */
const MAX_RECONCILES = 500;

/**
 * What becomes of a contact if it goes on waiting and nothing else is learned, by the very functions that the
 * handlers use. Every call is taken to succeed at once; where Connect was not asked yet what a flow has set, its
 * defaults are taken to be in force.
 *
 * @param from - milliseconds since the epoch, as `until`, which is included.
 */
export function forecast(start: ContactRecord, context: PlanContext, from: number, until: number): Forecast {
  const moments: ForecastMoment[] = [];
  let record = start;
  let next: number | undefined = from;
  for (let looks = 0; next !== undefined && next <= until && looks < MAX_RECONCILES; looks++) {
    const at: number = next;
    const planned = plan(record, context, at);
    record = applyPlan(record, planned, context.settings, at);
    const sent = context.settings.pause ? { record, calls: [] } : simulateCalls(record, context, at);
    record = sent.record;
    const override = record.decision?.override;
    const moment: ForecastMoment = {
      at,
      plan: planned,
      ...(override ? { override } : {}),
      calls: sent.calls,
    };
    const before = moments.at(-1);
    if (!before || sent.calls.length > 0 || momentKey(before) !== momentKey(moment)) moments.push(moment);
    next = planned.wakeAt;
  }
  return { moments, record, ...(next === undefined ? {} : { nextReconcileAt: next }) };
}

/** Makes the calls that are left to be made. Priority and age go in calls of their own, so there may be two. */
function simulateCalls(
  looked: ContactRecord,
  { settings }: PlanContext,
  at: number,
): { record: ContactRecord; calls: RoutingUpdate[] } {
  const calls: RoutingUpdate[] = [];
  let record =
    looked.status?.isObserved === false && pendingWork(looked)
      ? assumeDefaults(looked, settings.ageAdjustment)
      : looked;
  const next = () => nextUpdate(pendingWork(record), settings.ageAdjustment, record);
  for (let made = next(); made; made = next()) {
    calls.push(made.update);
    record = applyUpdateResult(markInFlight(record, made), made, { kind: 'done' }, at);
  }
  return { record, calls };
}

/** What makes two moments differ. */
function momentKey({ plan: { reason, policy, step }, override }: ForecastMoment): string {
  return JSON.stringify([reason, policy, step, override]);
}
