import { currentQueue } from '../contact/facts.ts';
import type { ContactRecord } from '../contact/record.ts';
import { defined } from '../json.ts';
import { DEFAULT_ROUTING } from '../routing/routing.ts';
import { type PendingWork, pendingWork } from './pending-work.ts';
import { isBackingOff, nextReconcileAt } from './schedule.ts';
import { spareWork } from './shadows.ts';

/** What the sparse indexes of the table hold of a contact. An entry exists only while the contact belongs in its index. */
export interface IndexEntries {
  /** In the `pending` index while there is work that can be done now. */
  readonly pending?: PendingEntry;
  /** In the `queued` index while the contact waits in a queue. */
  readonly queued?: QueuedEntry;
}

/** An entry of the `pending` index, in the partition of the contact's instance. */
export interface PendingEntry {
  /** Sorts the most urgent contact first, see {@link pendingSortKey}. */
  readonly sortKey: string;
}

/** An entry of the `queued` index, in the partition of its queue. */
export interface QueuedEntry {
  readonly queueArn: string;
  /** Milliseconds since the epoch. */
  readonly enqueuedAt: number;
  /** When to reconcile the contact, in milliseconds since the epoch; absent: time alone changes nothing. */
  readonly reconcileAt?: number;
}

/** The index entries of a contact at `now`: the one function that every implementation of the table uses. */
export function indexEntries(record: ContactRecord, now: number): IndexEntries {
  const sortKey = isBackingOff(record, now) ? undefined : sortKeyOf(record);
  const queue = record.closedAt === undefined ? currentQueue(record.facts) : undefined;
  return defined({
    pending: sortKey === undefined ? undefined : { sortKey },
    queued:
      queue &&
      defined({ queueArn: queue.arn, enqueuedAt: queue.enqueuedAt, reconcileAt: nextReconcileAt(record) }),
  });
}

const PRIORITY_DIGITS = 16;
const TIME_DIGITS = 14;

/** Sorts after every priority that Connect knows, and names no time: what observing policies ask for is never late. */
const SPARE_SORT_KEY = `${'9'.repeat(PRIORITY_DIGITS)}#${'0'.repeat(TIME_DIGITS)}`;

function sortKeyOf(record: ContactRecord): string | undefined {
  const work = pendingWork(record);
  if (work) return pendingSortKey(record, work);
  return spareWork(record) ? SPARE_SORT_KEY : undefined;
}

/**
 * Sorts pending work as text: the lowest target priority first, then the earliest due. Attributes are fetched at the
 * priority that the contact has now, since nobody knows what they will change.
 */
export function pendingSortKey(record: ContactRecord, work: PendingWork): string {
  const routing = work.kind === 'update' ? work.target : record.status?.applied;
  const priority = routing?.priority ?? DEFAULT_ROUTING.priority;
  const dueAt = record.decision?.dueAt ?? 0;
  return `${String(priority).padStart(PRIORITY_DIGITS, '0')}#${String(dueAt).padStart(TIME_DIGITS, '0')}`;
}

/** When the work under that sort key fell due, in milliseconds since the epoch; undefined where that is not known. */
export function dueAtFromSortKey(sortKey: string): number | undefined {
  return Number(sortKey.slice(PRIORITY_DIGITS + 1)) || undefined;
}
