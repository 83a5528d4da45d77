import type { ContactRecord } from '../domain/record.ts';
import type { StoredContact } from './ports.ts';

/**
 * A contact while dispatch attends to it: as it was read, and what was learned since but not written yet. What
 * was learned is kept as a function, so that it can be added to a newer record if others wrote meanwhile.
 */
export interface AttendedContact {
  readonly stored: StoredContact;
  readonly learned: (record: ContactRecord) => ContactRecord;
  /** What was read, with what was learned. */
  readonly record: ContactRecord;
}

/** A contact as it was read. */
export function attended(stored: StoredContact): AttendedContact {
  return { stored, learned: (record) => record, record: stored.record };
}

/** The contact with more learned of it. */
export function learning(
  contact: AttendedContact,
  more: (record: ContactRecord) => ContactRecord,
): AttendedContact {
  return {
    stored: contact.stored,
    learned: (record) => more(contact.learned(record)),
    record: more(contact.record),
  };
}
