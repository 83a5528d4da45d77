import type { ContactRecord } from '../../domain/contact/record.ts';
import { type PendingWork, pendingWork } from '../../domain/reconcile/pending-work.ts';
import type { StoredContact } from '../ports.ts';

/** A contact with work, as dispatch selected it. */
export interface PendingRecord extends StoredContact {
  readonly work: PendingWork;
}

/**
 * A contact while dispatch works on it: as it was read, and a change that is not written yet. The change is a
 * function, so that it can be applied to a newer record if somebody else wrote meanwhile.
 */
export interface DraftRecord {
  readonly stored: StoredContact;
  readonly change: (record: ContactRecord) => ContactRecord;
  /** The record as it was read, with the change. */
  readonly record: ContactRecord;
  /** What is left to do for `record`. */
  readonly work: PendingWork | undefined;
  /** True when the change is Connect's answer. */
  readonly isDescribed: boolean;
  /** To be called once the change is written. */
  readonly onWritten: () => void;
}

/** The draft of a contact as it was read. */
export function draft(stored: PendingRecord): DraftRecord {
  const { record, work } = stored;
  return { stored, change: (current) => current, record, work, isDescribed: false, onWritten() {} };
}

/** The draft with a change. */
export function withChange(
  { stored }: DraftRecord,
  change: (record: ContactRecord) => ContactRecord,
): DraftRecord {
  const record = change(stored.record);
  return { stored, change, record, work: pendingWork(record), isDescribed: false, onWritten() {} };
}

/** The draft on top of a record that was read anew; the same draft where the record is the one it has. */
export function rebase(contact: DraftRecord, current: ContactRecord): DraftRecord {
  if (current === contact.stored.record) return contact;
  const record = contact.change(current);
  return { ...contact, record, work: pendingWork(record) };
}
