import { reopensAt } from '../contact/closure.ts';
import { currentQueue, withoutAgent } from '../contact/facts.ts';
import type { ContactRecord } from '../contact/record.ts';
import { defined } from '../json.ts';
import type { AgeAdjustment } from '../routing/routing.ts';
import { pendingSortKey, SPARE_SORT_KEY, unsentSortKey } from './pending-order.ts';
import { pendingWork } from './pending-work.ts';
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
  /** Of an agent's own queue in the form without `agent/`: events and answers of Connect write it in two. */
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
      defined({
        queueArn: withoutAgent(queue.arn),
        enqueuedAt: queue.enqueuedAt,
        reconcileAt: nextReconcileAt(record),
      }),
  });
}

/** The oldest first, of which the time is that of the entry. */
function unsentEntry({ unsentEvents: [oldest] = [] }: ContactRecord): PendingEntry | undefined {
  return oldest && { sortKey: unsentSortKey(oldest.at) };
}

function sortKeyOf(record: ContactRecord, ageAdjustment: AgeAdjustment): string | undefined {
  const work = pendingWork(record);
  if (work) return pendingSortKey(record, work, ageAdjustment);
  return spareWork(record) ? SPARE_SORT_KEY : undefined;
}
