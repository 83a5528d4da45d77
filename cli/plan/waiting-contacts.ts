import { reopen } from '../../lambda/domain/contact/closure.ts';
import { INACTIVE_REASONS } from '../../lambda/domain/contact/decision.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { sameJson } from '../../lambda/domain/json.ts';
import { applyPlan } from '../../lambda/domain/reconcile/apply-plan.ts';
import { describeNeed } from '../../lambda/domain/reconcile/description.ts';
import { pendingWork } from '../../lambda/domain/reconcile/pending-work.ts';
import { type Plan, type PlanContext, plan } from '../../lambda/domain/reconcile/plan.ts';
import { DEFAULT_ROUTING, type Routing, type RoutingUpdate } from '../../lambda/domain/routing/routing.ts';
import { describeLimits, updateLimits } from '../../lambda/domain/settings.ts';
import { sendUpdates } from '../explain/forecast.ts';
import { formatContactChange } from './contact-change-words.ts';

/** Contacts that a push changes alike. */
export interface ContactGroup {
  readonly contacts: number;
  /** The policy that governs them now. Undefined: none, or it is not known yet. */
  readonly from?: string;
  /** The policy that governs them after the push. */
  readonly to?: string;
  /** What is sent for each at once; empty: nothing. */
  readonly updates: readonly RoutingUpdate[];
  /** In words. */
  readonly text: string;
}

/** What a push does to the contacts that wait, and what that costs. */
export interface WaitingEffect {
  /** Contacts that wait and were looked at. */
  readonly examined: number;
  readonly changed: number;
  /** The largest first. */
  readonly groups: readonly ContactGroup[];
  /** Contacts among the changed whose routing in Connect is not known: its defaults are assumed. */
  readonly assumed: number;
  readonly load: QuotaLoad;
}

/** What a push adds to the calls that are due at once. */
export interface QuotaLoad {
  readonly updates: number;
  readonly updatesPerSecond: number;
  /** Calls of DescribeContact that changes or decisions wait for. */
  readonly questions: number;
  readonly questionsPerSecond: number;
  /** The longer of both at their rates. */
  readonly seconds: number;
}

interface Outcome {
  readonly plan: Plan;
  readonly updates: readonly RoutingUpdate[];
  readonly asksFirst: boolean;
}

/**
 * What another configuration changes for contacts that wait, by the functions that the handlers decide with. It assumes
 * that the kill switch is off, and that no event or message arrives meanwhile.
 *
 * @param now - milliseconds since the epoch.
 */
export function waitingEffect(
  records: readonly ContactRecord[],
  before: PlanContext,
  after: PlanContext,
  now: number,
): WaitingEffect {
  const groups = new Map<string, ContactGroup>();
  let [examined, changed, assumed, updates, questions] = [0, 0, 0, 0, 0];
  for (const record of records) {
    const [old, next] = [outcomeOf(record, before, now), outcomeOf(record, after, now)];
    if (INACTIVE_REASONS.has(old.plan.reason) && INACTIVE_REASONS.has(next.plan.reason)) continue;
    examined += 1;
    const isSent = !sameJson(old.updates, next.updates);
    const text = formatContactChange(old, next, appliedOf(record));
    if (next.asksFirst && !old.asksFirst) questions += 1;
    if (text === undefined) continue;
    changed += 1;
    if (isSent) updates += next.updates.length;
    if (isSent && record.status?.isObserved !== true) assumed += 1;
    const key = text;
    const group = groups.get(key);
    groups.set(key, {
      contacts: (group?.contacts ?? 0) + 1,
      ...(old.plan.policy !== undefined && { from: old.plan.policy }),
      ...(next.plan.policy !== undefined && { to: next.plan.policy }),
      updates: isSent ? next.updates : [],
      text,
    });
  }
  return {
    examined,
    changed,
    groups: [...groups.values()].sort((a, b) => b.contacts - a.contacts),
    assumed,
    load: loadOf(updates, questions, after),
  };
}

function outcomeOf(record: ContactRecord, given: PlanContext, now: number): Outcome {
  const settings = { ...given.settings, pause: false };
  const context = { ...given, settings };
  const current = reopen(record, context.region, now);
  const planned = plan(current, context, now);
  const decided = applyPlan(current, planned, settings, now);
  const asksFirst = describeNeed(pendingWork(decided), settings.ageAdjustment) === 'required';
  return { plan: planned, updates: sendUpdates(decided, context, now).calls, asksFirst };
}

function appliedOf({ status }: ContactRecord): Routing {
  return { ...DEFAULT_ROUTING, ...status?.applied };
}

function loadOf(updates: number, questions: number, { settings }: PlanContext): QuotaLoad {
  const updatesPerSecond = updateLimits(settings).ratePerSecond;
  const questionsPerSecond = describeLimits(settings).ratePerSecond;
  const seconds = Math.max(updates / updatesPerSecond, questions / questionsPerSecond);
  return { updates, updatesPerSecond, questions, questionsPerSecond, seconds };
}
