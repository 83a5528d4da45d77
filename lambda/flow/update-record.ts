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

/**
 * Changes a contact's record, on top of what others wrote meanwhile.
 *
 * @param contact - as it was last read: tried first, without reading it again.
 * @throws ContendedContactError when somebody else wrote each time.
 */
export async function updateRecord(
  contact: StoredContact,
  change: (record: ContactRecord) => ContactRecord,
  { ageAdjustment }: Pick<Settings, 'ageAdjustment'>,
  ports: BackOff & { readonly contacts: ContactStore; readonly clock: Pick<Clock, 'now'> },
): Promise<WrittenContact> {
  let current = contact;
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    if (attempt > 0) {
      await ports.backOff(Math.min(attempt, MAX_BACK_OFF));
      current = await ports.contacts.load(contact.record);
    }
    const record = change(current.record);
    const now = ports.clock.now();
    const entries = indexEntries(record, now, ageAdjustment);
    const revision = await ports.contacts.save(record, current.revision, entries, now);
    if (revision !== undefined) return { record, revision, entries };
  }
  throw new ContendedContactError(contact.record, MAX_TRIES);
}
