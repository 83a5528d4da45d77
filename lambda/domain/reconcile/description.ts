import type { ContactFacts } from '../contact/facts.ts';
import { mergeFacts } from '../contact/merge-facts.ts';
import { type ClosedCause, type ContactRecord, withHistory } from '../contact/record.ts';
import { type RoutingStatus, scheduleRetry } from '../contact/routing-status.ts';
import { defined, sameJson, without } from '../json.ts';
import {
  type AgeAdjustment,
  DEFAULT_ROUTING,
  isEmptyRouting,
  type Routing,
  sameRouting,
} from '../routing/routing.ts';
import type { PendingWork } from './pending-work.ts';
import { sendableChanges } from './sendable-changes.ts';

/** What DescribeContact says of a contact. */
export interface ContactDescription {
  readonly routing: Routing;
  readonly attributes: Readonly<Record<string, string>>;
  readonly connectedAt?: number;
  readonly disconnectedAt?: number;
}

/** The result of a call of DescribeContact. */
export type DescribeResult =
  | { readonly kind: 'described'; readonly description: ContactDescription }
  | { readonly kind: 'throttled' | 'unknown' | 'denied'; readonly message: string }
  | { readonly kind: 'gone'; readonly message: string; readonly cause?: ClosedCause };

/**
 * Whether DescribeContact must be called before the work is done: `none`, `optional` (where the budget for it allows)
 * or `required`. A question is optional where a part of the changes may be sent without it, and before an override, so
 * that its end can restore what was applied.
 */
export function describeNeed(
  work: PendingWork | undefined,
  ageAdjustment: AgeAdjustment,
): 'none' | 'optional' | 'required' {
  if (!work || work.kind === 'reconcile') return 'none';
  if (work.kind === 'attributes') return 'required';
  const { status, changes, decision } = work;
  const sendable = sendableChanges(work, ageAdjustment);
  if (isEmptyRouting(sendable)) return 'required';
  if (status.isObserved) return 'none';
  const isPartial = !sameRouting(sendable, changes);
  const hidesUnknown = FIELDS.some(
    (field) => decision.override?.[field] !== undefined && status.applied[field] === undefined,
  );
  return isPartial || hidesUnknown ? 'optional' : 'none';
}

const FIELDS = ['priority', 'ageSeconds', 'criteria'] as const satisfies (keyof Routing)[];

/** What was known when DescribeContact was called: the state that its answer describes. */
export interface DescribeSnapshot {
  readonly status: RoutingStatus | undefined;
  readonly attributesChangedAt: number;
  /** Attributes that policies need; none where only the applied routing was asked for. */
  readonly attributeNames: readonly string[];
}

/** The snapshot to take before DescribeContact is called for a contact. */
export function snapshotForDescribe(record: ContactRecord, work: PendingWork | undefined): DescribeSnapshot {
  return {
    status: record.status,
    attributesChangedAt: record.facts?.attributesChangedAt ?? 0,
    attributeNames: namesToStore(record, work),
  };
}

/** One answer has all attributes, so what observing policies wait for is taken from a question that is asked anyway. */
function namesToStore({ shadows }: ContactRecord, work: PendingWork | undefined): readonly string[] {
  const names = work?.kind === 'attributes' ? work.names : [];
  return [...new Set([...names, ...(shadows?.requiredAttributes ?? [])])].sort();
}

/** The record with DescribeContact's answer: the applied routing, and the attributes that were asked for. */
export function applyDescription(
  record: ContactRecord,
  description: ContactDescription,
  snapshot: DescribeSnapshot,
): ContactRecord {
  const { facts, status } = record;
  const { attributesChangedAt: changedAt, attributeNames: names } = snapshot;
  const values = Object.entries(description.attributes).filter(([name]) => names.includes(name));
  const isUnchanged = status && snapshot.status && isSameStatus(status, snapshot.status);
  return {
    ...record,
    ...defined({
      facts: facts && mergeFacts(facts, endTimes(facts, description)),
      attributes:
        names.length === 0 ? undefined : { changedAt, names: [...names], values: Object.fromEntries(values) },
      status: isUnchanged ? observed(status, description.routing, record.decision?.override) : undefined,
    }),
  };
}

/** The record after DescribeContact failed: it is called again after a while. The history says so once in a row. */
export function scheduleDescribeRetry(record: ContactRecord, message: string, now: number): ContactRecord {
  if (!record.status) return record;
  const retried = { ...record, status: scheduleRetry(record.status, now) };
  const text = `waits for DescribeContact: ${message}`;
  return record.history.at(-1)?.text === text ? retried : withHistory(retried, now, text);
}

function observed(status: RoutingStatus, routing: Routing, override: Routing | undefined): RoutingStatus {
  const applied: Routing = { ...DEFAULT_ROUTING, ...routing };
  const { restorePoint } = status;
  const isFirst =
    !status.initial && !status.isObserved && !status.unconfirmed && isEmptyRouting(status.applied);
  // What the override does not set is as it was before the override.
  const kept = FIELDS.filter((field) => override && override[field] === undefined).map((field) => [
    field,
    applied[field],
  ]);
  return {
    ...without(without(without(status, 'unconfirmed'), 'attempts'), 'isAssumed'),
    isObserved: true,
    applied,
    ...defined({ initial: isFirst && !sameRouting(applied, DEFAULT_ROUTING) ? applied : status.initial }),
    ...(restorePoint && { restorePoint: defined({ ...Object.fromEntries(kept), ...restorePoint }) }),
  };
}

/** True when no update was sent, or marked as in flight, between two moments. */
function isSameStatus(a: RoutingStatus, b: RoutingStatus): boolean {
  const sent = ({ queueVisit, applied, unconfirmed = [] }: RoutingStatus) => [
    queueVisit,
    applied,
    unconfirmed,
  ];
  return sameJson(sent(a), sent(b));
}

/**
 * Of the times in the answer only those that end the wait are used: DescribeContact may cut times to seconds, and an
 * enqueue time that was cut would look like another queue visit.
 */
function endTimes(
  { instanceId, contactId }: ContactFacts,
  { connectedAt, disconnectedAt }: ContactDescription,
): ContactFacts {
  return defined({
    instanceId,
    contactId,
    connectedAt: connectedAt === undefined ? undefined : endOfSecond(connectedAt),
    disconnectedAt: disconnectedAt === undefined ? undefined : endOfSecond(disconnectedAt),
  });
}

/** A time that was cut to its second may have been as late as the end of it. */
function endOfSecond(at: number): number {
  return at % 1_000 === 0 ? at + 999 : at;
}
