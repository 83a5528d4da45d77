import type { ContactRecord } from '../domain/record.ts';
import { ContendedContactError } from './errors.ts';
import type { Clock, ContactStore, StoredContact } from './ports.ts';

const MAX_TRIES = 8;

/**
 * Changes a contact's record, on top of whatever others wrote meanwhile.
 *
 * @param contact - as it was last read: tried first, without another reading.
 * @throws ContendedContactError when others wrote each time.
 */
export async function update(
  contact: StoredContact,
  change: (record: ContactRecord) => ContactRecord,
  world: { readonly contacts: ContactStore; readonly clock: Pick<Clock, 'now'> },
): Promise<StoredContact> {
  let current = contact;
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const record = change(current.record);
    const revision = await world.contacts.save(record, current.revision, world.clock.now());
    if (revision !== undefined) return { record, revision };
    current = await world.contacts.load(contact.record);
  }
  throw new ContendedContactError(contact.record, MAX_TRIES);
}
