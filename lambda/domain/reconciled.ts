import { queueOf } from './contact.ts';
import { newDealings, restored, retryTime, stayOf, withoutTries } from './dealings.ts';
import { canonicalJson, sameJson, without } from './json.ts';
import { LEFT_ALONE, type Plan } from './plan.ts';
import { activeOverride, type ContactRecord, type Dealings, type Decision, withHistory } from './record.ts';
import { sameRouting } from './routing.ts';
import type { Settings } from './settings.ts';

/**
 * The record after a look at the contact: the plan becomes its decision, and a new stay in a queue begins new
 * dealings. Where nothing changed, the record is the same object.
 */
export function reconciled(
  record: ContactRecord,
  plan: Plan,
  settings: Settings,
  now: number,
): ContactRecord {
  const decision = decisionOf(record, plan, now);
  const dealings = dealingsOf(record, decision, settings, now);
  const looked: ContactRecord = {
    ...record,
    decision,
    ...(dealings === undefined ? {} : { dealings }),
  };
  const next = nextLookAt(looked, plan, now);
  const told = tellsNothingNew(record.decision, decision)
    ? looked
    : withHistory(looked, now, describe(decision));
  const settled = restored(next === undefined ? without(told, 'wakeAt') : { ...told, wakeAt: next });
  return sameJson(settled, record) ? record : settled;
}

/** When to look again: when the plan may change, or when a failed call may be tried again. */
function nextLookAt(record: ContactRecord, plan: Plan, now: number): number | undefined {
  const times = [plan.wakeAt, retryTime(record)].filter((at) => at !== undefined && at > now) as number[];
  return times.length === 0 ? undefined : Math.min(...times);
}

function dealingsOf(
  record: ContactRecord,
  decision: Decision,
  settings: Settings,
  now: number,
): Dealings | undefined {
  const { dealings } = record;
  const stay = stayOf(record.facts);
  if (stay !== undefined && dealings?.stay !== stay)
    return newDealings(stay, settings.checkBeforeFirstChange);
  if (dealings === undefined) return undefined;
  // Failed tries belong to what was wanted then.
  if (decision.generation !== record.decision?.generation) {
    return withoutTries(dealings);
  }
  // A wait before the next try that is over puts the contact back among those that can be attended to.
  return dealings.retryAt !== undefined && dealings.retryAt <= now ? without(dealings, 'retryAt') : dealings;
}

function decisionOf(record: ContactRecord, plan: Plan, now: number): Decision {
  const previous = record.decision;
  const stay = stayOf(record.facts);
  const waits = stay !== undefined && !LEFT_ALONE.has(plan.reason);
  const override = waits ? activeOverride(record, now) : undefined;
  const sameWish =
    previous !== undefined &&
    previous.stay === stay &&
    sameRouting(previous.wanted, plan.wanted) &&
    sameRouting(previous.override, override) &&
    previous.allowLower === plan.allowLower &&
    (previous.mode === 'observe') === (plan.mode === 'observe');
  const dueAt = waits ? (sameWish && !needs(plan) ? previous.dueAt : dueTime(record, plan, now)) : undefined;
  return {
    ...(stay === undefined ? {} : { stay }),
    generation: (previous?.generation ?? 0) + (sameWish ? 0 : 1),
    reason: plan.reason,
    ...(plan.policy === undefined ? {} : { policy: plan.policy }),
    ...(plan.mode === undefined ? {} : { mode: plan.mode }),
    ...(plan.step === undefined ? {} : { step: plan.step }),
    wanted: plan.wanted,
    allowLower: plan.allowLower,
    ...(override === undefined ? {} : { override }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(plan.needs === undefined ? {} : { needs: plan.needs }),
  };
}

function needs(plan: Plan): boolean {
  return plan.reason === 'needs-attributes';
}

/**
 * When what is wanted now fell due. What came about by time alone is due from the moment of its step; what came
 * about by new knowledge (a signal, an override, an edited policy) is due from now.
 */
function dueTime(record: ContactRecord, plan: Plan, now: number): number {
  const previous = record.decision;
  const sameStay = previous?.stay !== undefined && previous.stay === stayOf(record.facts);
  if (sameStay && previous.reason === 'needs-attributes') return previous.dueAt ?? now;
  const reachedAt = plan.reachedAt ?? now;
  if (!sameStay) {
    const enqueuedAt = (record.facts && queueOf(record.facts))?.enqueuedAt ?? now;
    return Math.min(now, Math.max(reachedAt, enqueuedAt));
  }
  return record.wakeAt !== undefined && reachedAt >= record.wakeAt ? Math.min(now, reachedAt) : now;
}

function tellsNothingNew(previous: Decision | undefined, decision: Decision): boolean {
  return previous !== undefined && describe(previous) === describe(decision);
}

/** A decision in a line of the contact's history. */
function describe(decision: Decision): string {
  const by = decision.policy === undefined ? '' : ` by ${decision.policy}`;
  const at = decision.step === undefined ? '' : ` step ${decision.step}`;
  const mode = decision.mode === 'observe' ? ' (observe)' : '';
  const override =
    decision.override === undefined ? '' : `, overridden with ${canonicalJson(decision.override)}`;
  return `${decision.reason}${by}${at}${mode}${override}`;
}
