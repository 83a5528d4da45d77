import { INACTIVE_REASONS } from '../contact/decision.ts';
import type { ContactRecord } from '../contact/record.ts';
import { without } from '../json.ts';
import { pendingWork, rejectedPart } from './pending-work.ts';

/** The record without its restore point, once no override holds and it is applied again. */
export function dropReachedRestorePoint(record: ContactRecord): ContactRecord {
  const { status, decision } = record;
  if (!status?.restorePoint || !decision || decision.override || INACTIVE_REASONS.has(decision.reason)) {
    return record;
  }
  if (rejectedPart(status, decision) === 'all' || pendingWork(record)) return record;
  return { ...record, status: without(status, 'restorePoint') };
}
