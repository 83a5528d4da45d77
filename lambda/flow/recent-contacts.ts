import { contactView } from '../domain/contact/build-contact-view.ts';
import { chainsBefore, withQueuedContact } from '../domain/contact/customer-contacts.ts';
import { canWait, latestVisit } from '../domain/contact/facts.ts';
import type { ContactRecord } from '../domain/contact/record.ts';
import { isTestContact } from '../domain/contact/transfer-chain.ts';
import { sameJson } from '../domain/json.ts';
import type { PolicySet } from '../domain/policy/policy-set.ts';
import type { BackOff } from './back-off.ts';
import type { CustomerContactsStore, Telemetry } from './ports.ts';

/** Contacts of one customer are rarely queued in the same moment. */
const MAX_TRIES = 4;

interface RecentContactsPorts extends BackOff {
  readonly customers: CustomerContactsStore;
  readonly telemetry: Pick<Telemetry, 'recentContactsUnknown'>;
}

/**
 * The record with how many contacts of the customer were queued in the day before this one was, and this one added to
 * them. It is counted once, while some policy names `recentContacts`. Where the store fails, the count stays unknown: no
 * event fails with it, and the next event of the contact tries again.
 *
 * @param customerId - as the event names the customer; it goes to the store alone.
 */
export async function withRecentContacts(
  record: ContactRecord,
  customerId: string | undefined,
  { countsContacts }: Pick<PolicySet, 'countsContacts'>,
  ports: RecentContactsPorts,
): Promise<ContactRecord> {
  const visit = latestVisit(record.facts);
  const isKnown = record.recentContacts !== undefined;
  if (!countsContacts || customerId === undefined || isKnown || !record.facts || !visit) return record;
  if (!canWait(record.facts) || isTestContact(record)) return record;
  try {
    const recentContacts = await count(record, customerId, visit.enqueuedAt, ports);
    return { ...record, recentContacts };
  } catch (error) {
    ports.telemetry.recentContactsUnknown(record, error);
    return record;
  }
}

async function count(
  record: ContactRecord,
  customerId: string,
  at: number,
  { customers, backOff }: RecentContactsPorts,
): Promise<number> {
  const chainId = contactView(record, at).initialContactId ?? record.contactId;
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    if (attempt > 0) await backOff(attempt);
    const { key, contacts, revision } = await customers.load(record.instanceId, customerId);
    const after = withQueuedContact(contacts, chainId, at);
    if (sameJson(after, contacts) || (await customers.save(key, after, revision))) {
      return chainsBefore(contacts, chainId, at);
    }
  }
  throw new Error(`The contacts of its customer were changed by others ${MAX_TRIES} times in a row.`);
}
