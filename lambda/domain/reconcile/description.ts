import {
  type ContactFacts,
  currentQueue,
  isCurrentVisit,
  latestVisit,
  queueVisitId,
} from '../contact/facts.ts';
import { mergeFacts } from '../contact/merge-facts.ts';
import { type ClosedCause, type ContactRecord, withHistory } from '../contact/record.ts';
import { initialStatus, type RoutingStatus, scheduleRetry } from '../contact/routing-status.ts';
import { defined, sameJson, without } from '../json.ts';
import type { StoredNames } from '../policy/policy-set.ts';
import {
  type AgeAdjustment,
  DEFAULT_ROUTING,
  isEmptyRouting,
  type Routing,
  sameRouting,
} from '../routing/routing.ts';
import { type AnsweredContact, answeredFacts } from './answered-facts.ts';
import type { PendingWork } from './pending-work.ts';
import { sendableChanges } from './sendable-changes.ts';

/** What DescribeContact says of a contact. */
export interface ContactDescription extends AnsweredContact {
  readonly routing: Routing;
  readonly attributes: Readonly<Record<string, string>>;
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
  if (work.kind === 'attributes' || work.kind === 'look') return 'required';
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
  /** When the call began, in milliseconds since the epoch. */
  readonly askedAt: number;
}

/** The snapshot to take before DescribeContact is called for a contact. */
export function snapshotForDescribe(
  record: ContactRecord,
  work: PendingWork | undefined,
  askedAt: number,
): DescribeSnapshot {
  return {
    status: record.status,
    attributesChangedAt: record.facts?.attributesChangedAt ?? 0,
    attributeNames: namesToStore(record, work),
    askedAt,
  };
}

/** One answer has all attributes, so what observing policies wait for is taken from a question that is asked anyway. */
function namesToStore({ shadows }: ContactRecord, work: PendingWork | undefined): readonly string[] {
  const names = work?.kind === 'attributes' ? work.names : [];
  return [...new Set([...names, ...(shadows?.requiredAttributes ?? [])])].sort();
}

/**
 * The record with DescribeContact's answer: the applied routing, the attributes that were asked for, and its facts, which
 * repair what lost events left open.
 *
 * @param names - what policies name, see {@link answeredFacts}.
 */
export function applyDescription(
  record: ContactRecord,
  description: ContactDescription,
  snapshot: DescribeSnapshot,
  names?: StoredNames,
): ContactRecord {
  const { attributesChangedAt: changedAt, attributeNames } = snapshot;
  const values = Object.entries(description.attributes).filter(([name]) => attributeNames.includes(name));
  const answered = answeredFacts(record, description, snapshot.askedAt, names);
  const facts = record.facts ? mergeFacts(record.facts, answered) : answered;
  const isFound = contradictsClosing(record, snapshot);
  const isUndecided = isFound || isDecidedAnew(record.facts, facts);
  return {
    ...without(without(record, 'look'), 'closedAt'),
    ...defined({
      facts,
      attributes:
        attributeNames.length === 0
          ? undefined
          : { changedAt, names: [...attributeNames], values: Object.fromEntries(values) },
      status: statusAfter(record, facts, answered, description.routing, snapshot),
      isUndecided: isUndecided ? (true as const) : undefined,
      closedAt: isFound ? undefined : record.closedAt,
    }),
  };
}

/** Connect found the contact after it had said that there is none. What another Region owns, the facts decide. */
function contradictsClosing({ closedAt, closure }: ContactRecord, { askedAt }: DescribeSnapshot): boolean {
  return closedAt !== undefined && closure?.cause !== 'other-region' && askedAt > closedAt;
}

/** The status with the routing of the answer; undefined where it tells nothing of the visit that the status is about. */
function statusAfter(
  { status }: ContactRecord,
  facts: ContactFacts,
  answered: ContactFacts,
  routing: Routing,
  snapshot: DescribeSnapshot,
): RoutingStatus | undefined {
  if (status && (!currentQueue(facts) || isCurrentVisit(facts, status.queueVisit))) {
    const isUnchanged = snapshot.status && isSameStatus(status, snapshot.status);
    return isUnchanged ? observed(status, routing, snapshot.askedAt) : undefined;
  }
  const queueVisit = queueVisitId(facts);
  if (queueVisit === undefined || !isCurrentVisit(facts, queueVisitId(answered))) return undefined;
  // The visit is news, so nothing was sent in it.
  return observed(initialStatus(queueVisit, true), routing, snapshot.askedAt);
}

/** True when an answer adds what a decision about a waiting contact depends on. */
function isDecidedAnew(before: ContactFacts | undefined, after: ContactFacts): boolean {
  return currentQueue(after) !== undefined && !sameJson(before && decisive(before), decisive(after));
}

/** The facts without what tells the same in another way: times of tags, and an enqueue time that is known exactly. */
function decisive(facts: ContactFacts) {
  const {
    eventAt: _eventAt,
    queue: _queue,
    approximateQueue: _approximate,
    connectedAt: _at,
    ...rest
  } = facts;
  return defined({
    ...rest,
    visit: latestVisit(facts),
    tags: filled(facts.tags?.value),
    segmentAttributes: filled(facts.segmentAttributes?.value),
    activeRegion: facts.activeRegion?.value,
  });
}

/** An answer has an empty object where an event has nothing. */
function filled<T extends object>(value: T | undefined): T | undefined {
  return value && Object.keys(value).length > 0 ? value : undefined;
}

/** A question about a contact of which nothing is known is given up after so many attempts: they take an hour. */
const MAX_LOOK_ATTEMPTS = 60;

/**
 * The record after DescribeContact failed: it is called again after a while. The history says so once in a row. A look
 * ends at some point, since nothing else would end it: a contact that Connect never tells about would be asked about
 * every minute for good. The next search that finds the contact begins another one.
 */
export function scheduleDescribeRetry(record: ContactRecord, message: string, now: number): ContactRecord {
  const { status, look } = record;
  if (!status && !look) return record;
  if ((look?.attempts ?? 0) + 1 >= MAX_LOOK_ATTEMPTS) {
    return withHistory(without(record, 'look'), now, `gave up asking DescribeContact: ${message}`);
  }
  const retried: ContactRecord = {
    ...record,
    ...(status && { status: scheduleRetry(status, now) }),
    ...(look && { look: scheduleRetry(look, now) }),
  };
  const text = `waits for DescribeContact: ${message}`;
  return record.history.at(-1)?.text === text ? retried : withHistory(retried, now, text);
}

function observed(
  { isForgotten: _isForgotten, ageSettlesAt, ...status }: RoutingStatus,
  routing: Routing,
  askedAt: number,
): RoutingStatus {
  const answered: Routing = { ...DEFAULT_ROUTING, ...routing };
  const isSettled = ageSettlesAt === undefined || ageSettlesAt <= askedAt;
  const applied = isSettled
    ? answered
    : { ...answered, ageSeconds: status.applied.ageSeconds ?? answered.ageSeconds };
  const { restorePoint } = status;
  const isFirst = !status.initial && !status.unconfirmed && isEmptyRouting(status.applied);
  // What was not known until now, no override has set: it is as it was before.
  const untouched = FIELDS.filter((field) => status.applied[field] === undefined).map((field) => [
    field,
    applied[field],
  ]);
  return {
    ...without(without(without(status, 'unconfirmed'), 'attempts'), 'isAssumed'),
    isObserved: true,
    applied,
    ...(!isSettled && { unconfirmed: ['ageSeconds'], ageSettlesAt, retryAt: ageSettlesAt }),
    ...defined({ initial: isFirst && !sameRouting(applied, DEFAULT_ROUTING) ? applied : status.initial }),
    ...(restorePoint && {
      restorePoint: defined({ ...Object.fromEntries(untouched), ...restorePoint }),
    }),
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
