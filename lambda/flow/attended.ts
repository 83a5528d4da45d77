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
  /** True when what was learned is Connect's answer. */
  readonly isDescribed?: boolean;
}

/** A contact as it was read. */
export function attended(stored: StoredContact): AttendedContact {
  return { stored, learned: (record) => record, record: stored.record };
}

/** The contact with something learned of it. */
export function learning(
  { stored }: AttendedContact,
  learned: (record: ContactRecord) => ContactRecord,
): AttendedContact {
  return { stored, learned, record: learned(stored.record) };
}
