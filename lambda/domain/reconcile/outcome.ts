import type { Decision } from '../contact/decision.ts';
import { isCurrentVisit, queueVisitId, visitOfId } from '../contact/facts.ts';
import type { ContactRecord } from '../contact/record.ts';
import { defined, without } from '../json.ts';
import { leavingOf } from '../reports/leaving.ts';
import { type Report, reportChange, reportLeaving } from '../reports/report.ts';
import { isEmptyRouting, routingChanges } from '../routing/routing.ts';
import { applyPlan } from './apply-plan.ts';
import type { UpdateAttempt } from './next-update.ts';
import { pendingWork } from './pending-work.ts';
import { type PlanContext, plan } from './plan.ts';
import type { UpdateResult } from './update-result.ts';

/**
 * What there is to report of an update: that it was made, rejected, or came too late. Nothing while it may yet be made,
 * and nothing where its result is unknown: it will be sent again, or the contact left and nobody knows.
 *
 * @param sentOn - the record that the update was sent on.
 * @param before - the record before the result was applied to it.
 * @param after - the record with the result.
 * @param now - when the result arrived, in milliseconds since the epoch.
 */
export function reportUpdate(
  { sentOn, before, after }: Readonly<Record<'sentOn' | 'before' | 'after', ContactRecord>>,
  attempt: UpdateAttempt,
  result: UpdateResult,
  now: number,
): Report[] {
  const { decision } = sentOn;
  if (!decision || result.kind === 'unknown') return [];
  const { queueVisit, sets, previous } = attempt;
  const change = { queueVisit, sets, applied: previous.applied, decision };
  if (result.kind === 'done') {
    return isRecorded(attempt, before) ? [] : [reportChange(sentOn, change, 'applied', now)];
  }
  const rejected = after.status?.rejected;
  if (rejected && rejected !== before.status?.rejected) {
    return [reportChange(sentOn, change, 'rejected', now, rejected.message)];
  }
  const leaving = leavingOf(visitOfId(queueVisit), after.facts);
  const isMissed = leaving && (decision.dueAt ?? now) <= leaving.at;
  return isMissed ? [reportChange(sentOn, change, 'missed', leaving.at)] : [];
}

/** Whether another dispatch that sent the same update has recorded already that it was made. */
function isRecorded({ queueVisit, sets }: UpdateAttempt, { status }: ContactRecord): boolean {
  if (status?.queueVisit !== queueVisit) return false;
  const { applied, unconfirmed = [] } = status;
  return isEmptyRouting(routingChanges(sets, applied, unconfirmed));
}

/**
 * What there is to report of a reconcile: that the contact left its queue, and the change that it missed. What fell due
 * before it left counts, also where its wake-up was late or lost.
 *
 * @param before - the record as it was read.
 * @param after - the record with the new facts.
 */
export function reportReconcile(before: ContactRecord, after: ContactRecord, context: PlanContext): Report[] {
  return reportLeft(before, after, (record, at) => {
    const isOverdue = record.wakeAt !== undefined && record.wakeAt <= at;
    const isUndecided = record.isUndecided === true || record.decision?.reason === 'closed';
    return isOverdue || isUndecided
      ? applyPlan(record, plan(record, context, at), context.settings, at)
      : record;
  });
}

/**
 * What there is to report of an answer of DescribeContact: that an update was made whose result was not known, and that
 * the contact left its queue.
 *
 * @param before - the record without the answer.
 * @param after - the record with it.
 * @param now - when the answer arrived, in milliseconds since the epoch.
 */
export function reportDescription(before: ContactRecord, after: ContactRecord, now: number): Report[] {
  const confirmed = confirmedChange(before, after);
  return [
    ...(confirmed ? [reportChange(before, confirmed, 'applied', now)] : []),
    ...reportLeft(before, after, (record) => withAnsweredStatus(record, after)),
  ];
}

/** The record with what an answer says is applied: an update without a known result was made, or was not. */
function withAnsweredStatus(record: ContactRecord, { status }: ContactRecord): ContactRecord {
  return status && status.queueVisit === record.status?.queueVisit ? { ...record, status } : record;
}

/** The fields that may or may not have been set, and that Connect says are. What they were before is not known any more. */
function confirmedChange(before: ContactRecord, after: ContactRecord) {
  const { status, decision } = before;
  if (!decision || !status || status.queueVisit !== after.status?.queueVisit || after.status.unconfirmed)
    return undefined;
  const { queueVisit, unconfirmed = [], applied } = status;
  const asSent = defined(Object.fromEntries(unconfirmed.map((field) => [field, applied[field]])));
  const differing = routingChanges(asSent, after.status.applied);
  const fields = unconfirmed.filter((field) => differing[field] === undefined);
  const sets = defined(Object.fromEntries(fields.map((field) => [field, applied[field]])));
  return isEmptyRouting(sets) ? undefined : { queueVisit, sets, applied: {}, decision };
}

/**
 * That a contact left its queue, and the change that it missed. Nothing of contacts on which another Region or nobody
 * acts, and nothing where no decision was made about the visit.
 *
 * @param decidedAt - the record as it should have been decided when the contact left.
 */
function reportLeft(
  before: ContactRecord,
  after: ContactRecord,
  decidedAt: (record: ContactRecord, at: number) => ContactRecord,
): Report[] {
  const queueVisit = queueVisitId(before.facts);
  if (!before.decision || queueVisit === undefined) return [];
  // An answer may have given the exact time of the enqueue since the decision.
  if (!isCurrentVisit(before.facts, before.decision.queueVisit)) return [];
  const leaving = leavingOf(visitOfId(queueVisit), after.facts);
  if (!leaving || !isOurs(before)) return [];
  // Connect may not have found the contact since it had left.
  const decided = decidedAt(without(before, 'closedAt'), leaving.at);
  const { decision = before.decision } = decided;
  const missed = missedChange(decided, decision, leaving.at);
  return [
    ...(missed ? [reportChange(before, { ...missed, queueVisit, decision }, 'missed', leaving.at)] : []),
    reportLeaving(before, queueVisit, decision, leaving),
  ];
}

function isOurs({ decision, closedAt, closure }: ContactRecord): boolean {
  if (decision?.reason === 'other-region' || decision?.reason === 'other-instance') return false;
  return closedAt === undefined || closure?.cause !== 'other-region';
}

/** The change that was due and not made. A field of which the last update has no known result may have been set. */
function missedChange(record: ContactRecord, { dueAt = 0 }: Decision, at: number) {
  const work = pendingWork(record);
  if (work?.kind !== 'update' || dueAt > at) return undefined;
  const { applied } = work.status;
  const sets = routingChanges(work.targetRouting, applied);
  return isEmptyRouting(sets) ? undefined : { sets, applied };
}
