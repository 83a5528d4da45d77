import { attributesAreKnown } from '../contact/attributes.ts';
import { INACTIVE_REASONS } from '../contact/decision.ts';
import { queueVisitId } from '../contact/facts.ts';
import type { ContactRecord } from '../contact/record.ts';
import { isOfPolicy, MAX_SHADOWS, type Shadow, type Shadows, shadowsOfVisit } from '../contact/shadows.ts';
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
  const past = shadowsOfVisit(shadows, record.facts);
  const planned = plan.shadows?.policies ?? [];
  const initial = { ...DEFAULT_ROUTING, ...record.status?.initial };
  const current = planned.map((one) => advance(one, past.find(isOfPolicy(one.policy)), initial));
  const others = past
    .filter(({ policy }) => !planned.some(isOfPolicy(policy)))
    .map((shadow) => ({ ...without(shadow, 'step'), desired: {} }));
  const policies = [...current, ...others].slice(0, MAX_SHADOWS);
  const { wakeAt, requiredAttributes } = plan.shadows ?? {};
  if (policies.length === 0 && wakeAt === undefined && requiredAttributes === undefined) return undefined;
  return defined({ queueVisit, policies, wakeAt, requiredAttributes });
}

/** The changes that observing policies would have made between two records of a contact. */
export function shadowChanges(before: ContactRecord, after: ContactRecord): ShadowChange[] {
  // Both are of the visit that is current now. Once the contact has left there is none, and nothing changes.
  const past = shadowsOfVisit(before.shadows, after.facts);
  return shadowsOfVisit(after.shadows, after.facts).flatMap(({ policy, step, ...now }) => {
    const { wouldSet, changes } = past.find(isOfPolicy(policy)) ?? { wouldSet: {}, changes: 0 };
    if (now.changes <= changes) return [];
    return defined({ policy, step, set: routingChanges(now.wouldSet, wouldSet) });
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
  const { shadows } = record;
  const names = shadows?.requiredAttributes;
  if (!names || record.closedAt !== undefined) return;
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
  return defined({
    policy,
    step,
    desired,
    putIn: putIn ? { ...past?.putIn, ...putIn } : past?.putIn,
    lasting,
    staffing: staffing ? mergeStaffing(past?.staffing, staffing) : past?.staffing,
    horizonSeconds: past?.horizonSeconds ?? horizonSeconds,
    wouldSet: { ...wouldSet, ...changed },
    changes: isEmptyRouting(changed) ? changes : changes + 1,
  });
}
