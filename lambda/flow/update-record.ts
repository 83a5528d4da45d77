import type { ContactRecord } from '../domain/contact/record.ts';
import { type IndexEntries, indexEntries } from '../domain/reconcile/index-entries.ts';
import type { Settings } from '../domain/settings.ts';
import type { BackOff } from './back-off.ts';
import { ContendedContactError } from './errors.ts';
import type { Clock, ContactStore, StoredContact } from './ports.ts';

/**
 * Tries follow each other more closely than those of a reconcile, since dispatch must end its round in time: all waits
 * together are 1.3 seconds at most. Dispatch is one writer among those that reconcile, which wait longer and leave it
 * turns. Where it fails all the same, the contact is served again after ten seconds:
 * `test/flow/contention.test.ts`.
 */
const MAX_TRIES = 32;
const MAX_BACK_OFF = 2;

/** A record as it was written, with its index entries: it has work that can be done now while it has a pending one. */
export interface WrittenContact extends StoredContact {
  readonly entries: IndexEntries;
}

/** What changing a record needs from outside. */
export interface UpdatePorts extends BackOff {
  readonly contacts: ContactStore;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Changes a contact's record, on top of what others wrote meanwhile.
 *
 * @param contact - as it was last read: tried first, without reading it again.
 * @throws ContendedContactError when somebody else wrote each time.
 */
export function updateRecord(
  contact: StoredContact,
  change: (record: ContactRecord) => ContactRecord,
  settings: Pick<Settings, 'ageAdjustment'>,
  ports: UpdatePorts,
): Promise<WrittenContact> {
  return untilWritten(contact, ports, (current) =>
    writeRecord(current, change(current.record), settings, ports),
  );
}

/**
 * Tries to write a contact's record until nobody else wrote in between.
 *
 * @param contact - as it was last read: tried first, without reading it again.
 * @param write - returns undefined on a conflict; called again then, with the record as it is now.
 * @throws ContendedContactError when somebody else wrote each time.
 */
export async function untilWritten<T>(
  contact: StoredContact,
  ports: UpdatePorts,
  write: (current: StoredContact) => Promise<T | undefined>,
): Promise<T> {
  let current = contact;
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    if (attempt > 0) {
      await ports.backOff(Math.min(attempt, MAX_BACK_OFF));
      current = await ports.contacts.load(contact.record);
    }
    const written = await write(current);
    if (written !== undefined) return written;
  }
  throw new ContendedContactError(contact.record, MAX_TRIES);
}

/**
 * Writes a record over the one that was read.
 *
 * @param indexed - the record by whose work the indexes list it. Default: the same.
 * @returns undefined on a conflict: somebody else wrote since.
 */
export async function writeRecord(
  { revision: read }: Pick<StoredContact, 'revision'>,
  record: ContactRecord,
  { ageAdjustment }: Pick<Settings, 'ageAdjustment'>,
  { contacts, clock }: Pick<UpdatePorts, 'contacts' | 'clock'>,
  indexed = record,
): Promise<WrittenContact | undefined> {
  const now = clock.now();
  const entries = indexEntries(indexed, now, ageAdjustment);
  const revision = await contacts.save(record, read, entries, now);
  return revision === undefined ? undefined : { record, revision, entries };
}
