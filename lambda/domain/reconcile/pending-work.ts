import { attributesAreKnown } from '../contact/attributes.ts';
import { type Decision, INACTIVE_REASONS } from '../contact/decision.ts';
import { queueVisitId } from '../contact/facts.ts';
import type { ContactRecord } from '../contact/record.ts';
import type { RoutingStatus } from '../contact/routing-status.ts';
import { without } from '../json.ts';
import { isEmptyRouting, type Routing, routingChanges, targetRouting } from '../routing/routing.ts';

/** What is left to do for a contact, as its record says. */
export type PendingWork =
  /** DescribeContact must be asked for attributes before a policy can decide. */
  | { readonly kind: 'attributes'; readonly names: readonly string[] }
  /** DescribeContact must be asked whether the contact waits. */
  | { readonly kind: 'look' }
  /** Attributes or facts are known now: the contact must be reconciled with them. */
  | { readonly kind: 'reconcile' }
  | UpdateWork;

/** The applied routing differs from the target routing. */
export interface UpdateWork {
  readonly kind: 'update';
  readonly changes: Routing;
  readonly targetRouting: Routing;
  readonly status: RoutingStatus;
  readonly decision: Decision;
}

/**
 * What is left to do for the contact, as it was last decided; undefined: nothing. An update that an operator wants
 * goes before the question that a policy has: its override applies whatever the answer is.
 */
export function pendingWork(record: ContactRecord): PendingWork | undefined {
  const { decision, status, facts } = record;
  if (record.look) return { kind: 'look' };
  if (record.isUndecided) return { kind: 'reconcile' };
  if (!decision || INACTIVE_REASONS.has(decision.reason) || record.closedAt !== undefined) return undefined;
  const queueVisit = queueVisitId(facts);
  if (!status || status.queueVisit !== queueVisit || decision.queueVisit !== queueVisit) return undefined;
  const missing = missingAttributes(record, decision);
  if (missing && decision.override === undefined) return missing;
  return pendingUpdate(status, decision) ?? missing;
}

/** What Connect rejected of the routing that is desired now. */
export function rejectedPart(
  { rejected }: RoutingStatus,
  { generation }: Decision,
): 'none' | 'criteria' | 'all' {
  if (rejected?.generation !== generation) return 'none';
  return rejected.onlyCriteria ? 'criteria' : 'all';
}

function pendingUpdate(status: RoutingStatus, decision: Decision): PendingWork | undefined {
  const rejected = rejectedPart(status, decision);
  if (rejected === 'all') return undefined;
  const { applied, restorePoint, unconfirmed } = status;
  const { allowLower, desired, override } = decision;
  const wanted = targetRouting({ applied, restorePoint, desired, allowLower, override });
  const target = rejected === 'criteria' ? without(wanted, 'criteria') : wanted;
  // A field that nothing sets any more needs no confirmation, but one that an override has set and that goes back.
  const set = { ...desired, ...override };
  const changes = routingChanges(
    target,
    applied,
    unconfirmed?.filter((field) => restorePoint !== undefined || set[field] !== undefined),
  );
  return isEmptyRouting(changes)
    ? undefined
    : { kind: 'update', changes, targetRouting: target, status, decision };
}

function missingAttributes(record: ContactRecord, { requiredAttributes }: Decision): PendingWork | undefined {
  if (!requiredAttributes) return undefined;
  return attributesAreKnown(record, requiredAttributes)
    ? { kind: 'reconcile' }
    : { kind: 'attributes', names: requiredAttributes };
}
