import type { Decision } from '../contact/decision.ts';
import { queueVisitId, visitOfId } from '../contact/facts.ts';
import type { ContactRecord } from '../contact/record.ts';
import { without } from '../json.ts';
import { leavingOf } from '../outgoing-events/leaving.ts';
import { type Report, reportChange, reportLeaving } from '../outgoing-events/report.ts';
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
): Report | undefined {
  const { decision } = sentOn;
  if (!decision || result.kind === 'unknown') return undefined;
  const { queueVisit, sets, previous } = attempt;
  const change = { queueVisit, sets, applied: previous.applied, decision };
  if (result.kind === 'done') return reportChange(sentOn, change, 'applied', now);
  const rejected = after.status?.rejected;
  if (rejected && rejected !== before.status?.rejected) {
    return reportChange(sentOn, change, 'rejected', now, rejected.message);
  }
  const leaving = leavingOf(visitOfId(queueVisit), after.facts);
  const isMissed = leaving && (decision.dueAt ?? now) <= leaving.at;
  return isMissed ? reportChange(sentOn, change, 'missed', leaving.at) : undefined;
}

/**
 * What there is to report of a reconcile: that the contact left its queue, and the change that it missed. Nothing of
 * contacts on which another Region or nobody acts, and nothing where no decision was made about the visit.
 *
 * @param before - the record as it was read.
 * @param after - the record with the new facts.
 */
export function reportReconcile(before: ContactRecord, after: ContactRecord, context: PlanContext): Report[] {
  const queueVisit = queueVisitId(before.facts);
  if (queueVisit === undefined || before.decision?.queueVisit !== queueVisit) return [];
  const leaving = leavingOf(visitOfId(queueVisit), after.facts);
  if (!leaving || !isOurs(before)) return [];
  const decided = decidedAt(before, context, leaving.at);
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

/**
 * The record as it should have been decided when the contact left: what fell due before that counts, also where its
 * wake-up was late or lost, or where Connect did not find the contact because it had left.
 */
function decidedAt(record: ContactRecord, context: PlanContext, at: number): ContactRecord {
  const isOverdue = record.wakeAt !== undefined && record.wakeAt <= at;
  if (record.closedAt === undefined && !isOverdue) return record;
  const open: ContactRecord = without(record, 'closedAt');
  return applyPlan(open, plan(open, context, at), context.settings, at);
}

/** The change that was due and not made. A field of which the last update has no known result may have been set. */
function missedChange(record: ContactRecord, { dueAt = 0 }: Decision, at: number) {
  const work = pendingWork(record);
  if (work?.kind !== 'update' || dueAt > at) return undefined;
  const { applied } = work.status;
  const sets = routingChanges(work.target, applied);
  return isEmptyRouting(sets) ? undefined : { sets, applied };
}
