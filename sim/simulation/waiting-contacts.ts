import type { ContactEvent } from '../../lambda/domain/contact/parse-event.ts';

/** A waiting contact. */
export interface WaitingContact {
  readonly contactId: string;
  readonly tier: string;
  readonly queueArn: string;
  /** Determines its place in the queue. Milliseconds since the epoch, as all times. */
  readonly enqueuedAt: number;
  /** When its wait began: after `enqueuedAt` if an agent transferred it. */
  readonly since: number;
}

/** The waiting contacts by queue and tier, in order of arrival. */
export class WaitingContacts {
  readonly #contacts = new Map<string, WaitingContact>();
  readonly #queues = new Map<string, Map<string, Set<WaitingContact>>>();
  readonly #tierOf: (contactId: string) => string | undefined;

  /** @param tierOf - the tier of any contact. */
  constructor(tierOf: (contactId: string) => string | undefined) {
    this.#tierOf = tierOf;
  }

  /**
   * Adds the contact of an event that is queued, and removes one that is answered or leaves.
   *
   * @returns the contact that was removed; undefined if none was.
   */
  follow({ eventType, facts: { contactId, queue } }: ContactEvent, now: number): WaitingContact | undefined {
    if (eventType === 'QUEUED' && queue) {
      const tier = this.#tierOf(contactId) ?? '';
      this.#add({ contactId, tier, queueArn: queue.arn, enqueuedAt: queue.enqueuedAt, since: now });
      return undefined;
    }
    return eventType === 'CONNECTED_TO_AGENT' || eventType === 'DISCONNECTED'
      ? this.#remove(contactId)
      : undefined;
  }

  #add(contact: WaitingContact): void {
    this.#contacts.set(contact.contactId, contact);
    let tiers = this.#queues.get(contact.queueArn);
    if (!tiers) {
      tiers = new Map();
      this.#queues.set(contact.queueArn, tiers);
    }
    const contacts = tiers.get(contact.tier);
    if (contacts) contacts.add(contact);
    else tiers.set(contact.tier, new Set([contact]));
  }

  /** Undefined when the contact does not wait. */
  #remove(contactId: string): WaitingContact | undefined {
    const contact = this.#contacts.get(contactId);
    if (!contact) return undefined;
    this.#contacts.delete(contactId);
    this.#queues.get(contact.queueArn)?.get(contact.tier)?.delete(contact);
    return contact;
  }

  get(contactId: string): WaitingContact | undefined {
    return this.#contacts.get(contactId);
  }

  get size(): number {
    return this.#contacts.size;
  }

  values(): Iterable<WaitingContact> {
    return this.#contacts.values();
  }

  /**
   * Reports, for each tier, the number of waiting contacts of the same queue that were enqueued before the
   * contact.
   */
  countEarlier(contact: WaitingContact, count: (tier: string, contacts: number) => void): void {
    for (const [tier, contacts] of this.#queues.get(contact.queueArn) ?? []) {
      let earlier = 0;
      for (const { enqueuedAt } of contacts) {
        // An earlier one may come last: those that agents transfer keep their enqueue time.
        if (enqueuedAt < contact.enqueuedAt) earlier += 1;
      }
      if (earlier > 0) count(tier, earlier);
    }
  }
}
