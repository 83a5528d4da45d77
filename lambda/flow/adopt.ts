import { type FoundContact, isAdoptable, seemsToWait } from '../domain/contact/adoption.ts';
import { type ContactKey, keyString } from '../domain/contact/contact-key.ts';
import type { ContactStore, OutgoingMessage } from './ports.ts';

/** A page of what SearchContacts answers. */
export interface SearchPage {
  readonly contacts: readonly FoundContact[];
  /** Absent after the last page. */
  readonly nextToken?: string;
}

/** A time range, in milliseconds since the epoch. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** SearchContacts of Amazon Connect. */
export interface ContactSearch {
  /**
   * A page of at most 100 contacts of an instance that were initiated in a time range of at most two weeks and are not
   * disconnected.
   *
   * @throws what Connect answers.
   */
  page(instanceId: string, range: TimeRange, nextToken: string | undefined): Promise<SearchPage>;
}

/** What a search for waiting contacts needs from outside. */
export interface AdoptPorts {
  readonly search: ContactSearch;
  readonly contacts: Pick<ContactStore, 'loadMany'>;
  /** Waits between two searches. */
  sleep(durationMs: number): Promise<void>;
  /** The Region of the deployment. */
  readonly region: string;
}

/** A contact that waits, as far as the search tells. */
export interface FoundWaiting extends ContactKey, FoundContact {
  /** False: the system acts for it already, or is asking about it. */
  readonly isUnknown: boolean;
}

/** The contacts of a page that wait, and whether it is the last page of all. */
export interface FoundPage {
  readonly contacts: readonly FoundWaiting[];
  readonly isLast: boolean;
}

/**
 * Between two searches, in milliseconds: half a search a second is within every quota that AWS has documented for the
 * account and Region, and leaves most of today's ten to others.
 */
export const SEARCH_INTERVAL_MS = 2_000;

/** The longest time range of a search: beyond it AWS grants a tenth of the rate. */
export const MAX_RANGE_MS = 14 * 86_400_000;

/**
 * The contacts that wait by SearchContacts, page by page, and whether the system knows of them. Calls that come in are
 * not among them: SearchContacts has them once they were connected or have ended.
 */
export async function* findWaiting(
  instanceIds: readonly string[],
  { from, to }: TimeRange,
  { search, contacts, sleep, region }: AdoptPorts,
): AsyncGenerator<FoundPage> {
  let isFirst = true;
  for (const instanceId of instanceIds) {
    for (let start = from; start < to; start += MAX_RANGE_MS) {
      const range = { from: start, to: Math.min(to, start + MAX_RANGE_MS) };
      let nextToken: string | undefined;
      do {
        if (!isFirst) await sleep(SEARCH_INTERVAL_MS);
        isFirst = false;
        const page = await search.page(instanceId, range, nextToken);
        nextToken = page.nextToken;
        const waiting = page.contacts.filter((found) => seemsToWait(found, region));
        const isLast = nextToken === undefined && range.to >= to && instanceId === instanceIds.at(-1);
        yield { contacts: await withKnowledge(instanceId, waiting, contacts), isLast };
      } while (nextToken !== undefined);
    }
  }
}

async function withKnowledge(
  instanceId: string,
  found: readonly FoundContact[],
  contacts: AdoptPorts['contacts'],
): Promise<FoundWaiting[]> {
  const keyed = found.map((contact) => ({ ...contact, instanceId }));
  const stored = await contacts.loadMany(keyed);
  const records = new Map(stored.map(({ record }) => [keyString(record), record]));
  return keyed.map((contact) => ({
    ...contact,
    isUnknown: isAdoptable(records.get(keyString(contact)), contact),
  }));
}

/** The message that has the system ask Connect about a contact. */
export function adoptMessage({ instanceId, contactId }: ContactKey): OutgoingMessage {
  return { body: { type: 'adopt', instanceId, contactId }, delaySeconds: 0 };
}
