import type { QueueLoad } from '../../lambda/domain/condition/condition.ts';
import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { keyString } from '../../lambda/domain/contact/contact-key.ts';
import {
  type ContactFacts,
  canWait,
  currentQueue,
  formerQueueVisitId,
  latestVisit,
  queueVisitId,
} from '../../lambda/domain/contact/facts.ts';
import { mergeFacts } from '../../lambda/domain/contact/merge-facts.ts';
import { keptUntil } from '../../lambda/domain/contact/retention.ts';
import { queueStateKey } from '../../lambda/domain/queue/queue-state.ts';
import { type Leaving, leavingOf } from '../../lambda/domain/reports/leaving.ts';
import type { VirtualTime } from '../virtual/virtual-time.ts';

/** A visit of a contact to a queue, according to the recording. */
export interface QueueVisit extends ContactKey {
  /** The contact key as a string. */
  readonly key: string;
  readonly queueArn: string;
  /** Milliseconds since the epoch. */
  readonly enqueuedAt: number;
  /** Identifies the visit among those of the contact. */
  readonly queueVisitId: string;
  /** The number of the visit in order of start. */
  readonly order: number;
  /** The value of the tag that names the tier, if the contact has it. */
  readonly tier?: string;
}

/** An event that ends a visit is late from this delay on: times of envelopes are whole seconds. */
const LATE_MS = 2_000;

/**
 * The queue visits of the recording: a contact waits from when it is enqueued until it is connected,
 * disconnected or enqueued elsewhere. Policies do not change that. Contacts that ended are deleted after a
 * while.
 */
export class QueueTracker {
  /** The number of contacts in the recording. */
  seen = 0;
  /** The number of contacts that waited. */
  queued = 0;
  /** The number of contacts whose first event is after the end of their queue visit. */
  unobservedWaits = 0;
  /**
   * The number of visits whose end was recorded late, so that the contact seemed to wait for longer than it
   * did.
   */
  lateEnds = 0;
  readonly #tierTag: string;
  readonly #testContacts: boolean;
  readonly #time: VirtualTime;
  readonly #onForget: (key: ContactKey) => void;
  readonly #contacts = new Map<string, { facts: ContactFacts; hasWaited: boolean; lastAt: number }>();
  readonly #visits = new Map<string, QueueVisit>();
  readonly #queueIds = new Set<string>();
  #visitCount = 0;

  /**
   * @param testContacts - whether contacts of Connect's own tests count, too.
   * @param onForget - called for each contact that is deleted.
   */
  constructor(
    tierTag: string,
    testContacts: boolean,
    time: VirtualTime,
    onForget: (key: ContactKey) => void,
  ) {
    this.#tierTag = tierTag;
    this.#testContacts = testContacts;
    this.#time = time;
    this.#onForget = onForget;
  }

  /** The current queue visit of a contact. */
  currentVisit(key: ContactKey): QueueVisit | undefined {
    return this.#visits.get(keyString(key));
  }

  /** All visits that last. */
  get visits(): Iterable<QueueVisit> {
    return this.#visits.values();
  }

  /** How a visit that has ended ended; undefined where the events do not say. */
  leavingOf({ key, queueArn, enqueuedAt }: QueueVisit): Leaving | undefined {
    return leavingOf({ arn: queueArn, enqueuedAt }, this.#contacts.get(key)?.facts);
  }

  /** True while the visit lasts. */
  isCurrent({ key, order }: QueueVisit): boolean {
    return this.#visits.get(key)?.order === order;
  }

  /** The number of waiting contacts. */
  get size(): number {
    return this.#visits.size;
  }

  /** The ids of the queues in which contacts have waited so far. Events have no names of queues. */
  get queueIds(): ReadonlySet<string> {
    return this.#queueIds;
  }

  /**
   * The load of queues, by id. Events do not say which agents there are.
   *
   * @param channel - whose contacts count. Default: all together.
   */
  loads(instanceId: string, queueIds: readonly string[], channel?: string): ReadonlyMap<string, QueueLoad> {
    const loads = new Map<string, QueueLoad>(queueIds.map((id) => [id, { waiting: 0, oldestSeconds: 0 }]));
    for (const { key, queueArn, enqueuedAt, ...visit } of this.#visits.values()) {
      const other = channel !== undefined && this.#contacts.get(key)?.facts.channel !== channel;
      if (other || visit.instanceId !== instanceId) continue;
      const id = queueStateKey(queueArn);
      const { waiting = 0, oldestSeconds = 0 } = loads.get(id) ?? {};
      const waitedSeconds = Math.floor((this.#time.now - enqueuedAt) / 1_000);
      loads.set(id, { waiting: waiting + 1, oldestSeconds: Math.max(oldestSeconds, waitedSeconds) });
    }
    return loads;
  }

  /**
   * Applies the facts of an event.
   *
   * @returns the visit that ended.
   */
  addEvent(facts: ContactFacts): QueueVisit | undefined {
    const key = keyString(facts);
    const { now } = this.#time;
    let contact = this.#contacts.get(key);
    if (contact) {
      contact.facts = mergeFacts(contact.facts, facts);
      contact.lastAt = now;
    } else {
      contact = { facts, hasWaited: false, lastAt: now };
      this.#contacts.set(key, contact);
      if (!this.#isLeftOut(facts)) this.seen += 1;
      this.#forgetLater(key, keptUntil(facts, now));
    }
    const ended = this.#updateVisit(key, contact.facts);
    this.#count(contact);
    if (facts.disconnectedAt !== undefined) this.#forgetLater(key, keptUntil(facts, now));
    return ended;
  }

  /**
   * Updates the queue visit of a contact from its facts.
   *
   * @returns the visit that ended.
   */
  #updateVisit(key: string, facts: ContactFacts): QueueVisit | undefined {
    const before = this.#visits.get(key);
    const visitId = this.#isLeftOut(facts) ? undefined : queueVisitId(facts);
    const queue = currentQueue(facts);
    const isSameVisit =
      before?.queueVisitId === visitId || before?.queueVisitId === formerQueueVisitId(facts);
    if (before && queue && visitId !== undefined && isSameVisit) {
      const { enqueuedAt } = queue;
      this.#visits.set(key, { ...before, enqueuedAt, queueVisitId: visitId, ...this.#tierOf(facts) });
      return undefined;
    }
    if (before) this.#end(before, facts);
    if (!queue || visitId === undefined) return before;
    this.#visitCount += 1;
    this.#queueIds.add(queueStateKey(queue.arn));
    const { instanceId, contactId } = facts;
    const { arn: queueArn, enqueuedAt } = queue;
    const order = this.#visitCount;
    this.#visits.set(key, {
      key,
      instanceId,
      contactId,
      queueArn,
      enqueuedAt,
      queueVisitId: visitId,
      order,
      ...this.#tierOf(facts),
    });
    return before;
  }

  #isLeftOut({ isTest }: ContactFacts): boolean {
    return isTest === true && !this.#testContacts;
  }

  #count(contact: { facts: ContactFacts; hasWaited: boolean }): void {
    const { facts } = contact;
    if (contact.hasWaited || this.#isLeftOut(facts)) return;
    const visit = latestVisit(facts);
    if (visit === undefined || !canWait(facts)) return;
    contact.hasWaited = true;
    // A contact that was connected at once did not wait unobserved.
    if (currentQueue(facts) || facts.connectedAt === visit.enqueuedAt) this.queued += 1;
    else this.unobservedWaits += 1;
  }

  #end({ key, enqueuedAt }: QueueVisit, facts: ContactFacts): void {
    this.#visits.delete(key);
    const ends = [facts.connectedAt, facts.disconnectedAt, latestVisit(facts)?.enqueuedAt].filter(
      (at) => at !== undefined && at > enqueuedAt,
    ) as number[];
    if (this.#time.now - Math.min(...ends) > LATE_MS) this.lateEnds += 1;
  }

  #tierOf(facts: ContactFacts): { tier?: string } {
    const tier = facts.tags?.value[this.#tierTag];
    return tier === undefined ? {} : { tier };
  }

  /** Deletes the contact when it is no longer kept: its last event decides, as in the live system. */
  #forgetLater(key: string, at: number): void {
    this.#time.after(at - this.#time.now, () => {
      const contact = this.#contacts.get(key);
      if (!contact) return;
      const until = keptUntil(contact.facts, contact.lastAt);
      if (until > this.#time.now) {
        this.#forgetLater(key, until);
      } else if (!this.#visits.has(key)) {
        this.#contacts.delete(key);
        this.#onForget(contact.facts);
      }
    });
  }
}
