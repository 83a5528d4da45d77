import { markClosed } from '../contact/closure.ts';
import { formerQueueVisitId } from '../contact/facts.ts';
import { type ClosedCause, type ContactRecord, withHistory } from '../contact/record.ts';
import {
  clearRetries,
  type RejectedUpdate,
  type RoutingStatus,
  scheduleRetry,
} from '../contact/routing-status.ts';
import { LATE_UPDATE_MS } from '../deployment-constants.ts';
import { canonicalJson, defined, sameJson, without } from '../json.ts';
import { isEmptyRouting, type Routing, routingChanges } from '../routing/routing.ts';
import type { UpdateAttempt } from './next-update.ts';
import { dropReachedRestorePoint } from './restore-point.ts';

/** The result of a call of UpdateContactRoutingData. */
export type UpdateResult =
  /** Connect accepted it. */
  | { readonly kind: 'done' }
  /** Over the quota: nothing changed. */
  | { readonly kind: 'throttled' }
  /**
   * An internal error, a time-out, a lost connection: it may or may not have been applied. `isUncalled`: no call was made
   * now, and the result says nothing about Connect.
   */
  | { readonly kind: 'unknown'; readonly message: string; readonly isUncalled?: true }
  /** Somebody else was changing the contact. */
  | { readonly kind: 'conflict'; readonly message: string }
  /** Connect does not find the contact, or another Region owns it. */
  | { readonly kind: 'gone'; readonly message: string; readonly cause?: ClosedCause }
  /** Connect rejects the request as invalid. */
  | { readonly kind: 'invalid'; readonly message: string }
  /** IAM denies the call. */
  | { readonly kind: 'denied'; readonly message: string };

/** Conflicts after which an update is given up until the desired routing changes. */
const MAX_CONFLICTS = 5;

/**
 * The record while an update is in flight, written before it is sent. If the process crashes before it records the
 * result, the next run treats the update as possibly applied: it neither lowers nor repeats it.
 */
export function markInFlight(record: ContactRecord, attempt: UpdateAttempt, now: number): ContactRecord {
  const { status } = record;
  if (status?.queueVisit !== attempt.queueVisit) return record;
  const marked = markUnconfirmed(withApplied(status, attempt), attempt);
  return {
    ...record,
    status: attempt.addsToAge ? { ...marked, ageSettlesAt: now + LATE_UPDATE_MS } : marked,
  };
}

/** The record after an update that was in flight. Throttled and denied updates leave no trace: everything stays pending. */
export function applyUpdateResult(
  record: ContactRecord,
  attempt: UpdateAttempt,
  result: UpdateResult,
  now: number,
): ContactRecord {
  const isSameVisit =
    record.status?.queueVisit === attempt.queueVisit ||
    formerQueueVisitId(record.facts) === attempt.queueVisit;
  const status = isSameVisit ? record.status : undefined;
  if (result.kind === 'gone') {
    const before = status ? { ...record, status: revertInFlight(status, attempt) } : record;
    return markClosed(before, result, now, attempt.queueVisit);
  }
  if (!status) return record;
  const sent = canonicalJson(attempt.update);
  // A failed attempt delays the routing that was desired then, not the one that is desired since.
  const isCurrent = record.decision?.generation === attempt.generation;
  switch (result.kind) {
    case 'done': {
      const confirmed = { ...without(record, 'closure'), status: confirm(status, attempt) };
      return withHistory(dropReachedRestorePoint(confirmed), now, `applied ${sent}`);
    }
    case 'unknown': {
      const later = isCurrent ? scheduleRetry(status, now) : status;
      const retried = isCurrent && attempt.addsToAge ? onceSettled(later) : later;
      return withHistory({ ...record, status: retried }, now, `result unknown of ${sent}: ${result.message}`);
    }
    case 'conflict': {
      const before = revertInFlight(status, attempt);
      // Unknown results do not count as conflicts: an update that was slow to be applied may be what conflicts.
      const conflicts = (status.conflicts ?? 0) + 1;
      if (conflicts >= MAX_CONFLICTS) return recordRejection(record, before, attempt, result.message, now);
      const retried = isCurrent ? { ...scheduleRetry(before, now), conflicts } : before;
      return withHistory({ ...record, status: retried }, now, `conflict at ${sent}`);
    }
    case 'invalid':
      return recordRejection(
        record,
        revertInFlight(status, attempt),
        attempt,
        result.message,
        now,
        attempt.sets.criteria !== undefined,
      );
    case 'throttled':
    case 'denied':
      return { ...record, status: revertInFlight(status, attempt) };
  }
}

/** What another dispatch has sent since may have come before the update or after it: then it is not known which holds. */
function confirm(status: RoutingStatus, { sets, generation }: UpdateAttempt): RoutingStatus {
  const { rejected, unconfirmed = [], ...rest } = clearRetries(status);
  // What is sent without rejected criteria leaves them rejected.
  const stays = rejected?.onlyCriteria && rejected.generation === generation;
  const open = routingChanges(sets, status.applied);
  const overtaken = fieldsOf(open).filter((field) => status.applied[field] !== undefined);
  const remaining = [...unconfirmed.filter((field) => sets[field] === undefined), ...overtaken];
  const isSettled = sets.ageSeconds !== undefined && !remaining.includes('ageSeconds');
  return {
    ...(isSettled ? without(rest, 'ageSettlesAt') : rest),
    ...defined({
      rejected: stays ? rejected : undefined,
      unconfirmed: remaining.length === 0 ? undefined : remaining,
    }),
  };
}

/**
 * The status as it was before an update in flight that changed nothing. Where more has become known since, such as an
 * update of another dispatch, that stays, and the fields of this one stay unconfirmed.
 */
function revertInFlight(status: RoutingStatus, attempt: UpdateAttempt): RoutingStatus {
  const { restorePoint: _point, unconfirmed: _unconfirmed, ageSettlesAt: _at, ...others } = status;
  const before = { ...others, ...attempt.previous };
  const marked = markUnconfirmed(withApplied(before, attempt), attempt);
  return sameJson(knownOf(marked), knownOf(status)) ? before : status;
}

/** Connect is asked what is applied once the answer is sure. */
function onceSettled(status: RoutingStatus): RoutingStatus {
  const { retryAt, ageSettlesAt } = status;
  return { ...status, retryAt: Math.max(...[retryAt, ageSettlesAt].filter((at) => at !== undefined)) };
}

function knownOf({ applied, restorePoint, unconfirmed }: RoutingStatus) {
  return defined({ applied, restorePoint, unconfirmed });
}

function markUnconfirmed(status: RoutingStatus, { sets }: UpdateAttempt): RoutingStatus {
  return { ...status, unconfirmed: [...new Set([...(status.unconfirmed ?? []), ...fieldsOf(sets)])] };
}

/**
 * The status as if the update had been applied. An override hides the routing that was applied before it. That
 * routing is the restore point, which is restored later, with what the policy changes meanwhile: also while it is being
 * restored, so that what a policy has raised then stays raised.
 */
function withApplied(status: RoutingStatus, { sets, override = {} }: UpdateAttempt): RoutingStatus {
  const applied = { ...status.applied, ...sets };
  const isOverridden = !isEmptyRouting(override);
  if (!status.restorePoint && !isOverridden) return { ...status, applied };
  const byPolicy = Object.entries(sets).filter(([field]) => !Object.hasOwn(override, field));
  const restorePoint = { ...(status.restorePoint ?? status.applied), ...Object.fromEntries(byPolicy) };
  return { ...status, applied, restorePoint };
}

function fieldsOf(routing: Routing): (keyof Routing)[] {
  return Object.keys(routing) as (keyof Routing)[];
}

function recordRejection(
  record: ContactRecord,
  status: RoutingStatus,
  { generation, update: request }: UpdateAttempt,
  message: string,
  now: number,
  onlyCriteria = false,
): ContactRecord {
  const rejected: RejectedUpdate = {
    at: now,
    generation,
    request,
    message,
    ...(onlyCriteria && { onlyCriteria }),
  };
  return withHistory(
    { ...record, status: { ...clearRetries(status), rejected } },
    now,
    `rejected ${canonicalJson(request)}: ${message}`,
  );
}
