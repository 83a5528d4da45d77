import { INACTIVE_REASONS } from '../contact/decision.ts';
import type { ContactRecord } from '../contact/record.ts';
import { without } from '../json.ts';
import { routingChanges, targetRouting } from '../routing/routing.ts';
import { pendingWork, rejectedPart } from './pending-work.ts';

const FIELDS = ['priority', 'ageSeconds', 'criteria'] as const;

/**
 * The record without its restore point, once no override holds and it is applied again. While one holds, what is applied
 * beside it as the policy wants, although a former override set it, is from then on what is restored.
 */
export function dropReachedRestorePoint(record: ContactRecord): ContactRecord {
  const { status, decision } = record;
  if (!status?.restorePoint || !decision || INACTIVE_REASONS.has(decision.reason)) return record;
  if (!decision.override) {
    if (rejectedPart(status, decision) === 'all' || pendingWork(record)) return record;
    return { ...record, status: without(status, 'restorePoint') };
  }
  const { applied, restorePoint, unconfirmed = [] } = status;
  const { override } = decision;
  const target = targetRouting({ ...decision, applied, restorePoint });
  const open = routingChanges(target, applied, unconfirmed);
  const reached = FIELDS.filter(
    (field) => override[field] === undefined && open[field] === undefined && target[field] !== undefined,
  ).map((field) => [field, applied[field]]);
  return {
    ...record,
    status: { ...status, restorePoint: { ...restorePoint, ...Object.fromEntries(reached) } },
  };
}
