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
  /** To be called once the change is written. */
  readonly onWritten: () => void;
}

/** The draft of a contact as it was read. */
export function draft(stored: PendingRecord): DraftRecord {
  const { record, work } = stored;
  return { stored, change: (current) => current, record, work, onWritten() {} };
}

/** The draft with a change. */
export function withChange(
  { stored }: DraftRecord,
  change: (record: ContactRecord) => ContactRecord,
  onWritten = () => {},
): DraftRecord {
  const record = change(stored.record);
  return { stored, change, record, work: pendingWork(record), onWritten };
}

/** A record that was read anew with the change of a draft, and what is left to do for it. */
export function rebase(
  { change }: DraftRecord,
  current: ContactRecord,
): Pick<DraftRecord, 'record' | 'work'> {
  const record = change(current);
  return { record, work: pendingWork(record) };
}
