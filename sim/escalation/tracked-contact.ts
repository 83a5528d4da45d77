import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { HeapEntry } from '../centre/heap.ts';

/** A contact as the system knows it. */
export interface TrackedContact {
  record: ContactRecord;
  /** When it left its queue, which the system learns later; undefined while it waits. */
  leftAt?: number;
  /** The system has learned that it waits no more. */
  isGone: boolean;
  /** A request about it is under way. */
  isInFlight: boolean;
  /** A policy governs it, or did. */
  isGoverned?: true;
  /** Its place among those that wait for their turn. */
  queuedWork?: HeapEntry<WorkItem>;
  /** Calls that Connect took. */
  updateCount: number;
}

/** A contact that waits for its turn. */
export interface WorkItem {
  readonly contact: TrackedContact;
  readonly kind: 'update' | 'attributes';
  readonly sortKey: string;
  /** Of the decision whose turn it is. */
  readonly generation: number;
}

/** Negative where `a` comes first: as the index of pending work has them, by urgency and then by id. */
export function compareWorkItems(a: WorkItem, b: WorkItem): number {
  if (a.sortKey !== b.sortKey) return a.sortKey < b.sortKey ? -1 : 1;
  return a.contact.record.contactId < b.contact.record.contactId ? -1 : 1;
}
