import { reopensAt } from '../contact/closure.ts';
import { currentQueue } from '../contact/facts.ts';
import type { ContactRecord } from '../contact/record.ts';
import { defined } from '../json.ts';
import { type AgeAdjustment, DEFAULT_ROUTING } from '../routing/routing.ts';
import { describeNeed } from './description.ts';
import { type PendingWork, pendingWork } from './pending-work.ts';
import { isBackingOff, nextReconcileAt } from './schedule.ts';
import { spareWork } from './shadows.ts';

/** What the sparse indexes of the table hold of a contact. An entry exists only while the contact belongs in its index. */
export interface IndexEntries {
  /** In the `pending` index while there is work that can be done now. */
  readonly pending?: PendingEntry;
  /** In the `pending` index, too, while there are unsent events and no such work: changes go first. */
  readonly unsent?: PendingEntry;
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
export function indexEntries(record: ContactRecord, now: number, ageAdjustment: AgeAdjustment): IndexEntries {
  const sortKey = isBackingOff(record, now) ? undefined : sortKeyOf(record, ageAdjustment);
  const isClosedForGood = record.closedAt !== undefined && reopensAt(record) === undefined;
  // There is nothing to do for a test contact, however long it waits.
  const isLeftOut = isClosedForGood || record.decision?.reason === 'test-contact';
  const queue = isLeftOut ? undefined : currentQueue(record.facts);
  return defined({
    pending: sortKey === undefined ? undefined : { sortKey },
    unsent: sortKey === undefined ? unsentEntry(record) : undefined,
    queued:
      queue &&
      defined({ queueArn: queue.arn, enqueuedAt: queue.enqueuedAt, reconcileAt: nextReconcileAt(record) }),
  });
}

/** Entries of unsent events begin so: they follow all updates and questions. */
const UNSENT_PREFIX = 'u';

/** The oldest first, of which the time is that of the entry. */
function unsentEntry({ unsentEvents: [oldest] = [] }: ContactRecord): PendingEntry | undefined {
  return oldest && { sortKey: `${UNSENT_PREFIX}#${String(oldest.at).padStart(TIME_DIGITS, '0')}` };
}

const PRIORITY_DIGITS = 16;
const TIME_DIGITS = 14;

/** Before the sort keys of questions: all of them follow those of updates, which begin with a digit. */
const QUESTION_PREFIX = 'q';

/** The lists of pending work: what waits for an answer of DescribeContact, and the rest. */
export type WorkList = 'questions' | 'updates';

/** The lists of the `pending` index: pending work, and events that wait to be sent where no work is left. */
export type PendingList = WorkList | 'unsent';

/** The sort keys of each list: from the first (included) to the last (not included). */
export const PENDING_RANGES: Readonly<Record<PendingList, readonly [string, string]>> = {
  updates: ['0', QUESTION_PREFIX],
  questions: [QUESTION_PREFIX, UNSENT_PREFIX],
  unsent: [UNSENT_PREFIX, 'v'],
};

/**
 * After every update: what observing policies ask for comes last, by a priority beyond those that Connect knows, and
 * names no time, since it is never late.
 */
const SPARE_SORT_KEY = `${'9'.repeat(PRIORITY_DIGITS)}#${'0'.repeat(TIME_DIGITS)}`;

function sortKeyOf(record: ContactRecord, ageAdjustment: AgeAdjustment): string | undefined {
  const work = pendingWork(record);
  if (work) return pendingSortKey(record, work, ageAdjustment);
  return spareWork(record) ? SPARE_SORT_KEY : undefined;
}

/** The list to which work belongs. */
export function pendingListOf(work: PendingWork, ageAdjustment: AgeAdjustment): WorkList {
  return describeNeed(work, ageAdjustment) === 'required' ? 'questions' : 'updates';
}

/**
 * Sorts pending work as text, each list by itself, so that questions do not hide updates: the lowest target priority
 * first, then the earliest due. Attributes are fetched at the priority that the contact has now, since nobody knows
 * what they will change.
 */
export function pendingSortKey(
  record: ContactRecord,
  work: PendingWork,
  ageAdjustment: AgeAdjustment,
): string {
  const prefix = pendingListOf(work, ageAdjustment) === 'questions' ? QUESTION_PREFIX : '';
  const routing = work.kind === 'update' ? work.target : record.status?.applied;
  const priority = routing?.priority ?? DEFAULT_ROUTING.priority;
  const dueAt = work.kind === 'look' ? record.look?.at : record.decision?.dueAt;
  return `${prefix}${String(priority).padStart(PRIORITY_DIGITS, '0')}#${String(dueAt ?? 0).padStart(TIME_DIGITS, '0')}`;
}

/** When the work under that sort key fell due, in milliseconds since the epoch; undefined where that is not known. */
export function dueAtFromSortKey(sortKey: string): number | undefined {
  return Number(sortKey.slice(sortKey.indexOf('#') + 1)) || undefined;
}
