import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { statusWithDefaults } from '../../lambda/domain/contact/routing-status.ts';
import { defined } from '../../lambda/domain/json.ts';
import { applyPlan } from '../../lambda/domain/reconcile/apply-plan.ts';
import { nextUpdate } from '../../lambda/domain/reconcile/next-update.ts';
import { pendingWork } from '../../lambda/domain/reconcile/pending-work.ts';
import { type Plan, type PlanContext, plan } from '../../lambda/domain/reconcile/plan.ts';
import { earliest } from '../../lambda/domain/reconcile/schedule.ts';
import { type ShadowChange, shadowChanges } from '../../lambda/domain/reconcile/shadows.ts';
import { applyUpdateResult, markInFlight } from '../../lambda/domain/reconcile/update-result.ts';
import type { Routing, RoutingUpdate } from '../../lambda/domain/routing/routing.ts';

/** The decision and the updates at a moment. */
export interface ForecastMoment {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly plan: Plan;
  /** The routing of an operator's override, which replaces the desired routing. */
  readonly override?: Routing;
  /** The updates that are sent, in this order. */
  readonly calls: readonly RoutingUpdate[];
  /** The changes that observing policies would make. */
  readonly shadowChanges: readonly ShadowChange[];
}

export interface Forecast {
  /** The start, and the moments at which the decision changes, an update is sent, or one would be by an observing policy. */
  readonly moments: readonly ForecastMoment[];
  /** The record at the end of the forecast. */
  readonly record: ContactRecord;
  /** The next reconcile after the end of the forecast, in milliseconds since the epoch. */
  readonly nextReconcileAt?: number;
}

/** Limits the forecast for policies with many transitions between hours. */
const MAX_RECONCILES = 500;

/**
 * Forecasts the updates of a contact that remains in its queue while no event or message arrives. Uses the
 * functions of the handlers. Every update succeeds at once. If the applied routing is not known, it is
 * Connect's default.
 *
 * @param from - milliseconds since the epoch.
 * @param until - milliseconds since the epoch, inclusive.
 */
export function forecast(start: ContactRecord, context: PlanContext, from: number, until: number): Forecast {
  const moments: ForecastMoment[] = [];
  let [record, nextReconcileAt, count]: [ContactRecord, number | undefined, number] = [start, from, 0];
  for (const { moment, ...after } of forecastMoments(start, context, from)) {
    if (moment.at > until || count === MAX_RECONCILES) break;
    ({ record, nextReconcileAt } = after);
    const previous = moments.at(-1);
    const isChanged = !previous || momentKey(previous) !== momentKey(moment);
    if (isChanged || moment.calls.length > 0 || moment.shadowChanges.length > 0) moments.push(moment);
    count += 1;
  }
  return { moments, record, nextReconcileAt };
}

/** A moment of a forecast, and what follows. */
interface ReconciledMoment {
  readonly moment: ForecastMoment;
  /** The record after it. */
  readonly record: ContactRecord;
  /** The next reconcile, in milliseconds since the epoch. */
  readonly nextReconcileAt: number | undefined;
}

/**
 * The moments at which a contact is reconciled, as {@link forecast} says, whatever they change. There may be very many.
 *
 * @param from - milliseconds since the epoch.
 */
export function* forecastMoments(
  start: ContactRecord,
  context: PlanContext,
  from: number,
): Generator<ReconciledMoment> {
  let record = start;
  for (let next: number | undefined = from; next !== undefined; ) {
    const at: number = next;
    const planAt = plan(record, context, at);
    const reconciled = applyPlan(record, planAt, context.settings, at);
    const dispatched = context.settings.pause
      ? { record: reconciled, calls: [] }
      : sendUpdates(reconciled, context, at);
    const shadows = shadowChanges(record, reconciled);
    record = dispatched.record;
    next = earliest([planAt.wakeAt, planAt.shadows?.wakeAt]);
    const { calls } = dispatched;
    const { override } = record.decision ?? {};
    const moment = { at, plan: planAt, ...defined({ override }), calls, shadowChanges: shadows };
    yield { moment, record, nextReconcileAt: next };
  }
}

/**
 * Simulates the pending updates: each succeeds at once, and where the applied routing is not known it is Connect's
 * default. There may be two: priority and age are in separate calls.
 */
export function sendUpdates(
  reconciled: ContactRecord,
  { settings }: Pick<PlanContext, 'settings'>,
  at: number,
): { record: ContactRecord; calls: RoutingUpdate[] } {
  const calls: RoutingUpdate[] = [];
  let record =
    reconciled.status?.isObserved === false && pendingWork(reconciled)
      ? { ...reconciled, status: statusWithDefaults(reconciled.status) }
      : reconciled;
  const next = () => nextUpdate(pendingWork(record), settings.ageAdjustment);
  for (let attempt = next(); attempt; attempt = next()) {
    calls.push(attempt.update);
    record = applyUpdateResult(markInFlight(record, attempt, at), attempt, { kind: 'done' }, at);
  }
  return { record, calls };
}

/** Equal for two moments with the same decision. */
function momentKey({ plan: { reason, policy, step }, override }: ForecastMoment): string {
  return JSON.stringify([reason, policy, step, override]);
}
