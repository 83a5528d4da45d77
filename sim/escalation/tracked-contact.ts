import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { HeapEntry } from '../centre/heap.ts';

/** A contact as the model knows it. */
export interface TrackedContact {
  record: ContactRecord;
  /** Its enqueue time, in milliseconds since the epoch. */
  readonly enqueuedAt: number;
  /** When the contact left its queue; undefined while it waits. The model learns of it later. */
  leftAt?: number;
  /** The model knows that the contact does not wait any more. */
  isGone: boolean;
  /** A request for the contact is in flight. */
  isInFlight: boolean;
  /** A policy governs the contact, or did. */
  isGoverned?: true;
  /** Its entry in a work queue. */
  queuedWork?: HeapEntry<WorkItem>;
  /** The number of successful updates. */
  updateCount: number;
}

/** Pending work of a contact. */
export interface WorkItem {
  readonly contact: TrackedContact;
  readonly kind: 'update' | 'question';
  /** Whether a change is due, perhaps after a question. */
  readonly isUpdate: boolean;
  readonly sortKey: string;
  /** Of the decision that caused the work. */
  readonly generation: number;
}

/** Negative where `a` comes first: by urgency, then by id, as in the index of pending work. */
export function compareWorkItems(a: WorkItem, b: WorkItem): number {
  if (a.sortKey !== b.sortKey) return a.sortKey < b.sortKey ? -1 : 1;
  return a.contact.record.contactId < b.contact.record.contactId ? -1 : 1;
}
