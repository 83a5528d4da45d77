import { keyString } from '../../lambda/domain/contact/contact-key.ts';
import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import { canWait, latestVisit } from '../../lambda/domain/contact/facts.ts';
import { mergeFacts } from '../../lambda/domain/contact/merge-facts.ts';
import { defined } from '../../lambda/domain/json.ts';
import { queueStateKey } from '../../lambda/domain/queue/queue-state.ts';
import type { RecordedInput } from '../replay/recording-entry.ts';

/** What a recording says of a contact. Times are milliseconds since the epoch. */
export interface ContactHistory {
  readonly contactId: string;
  readonly instanceId: string;
  readonly channel: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly initialContactId?: string;
  readonly previousContactId?: string;
  readonly customerId?: string;
  /** Its visits to queues, in order of time, at least one. Only the last one can have ended with an answer. */
  readonly visits: readonly { readonly queueId: string; readonly enqueuedAt: number }[];
  /** By a quick connect of an agent, later than the enqueue time that it keeps. */
  readonly initiatedAt?: number;
  readonly connectedAt?: number;
  readonly disconnectedAt?: number;
  /** When after-contact work ended. */
  readonly completedAt?: number;
  readonly agentId?: string;
}

/** Late events of a contact arrive within this time after its end. EventBridge tries for 24 hours, but rarely needs more than seconds. */
const LATE_EVENTS_MS = 3_600_000;

/** A contact without an event of its end is closed this time after its last event. */
const LOST_END_MS = 24 * 3_600_000;

/** The contacts are looked through for those that have ended each time so much of the recording has passed. */
const LOOK_EVERY_MS = 600_000;

/** An event without the time of the enqueue has that of its envelope, which is so much later, at most. */
const SAME_VISIT_MS = 5_000;

interface OpenContact {
  facts: ContactFacts;
  readonly visits: { queueId: string; enqueuedAt: number }[];
  customerId?: string;
  agentId?: string;
  /** From DISCONNECTED: COMPLETED has no time of it, and comes after the after-contact work. */
  disconnectedAt?: number;
  completedAt?: number;
  lastAt: number;
}

type RecordedEvent = Extract<RecordedInput, { kind: 'event' }>;

/**
 * Collects the events of each contact into its history, whatever their order, and however often each came. Memory holds
 * the contacts that are present, and those that have ended within an hour.
 */
export class ContactHistories {
  readonly #contacts = new Map<string, OpenContact>();
  readonly #testContacts: boolean;
  readonly #onHistory: (history: ContactHistory) => void;
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** Contacts that never waited in a queue, such as those that an agent began. */
  withoutQueue = 0;
  /** Contacts whose end is not in the recording. */
  withoutEnd = 0;
  /** Contacts of Connect's own tests, which are left out. */
  tests = 0;

  /**
   * @param testContacts - whether contacts of Connect's own tests count, too.
   * @param onHistory - called once for each contact that waited, as soon as nothing more is expected of it,
   * nearly in order of their ends.
   */
  constructor(testContacts: boolean, onHistory: (history: ContactHistory) => void) {
    this.#testContacts = testContacts;
    this.#onHistory = onHistory;
  }

  /** Adds an event; events come nearly in order of time. */
  add({ eventType, facts, at, customerId, agentId, completedAt }: RecordedEvent): void {
    const key = keyString(facts);
    const known = this.#contacts.get(key);
    const contact: OpenContact = known ?? { facts, visits: [], lastAt: at };
    if (known) known.facts = mergeFacts(known.facts, facts);
    else this.#contacts.set(key, contact);
    contact.lastAt = Math.max(contact.lastAt, at);
    contact.customerId ??= customerId;
    contact.completedAt ??= completedAt;
    if (eventType === 'DISCONNECTED') contact.disconnectedAt ??= facts.disconnectedAt;
    // An event of an outbound call names its agent before there is a connection.
    if (facts.connectedAt !== undefined) contact.agentId = agentId ?? contact.agentId;
    addVisit(contact.visits, facts);
    if (at - this.#lookedAt >= LOOK_EVERY_MS) this.#look(at);
  }

  /** Call it after the last event: the contacts that are left have their histories so far. */
  end(): void {
    this.#finishAll(() => true);
  }

  #look(now: number): void {
    this.#lookedAt = now;
    const isOver = ({ facts, lastAt }: OpenContact) =>
      now - lastAt >= (facts.disconnectedAt === undefined ? LOST_END_MS : LATE_EVENTS_MS);
    this.#finishAll(isOver);
  }

  /** In order of their ends: what follows from a contact, such as a transfer, ends after it. */
  #finishAll(isOver: (contact: OpenContact) => boolean): void {
    const endOf = ({ facts, lastAt }: OpenContact) => facts.disconnectedAt ?? lastAt;
    const over = [...this.#contacts].filter(([, contact]) => isOver(contact));
    for (const [key] of over.sort(([, a], [, b]) => endOf(a) - endOf(b))) this.#finish(key);
  }

  #finish(key: string): void {
    const contact = this.#contacts.get(key);
    this.#contacts.delete(key);
    if (!contact) return;
    const { facts, visits, customerId, agentId, disconnectedAt, completedAt } = contact;
    if (facts.isTest && !this.#testContacts) {
      this.tests += 1;
    } else if (visits.length === 0 || !canWait(facts)) {
      this.withoutQueue += 1;
    } else {
      if (facts.disconnectedAt === undefined) this.withoutEnd += 1;
      this.#onHistory(
        defined({
          contactId: facts.contactId,
          instanceId: facts.instanceId,
          channel: facts.channel ?? 'VOICE',
          tags: facts.tags?.value ?? {},
          initialContactId: facts.initialContactId,
          previousContactId: facts.previousContactId,
          customerId,
          visits: visits.toSorted((a, b) => a.enqueuedAt - b.enqueuedAt),
          initiatedAt: facts.initiatedAt,
          connectedAt: facts.connectedAt,
          disconnectedAt: disconnectedAt ?? facts.disconnectedAt,
          // Where DISCONNECTED was lost, nobody knows when after-contact work began.
          completedAt: disconnectedAt === undefined ? undefined : completedAt,
          agentId,
        }),
      );
    }
  }
}

function addVisit(visits: OpenContact['visits'], facts: ContactFacts): void {
  const visit = latestVisit(facts);
  if (!visit) return;
  const { enqueuedAt } = visit;
  const queueId = queueStateKey(visit.arn);
  const known = visits.find(
    (one) => one.queueId === queueId && Math.abs(one.enqueuedAt - enqueuedAt) < SAME_VISIT_MS,
  );
  if (!known) visits.push({ queueId, enqueuedAt });
  else if (facts.queue) known.enqueuedAt = enqueuedAt;
}
