import { type ContactFacts, type ContactKey, mergeFacts, queueOf } from '../../lambda/domain/contact.ts';
import { stayOf } from '../../lambda/domain/dealings.ts';
import { keyText } from '../../lambda/flow/drain.ts';
import type { VirtualTime } from '../virtual/virtual-time.ts';

/** A contact that waits in a queue, as the recording has it. */
export interface WaitingContact extends ContactKey {
  /** Distinct for distinct contacts, and short to look up. */
  readonly key: string;
  readonly queueArn: string;
  /** Milliseconds since the epoch. */
  readonly enqueuedAt: number;
  /** Which stay in a queue. */
  readonly stay: string;
  /** Which of all stays this is: the lower one began first. */
  readonly order: number;
  /** The value of the tag that tells tiers apart, if the contact has it. */
  readonly tier?: string;
}

/** A contact is remembered so long after it was disconnected, for those that follow it in a transfer. */
const KEPT_AFTER_END_MS = 2 * 3_600_000;

/** And so long after the last that was told of it, where its end is not recorded. */
const KEPT_WITHOUT_END_MS = 24 * 3_600_000;

/** An event of a leaving is late when it comes so much after it: times of envelopes are whole seconds. */
const LATE_MS = 2_000;

/**
 * Who waits where, by the recording alone: a contact waits from its enqueuing to when it is connected, disconnected or
 * queued elsewhere. No policy changes that. Contacts that are over are forgotten after a while.
 */
export class Waits {
  /** Distinct contacts that were told of. */
  seen = 0;
  /** Distinct contacts that waited. */
  queued = 0;
  /** Contacts that were in a queue by what is told when they had left, without a word while they waited. */
  unseenWaits = 0;
  /** Stays whose end was told late, so that the contact was taken to wait for longer than it did. */
  toldLate = 0;
  readonly #tierTag: string;
  readonly #time: VirtualTime;
  readonly #onForget: (key: ContactKey) => void;
  readonly #contacts = new Map<string, { facts: ContactFacts; hasWaited: boolean; lastAt: number }>();
  readonly #waiting = new Map<string, WaitingContact>();
  readonly #queues = new Map<string, Map<string, WaitingContact>>();
  #stays = 0;

  /** @param onForget - told of each contact that is forgotten. */
  constructor(tierTag: string, time: VirtualTime, onForget: (key: ContactKey) => void) {
    this.#tierTag = tierTag;
    this.#time = time;
    this.#onForget = onForget;
  }

  /** A contact that waits now. */
  of(key: ContactKey): WaitingContact | undefined {
    return this.#waiting.get(keyText(key));
  }

  /** Whether the same stay goes on. */
  isGoingOn({ key, stay }: WaitingContact): boolean {
    return this.#waiting.get(key)?.stay === stay;
  }

  /** All that wait in a queue now. */
  in(queueArn: string): Iterable<WaitingContact> {
    return this.#queues.get(queueArn)?.values() ?? [];
  }

  /** How many wait now. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Takes what an event tells. @returns the stay that ended by it. */
  take(told: ContactFacts): WaitingContact | undefined {
    const key = keyText(told);
    const { now } = this.#time;
    let contact = this.#contacts.get(key);
    if (contact) {
      contact.facts = mergeFacts(contact.facts, told);
      contact.lastAt = now;
    } else {
      contact = { facts: told, hasWaited: false, lastAt: now };
      this.#contacts.set(key, contact);
      this.seen += 1;
      this.#forgetLater(key, KEPT_WITHOUT_END_MS);
    }
    const ended = this.#move(key, contact.facts);
    this.#count(contact);
    if (told.disconnectedAt !== undefined) this.#forgetLater(key, KEPT_AFTER_END_MS);
    return ended;
  }

  /** Puts a contact where its facts say that it waits. @returns the stay that ended by it. */
  #move(key: string, facts: ContactFacts): WaitingContact | undefined {
    const before = this.#waiting.get(key);
    const stay = stayOf(facts);
    const queue = queueOf(facts);
    if (before && before.stay === stay) {
      this.#put({ ...before, ...this.#tierOf(facts) });
      return undefined;
    }
    if (before) this.#end(before, facts);
    if (!queue || stay === undefined) return before;
    this.#stays += 1;
    const { instanceId, contactId } = facts;
    const { arn: queueArn, enqueuedAt } = queue;
    const order = this.#stays;
    this.#put({ key, instanceId, contactId, queueArn, enqueuedAt, stay, order, ...this.#tierOf(facts) });
    return before;
  }

  #count(contact: { facts: ContactFacts; hasWaited: boolean }): void {
    if (contact.hasWaited) return;
    const { facts } = contact;
    if (facts.queue === undefined) return;
    contact.hasWaited = true;
    // Who is connected in the moment of being queued did not wait unseen.
    if (queueOf(facts) || facts.connectedAt === facts.queue.enqueuedAt) this.queued += 1;
    else this.unseenWaits += 1;
  }

  #put(contact: WaitingContact): void {
    this.#waiting.set(contact.key, contact);
    const line = this.#queues.get(contact.queueArn) ?? new Map<string, WaitingContact>();
    this.#queues.set(contact.queueArn, line.set(contact.key, contact));
  }

  #end({ key, queueArn, enqueuedAt }: WaitingContact, facts: ContactFacts): void {
    this.#waiting.delete(key);
    const line = this.#queues.get(queueArn);
    line?.delete(key);
    if (line?.size === 0) this.#queues.delete(queueArn);
    const ends = [facts.connectedAt, facts.disconnectedAt, facts.queue?.enqueuedAt].filter(
      (at) => at !== undefined && at > enqueuedAt,
    ) as number[];
    if (this.#time.now - Math.min(...ends) > LATE_MS) this.toldLate += 1;
  }

  #tierOf(facts: ContactFacts): { tier?: string } {
    const tier = facts.tags?.value[this.#tierTag];
    return tier === undefined ? {} : { tier };
  }

  #forgetLater(key: string, afterMs: number): void {
    this.#time.after(afterMs, () => {
      const contact = this.#contacts.get(key);
      if (!contact) return;
      const isOver = contact.facts.disconnectedAt !== undefined && afterMs === KEPT_AFTER_END_MS;
      if (isOver || (!this.#waiting.has(key) && this.#time.now - contact.lastAt >= KEPT_WITHOUT_END_MS)) {
        this.#contacts.delete(key);
        this.#onForget(contact.facts);
      } else if (afterMs === KEPT_WITHOUT_END_MS) this.#forgetLater(key, KEPT_WITHOUT_END_MS);
    });
  }
}
