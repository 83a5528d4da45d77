import type { ContactRecord } from '../../lambda/domain/record.ts';
import type { HeapEntry } from '../centre/heap.ts';

/** A contact as the system knows it. */
export interface KnownContact {
  record: ContactRecord;
  /** When it left its queue, which the system learns later; undefined while it waits. */
  leftAt?: number;
  /** The system has learned that it waits no more. */
  isGone: boolean;
  /** A request about it is under way. */
  isAttended: boolean;
  /** A policy governs it, or did. */
  isGoverned?: true;
  /** Its place among those that wait for their turn. */
  entry?: HeapEntry<Turn>;
  /** Calls that Connect took. */
  calls: number;
}

/** A contact that waits for its turn. */
export interface Turn {
  readonly contact: KnownContact;
  readonly kind: 'changes' | 'attributes';
  readonly urgency: string;
  /** Of the decision whose turn it is. */
  readonly generation: number;
}

/** Negative where `a` comes first: as the index of pending work has them, by urgency and then by id. */
export function compareTurns(a: Turn, b: Turn): number {
  if (a.urgency !== b.urgency) return a.urgency < b.urgency ? -1 : 1;
  return a.contact.record.contactId < b.contact.record.contactId ? -1 : 1;
}
