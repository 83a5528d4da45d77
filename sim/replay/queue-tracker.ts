import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { keyString } from '../../lambda/domain/contact/contact-key.ts';
import { type ContactFacts, currentQueue, queueVisitId } from '../../lambda/domain/contact/facts.ts';
import { mergeFacts } from '../../lambda/domain/contact/merge-facts.ts';
import type { VirtualTime } from '../virtual/virtual-time.ts';

/** A contact that waits in a queue, as the recording has it. */
export interface QueueVisit extends ContactKey {
  /** Distinct for distinct contacts, and short to look up. */
  readonly key: string;
  readonly queueArn: string;
  /** Milliseconds since the epoch. */
  readonly enqueuedAt: number;
  /** Which stay in a queue. */
  readonly queueVisitId: string;
  /** Which of all stays this is: the lower one began first. */
  readonly order: number;
  /** The value of the tag that tells tiers apart, if the contact has it. */
  readonly tier?: string;
}

/** A contact is remembered so long after it was disconnected, for those that follow it in a transfer. */
const RETENTION_AFTER_END_MS = 2 * 3_600_000;

/** And so long after the last that was told of it, where its end is not recorded. */
const RETENTION_WITHOUT_END_MS = 24 * 3_600_000;

/** An event of a leaving is late when it comes so much after it: times of envelopes are whole seconds. */
const LATE_MS = 2_000;

/**
 * Who waits where, by the recording alone: a contact waits from its enqueuing to when it is connected, disconnected or
 * queued elsewhere. No policy changes that. Contacts that are over are forgotten after a while.
 */
export class QueueTracker {
  /** Distinct contacts that were told of. */
  seen = 0;
  /** Distinct contacts that waited. */
  queued = 0;
  /** Contacts that were in a queue by what is told when they had left, without a word while they waited. */
  unobservedWaits = 0;
  /** Stays whose end was told late, so that the contact was taken to wait for longer than it did. */
  lateEnds = 0;
  readonly #tierTag: string;
  readonly #time: VirtualTime;
  readonly #onForget: (key: ContactKey) => void;
  readonly #contacts = new Map<string, { facts: ContactFacts; hasWaited: boolean; lastAt: number }>();
  readonly #visits = new Map<string, QueueVisit>();
  readonly #queues = new Map<string, Map<string, QueueVisit>>();
  #visitCount = 0;

  /** @param onForget - told of each contact that is forgotten. */
  constructor(tierTag: string, time: VirtualTime, onForget: (key: ContactKey) => void) {
    this.#tierTag = tierTag;
    this.#time = time;
    this.#onForget = onForget;
  }

  /** A contact that waits now. */
  currentVisit(key: ContactKey): QueueVisit | undefined {
    return this.#visits.get(keyString(key));
  }

  /** Whether the same stay goes on. */
  isCurrent({ key, queueVisitId: stay }: QueueVisit): boolean {
    return this.#visits.get(key)?.queueVisitId === stay;
  }

  /** All that wait in a queue now. */
  visitsIn(queueArn: string): Iterable<QueueVisit> {
    return this.#queues.get(queueArn)?.values() ?? [];
  }

  /** How many wait now. */
  get size(): number {
    return this.#visits.size;
  }

  /** Takes what an event tells. @returns the stay that ended by it. */
  addEvent(told: ContactFacts): QueueVisit | undefined {
    const key = keyString(told);
    const { now } = this.#time;
    let contact = this.#contacts.get(key);
    if (contact) {
      contact.facts = mergeFacts(contact.facts, told);
      contact.lastAt = now;
    } else {
      contact = { facts: told, hasWaited: false, lastAt: now };
      this.#contacts.set(key, contact);
      this.seen += 1;
      this.#forgetLater(key, RETENTION_WITHOUT_END_MS);
    }
    const ended = this.#updateVisit(key, contact.facts);
    this.#count(contact);
    if (told.disconnectedAt !== undefined) this.#forgetLater(key, RETENTION_AFTER_END_MS);
    return ended;
  }

  /** Puts a contact where its facts say that it waits. @returns the stay that ended by it. */
  #updateVisit(key: string, facts: ContactFacts): QueueVisit | undefined {
    const before = this.#visits.get(key);
    const stay = queueVisitId(facts);
    const queue = currentQueue(facts);
    if (before && before.queueVisitId === stay) {
      this.#put({ ...before, ...this.#tierOf(facts) });
      return undefined;
    }
    if (before) this.#end(before, facts);
    if (!queue || stay === undefined) return before;
    this.#visitCount += 1;
    const { instanceId, contactId } = facts;
    const { arn: queueArn, enqueuedAt } = queue;
    const order = this.#visitCount;
    this.#put({
      key,
      instanceId,
      contactId,
      queueArn,
      enqueuedAt,
      queueVisitId: stay,
      order,
      ...this.#tierOf(facts),
    });
    return before;
  }

  #count(contact: { facts: ContactFacts; hasWaited: boolean }): void {
    if (contact.hasWaited) return;
    const { facts } = contact;
    if (facts.queue === undefined) return;
    contact.hasWaited = true;
    // Who is connected in the moment of being queued did not wait unseen.
    if (currentQueue(facts) || facts.connectedAt === facts.queue.enqueuedAt) this.queued += 1;
    else this.unobservedWaits += 1;
  }

  #put(contact: QueueVisit): void {
    this.#visits.set(contact.key, contact);
    const line = this.#queues.get(contact.queueArn) ?? new Map<string, QueueVisit>();
    this.#queues.set(contact.queueArn, line.set(contact.key, contact));
  }

  #end({ key, queueArn, enqueuedAt }: QueueVisit, facts: ContactFacts): void {
    this.#visits.delete(key);
    const line = this.#queues.get(queueArn);
    line?.delete(key);
    if (line?.size === 0) this.#queues.delete(queueArn);
    const ends = [facts.connectedAt, facts.disconnectedAt, facts.queue?.enqueuedAt].filter(
      (at) => at !== undefined && at > enqueuedAt,
    ) as number[];
    if (this.#time.now - Math.min(...ends) > LATE_MS) this.lateEnds += 1;
  }

  #tierOf(facts: ContactFacts): { tier?: string } {
    const tier = facts.tags?.value[this.#tierTag];
    return tier === undefined ? {} : { tier };
  }

  #forgetLater(key: string, afterMs: number): void {
    this.#time.after(afterMs, () => {
      const contact = this.#contacts.get(key);
      if (!contact) return;
      const isOver = contact.facts.disconnectedAt !== undefined && afterMs === RETENTION_AFTER_END_MS;
      if (isOver || (!this.#visits.has(key) && this.#time.now - contact.lastAt >= RETENTION_WITHOUT_END_MS)) {
        this.#contacts.delete(key);
        this.#onForget(contact.facts);
      } else if (afterMs === RETENTION_WITHOUT_END_MS) this.#forgetLater(key, RETENTION_WITHOUT_END_MS);
    });
  }
}
