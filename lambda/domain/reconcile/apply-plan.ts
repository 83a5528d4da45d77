import { isKnownToWait } from '../contact/adoption.ts';
import { reopensAt } from '../contact/closure.ts';
import { type Decision, INACTIVE_REASONS } from '../contact/decision.ts';
import { currentQueue, formerQueueVisitId, queueVisitId } from '../contact/facts.ts';
import { activeOverride, type ContactRecord, withHistory, withShadowHistory } from '../contact/record.ts';
import {
  clearRetries,
  forgottenStatus,
  initialStatus,
  type RoutingStatus,
  statusWithDefaults,
  statusWithoutDefaults,
} from '../contact/routing-status.ts';
import { canonicalJson, defined, sameJson, without } from '../json.ts';
import { sameRouting } from '../routing/routing.ts';
import type { Settings } from '../settings.ts';
import type { Plan } from './plan.ts';
import { withMemory } from './policy-memory.ts';
import { dropReachedRestorePoint } from './restore-point.ts';
import { earliest, nextRetryAt } from './schedule.ts';
import { nextShadows, shadowChanges } from './shadows.ts';

/**
 * The record after a reconcile: the plan becomes its decision, and a new queue visit starts a new status. Where
 * nothing changed, the result is the same object.
 */
export function applyPlan(given: ContactRecord, plan: Plan, settings: Settings, now: number): ContactRecord {
  const record = withExactVisit(withoutPastRetry(without(given, 'isUndecided'), now));
  const decision = nextDecision(record, plan, settings, now);
  const decided = withoutNeedlessLook({
    ...record,
    decision,
    ...defined({ status: withValues(nextStatus(record, decision, settings, now), plan) }),
  });
  const wakeAt = nextReconcileAfterPlan(decided, plan, now);
  const logged = isUnchanged(record.decision, decision)
    ? decided
    : withHistory(decided, now, summarize(decision));
  const reconciled = dropReachedRestorePoint({ ...without(logged, 'wakeAt'), ...defined({ wakeAt }) });
  const after = withShadows(reconciled, plan, now);
  return sameJson(after, given) ? given : after;
}

/** Once events say that the contact waits, its changes do not depend on an answer any more. */
function withoutNeedlessLook(record: ContactRecord): ContactRecord {
  return isKnownToWait(record) ? without(record, 'look') : record;
}

/** Once the delay before the next attempt to look is over, the question may be asked again. */
function withoutPastRetry(record: ContactRecord, now: number): ContactRecord {
  const { look } = record;
  return look?.retryAt !== undefined && look.retryAt <= now
    ? { ...record, look: without(look, 'retryAt') }
    : record;
}

/** The record under the name that its queue visit has since the exact time of the enqueue is known. */
function withExactVisit(record: ContactRecord): ContactRecord {
  const { facts, status, decision } = record;
  const former = formerQueueVisitId(facts);
  const queueVisit = queueVisitId(facts);
  if (former === undefined || queueVisit === undefined) return record;
  return {
    ...record,
    ...(status?.queueVisit === former ? { status: { ...status, queueVisit } } : {}),
    ...(decision?.queueVisit === former ? { decision: { ...decision, queueVisit } } : {}),
  };
}

/** The record with what the observing policies would have done. Nothing else of the record depends on that. */
function withShadows(record: ContactRecord, plan: Plan, now: number): ContactRecord {
  const after: ContactRecord = {
    ...without(record, 'shadows'),
    ...defined({ shadows: nextShadows(record, plan) }),
  };
  return shadowChanges(record, after).reduce<ContactRecord>((logged, { policy, step, set }) => {
    // Before its first step, a policy sets what its target asks for.
    const by = step === undefined ? '' : ` step ${step}`;
    return withShadowHistory(logged, now, `shadow: ${policy}${by} would set ${canonicalJson(set)}`);
  }, after);
}

/** When to reconcile next: when the plan may change, a failed attempt may be repeated, or the contact reopens. */
function nextReconcileAfterPlan(record: ContactRecord, plan: Plan, now: number): number | undefined {
  const times = [plan.wakeAt, nextRetryAt(record), reopensAt(record)];
  return earliest(times.filter((at) => at !== undefined && at > now));
}

function nextStatus(
  record: ContactRecord,
  decision: Decision,
  settings: Settings,
  now: number,
): RoutingStatus | undefined {
  const { status } = record;
  const queueVisit = queueVisitId(record.facts);
  // Meanwhile the other Region may have changed the routing.
  const isBack = record.decision?.reason === 'other-region' && decision.reason !== 'other-region';
  if (queueVisit !== undefined && status?.queueVisit !== queueVisit) {
    const begun = initialStatus(queueVisit, settings.checkBeforeFirstChange);
    return isBack ? forgottenStatus(begun) : begun;
  }
  if (status === undefined) return undefined;
  if (isBack) return forgottenStatus(status);
  // Since its visit began, the settings may have said that flows set nothing: no question is left to wait for.
  if (!settings.checkBeforeFirstChange && !status.isObserved && !status.isForgotten) {
    return { ...statusWithDefaults(clearRetries(status)), isAssumed: true };
  }
  // Or they say since that flows set something: then it must be asked for.
  if (settings.checkBeforeFirstChange && status.isAssumed) return statusWithoutDefaults(clearRetries(status));
  // Failed attempts belong to the routing that was desired then.
  if (decision.generation !== record.decision?.generation) return clearRetries(status);
  // Once the delay before the next attempt is over, the contact is actionable again.
  return status.retryAt !== undefined && status.retryAt <= now ? without(status, 'retryAt') : status;
}

/** The status with what stays for the visit: the horizon, what was put into routes, and what signals brought about. */
function withValues(status: RoutingStatus | undefined, plan: Plan): RoutingStatus | undefined {
  const horizon = withHorizon(status, plan);
  return horizon && plan.policy !== undefined ? withMemory(horizon, plan.policy, plan) : horizon;
}

/** The status with the horizon of its first target. */
function withHorizon(status: RoutingStatus | undefined, { target }: Plan): RoutingStatus | undefined {
  if (!status || !target || status.horizonSeconds !== undefined) return status;
  return { ...status, horizonSeconds: target.horizonSeconds };
}

function nextDecision(record: ContactRecord, plan: Plan, settings: Settings, now: number): Decision {
  const previous = record.decision;
  const queueVisit = queueVisitId(record.facts);
  const isActive = queueVisit !== undefined && !INACTIVE_REASONS.has(plan.reason);
  const override = isActive ? activeOverride(record, now) : undefined;
  const isSameRouting =
    previous !== undefined &&
    previous.queueVisit === queueVisit &&
    sameRouting(previous.desired, plan.desired) &&
    sameRouting(previous.override, override) &&
    previous.allowLower === plan.allowLower;
  const keepsDueAt = isSameRouting && plan.reason !== 'needs-attributes';
  return defined({
    queueVisit,
    generation: (previous?.generation ?? 0) + (isSameRouting ? 0 : 1),
    reason: plan.reason,
    policy: plan.policy,
    step: plan.step,
    desired: plan.desired,
    allowLower: plan.allowLower,
    override,
    dueAt: isActive ? (keepsDueAt ? previous.dueAt : dueAtOf(record, plan, now)) : undefined,
    timelyUntil: timelyUntil(plan, settings),
    requiredAttributes: plan.requiredAttributes,
  });
}

/** Until when a call for the age of the target shows in the queue before the contact is due. */
function timelyUntil({ target }: Plan, { routingLagSeconds }: Settings): number | undefined {
  return target && target.ageSeconds > 0 ? target.dueAt - routingLagSeconds * 1_000 : undefined;
}

/**
 * When the desired routing fell due. A routing that time alone brought about is due from the moment of its step; one
 * that new facts brought about (a signal, an override, an edited policy) is due from now.
 */
function dueAtOf(record: ContactRecord, plan: Plan, now: number): number {
  const previous = record.decision;
  const isSameVisit =
    previous?.queueVisit !== undefined && previous.queueVisit === queueVisitId(record.facts);
  if (isSameVisit && previous.reason === 'needs-attributes') return previous.dueAt ?? now;
  const reachedAt = plan.reachedAt ?? now;
  if (!isSameVisit) {
    const enqueuedAt = currentQueue(record.facts)?.enqueuedAt ?? now;
    // A contact that an agent transfers by quick connect keeps an enqueue time from before it began.
    const beganAt = Math.max(enqueuedAt, record.facts?.initiatedAt ?? enqueuedAt);
    return Math.min(now, Math.max(reachedAt, beganAt));
  }
  return record.wakeAt !== undefined && reachedAt >= record.wakeAt ? Math.min(now, reachedAt) : now;
}

function isUnchanged(previous: Decision | undefined, decision: Decision): boolean {
  return previous !== undefined && summarize(previous) === summarize(decision);
}

/** A decision as one line of the contact's history. */
function summarize(decision: Decision): string {
  const by = decision.policy === undefined ? '' : ` by ${decision.policy}`;
  const at = decision.step === undefined ? '' : ` step ${decision.step}`;
  const override =
    decision.override === undefined ? '' : `, overridden with ${canonicalJson(decision.override)}`;
  return `${decision.reason}${by}${at}${override}`;
}
