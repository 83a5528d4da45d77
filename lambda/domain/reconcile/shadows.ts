import { attributesAreKnown } from '../contact/attributes.ts';
import { INACTIVE_REASONS } from '../contact/decision.ts';
import { isCurrentVisit, queueVisitId } from '../contact/facts.ts';
import type { ContactRecord } from '../contact/record.ts';
import { MAX_SHADOWS, type Shadow, type Shadows } from '../contact/shadows.ts';
import { defined, without } from '../json.ts';
import {
  DEFAULT_ROUTING,
  isEmptyRouting,
  type Routing,
  routingChanges,
  targetRouting,
} from '../routing/routing.ts';
import type { Plan, PlannedShadow } from './plan.ts';
import { mergeStaffing } from './unstaffed-steps.ts';

/** A change that an observing policy would have made. */
export interface ShadowChange {
  readonly policy: string;
  readonly step?: number;
  /** The fields that would have changed. */
  readonly set: Routing;
}

/**
 * The shadows of a contact after a reconcile. Each goes on from its own past, not from what other policies applied: it
 * starts from the routing that the flow set, or from Connect's defaults where nobody asked.
 */
export function nextShadows(record: ContactRecord, plan: Plan): Shadows | undefined {
  const { shadows } = record;
  const queueVisit = queueVisitId(record.facts);
  if (queueVisit === undefined || INACTIVE_REASONS.has(plan.reason)) {
    return shadows && without(without(shadows, 'wakeAt'), 'requiredAttributes');
  }
  const past = (isCurrentVisit(record.facts, shadows?.queueVisit) && shadows?.policies) || [];
  const planned = plan.shadows?.policies ?? [];
  const initial = initialRouting(record, queueVisit);
  const current = planned.map((one) => advance(one, past.find(isOf(one.policy)), initial));
  const others = past
    .filter(({ policy }) => !planned.some(isOf(policy)))
    .map((shadow) => ({ ...without(shadow, 'step'), desired: {} }));
  const policies = [...current, ...others].slice(0, MAX_SHADOWS);
  const { wakeAt, requiredAttributes } = plan.shadows ?? {};
  if (policies.length === 0 && wakeAt === undefined && requiredAttributes === undefined) return undefined;
  return defined({ queueVisit, policies, wakeAt, requiredAttributes });
}

/** The changes that observing policies would have made between two records of a contact. */
export function shadowChanges(before: ContactRecord, after: ContactRecord): ShadowChange[] {
  if (before.shadows === after.shadows) return [];
  const past =
    before.shadows?.queueVisit === after.shadows?.queueVisit ? (before.shadows?.policies ?? []) : [];
  return (after.shadows?.policies ?? []).flatMap(({ policy, step, wouldSet, changes }) => {
    const previous = past.find(isOf(policy));
    if (changes <= (previous?.changes ?? 0)) return [];
    return defined({ policy, step, set: routingChanges(wouldSet, previous?.wouldSet ?? {}) });
  });
}

/** What Connect may be asked for on behalf of observing policies; undefined: nothing. */
export type SpareWork =
  /** DescribeContact may be asked for attributes, from spare budget. */
  | { readonly kind: 'attributes'; readonly names: readonly string[] }
  /** The attributes are known now: the contact must be reconciled with them. */
  | { readonly kind: 'reconcile' };

/** What is left to do for the shadows of a contact. It never goes before pending work, and never holds it back. */
export function spareWork(record: ContactRecord): SpareWork | undefined {
  const { shadows, decision } = record;
  const names = shadows?.requiredAttributes;
  if (!names || record.closedAt !== undefined || !decision || INACTIVE_REASONS.has(decision.reason)) return;
  if (queueVisitId(record.facts) !== shadows.queueVisit) return;
  return attributesAreKnown(record, names) ? { kind: 'reconcile' } : { kind: 'attributes', names };
}

function advance(
  { policy, step, desired, allowLower, putIn, lasting, staffing, horizonSeconds }: PlannedShadow,
  past: Shadow | undefined,
  initial: Routing,
): Shadow {
  const { wouldSet = {}, changes = 0 } = past ?? {};
  const applied = { ...initial, ...wouldSet };
  const changed = routingChanges(targetRouting({ applied, desired, allowLower }), applied);
  const isSame = isEmptyRouting(changed);
  return defined({
    policy,
    step,
    desired,
    putIn: putIn ? { ...past?.putIn, ...putIn } : past?.putIn,
    lasting,
    staffing: staffing ? mergeStaffing(past?.staffing, staffing) : past?.staffing,
    horizonSeconds: past?.horizonSeconds ?? horizonSeconds,
    wouldSet: isSame ? wouldSet : { ...wouldSet, ...changed },
    changes: isSame ? changes : changes + 1,
  });
}

function initialRouting({ status }: ContactRecord, queueVisit: string): Routing {
  return status?.queueVisit === queueVisit && status.initial
    ? { ...DEFAULT_ROUTING, ...status.initial }
    : DEFAULT_ROUTING;
}

function isOf(name: string) {
  return ({ policy }: { readonly policy: string }) => policy === name;
}
