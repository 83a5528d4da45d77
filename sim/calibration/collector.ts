import type { RecordedInput } from '../replay/recording-entry.ts';
import { AgentTimes, type SeenAgent } from './agent-times.ts';
import { ContactHistories, type ContactHistory } from './contact-histories.ts';
import { type StreamKey, StreamSample } from './stream-sample.ts';

export interface CollectorOptions {
  /** The time zone of half hours and weekdays. */
  readonly timezone: string;
  /** The tags whose values name the tier. */
  readonly tierTags: readonly string[];
  readonly testContacts: boolean;
}

/** What a recording says of a contact centre, before anything is fitted. Times are milliseconds since the epoch. */
export interface Collected {
  readonly startsAt: number;
  readonly endsAt: number;
  /** The streams with the most contacts first. */
  readonly streams: readonly StreamSample[];
  readonly agents: readonly SeenAgent[];
  readonly afterContactWork: AgentTimes['afterContactWork'];
  /** Whether events say who calls again. */
  readonly knowsCustomers: boolean;
  readonly contacts: number;
  readonly withoutQueue: number;
  readonly withoutEnd: number;
  readonly tests: number;
  /** Contacts that flows moved to another queue while they waited. */
  readonly moved: number;
}

/** Who calls again does so within this time: later, it is another matter. */
const REDIAL_WITHIN_MS = 4 * 3_600_000;

interface Former {
  readonly stream: StreamSample;
  readonly endedAt: number;
}

/** Collects the contacts of a recording by stream, and when their agents were at work. */
export class Collector {
  readonly #options: CollectorOptions;
  readonly #histories: ContactHistories;
  readonly #streams = new Map<string, StreamSample>();
  readonly #agents: AgentTimes;
  /** Contacts that were answered, by id: one may follow that was transferred. */
  readonly #answered = new Map<string, Former>();
  /** The latest contact that was abandoned, by what names its customer. */
  readonly #abandoned = new Map<string, Former>();
  #startsAt = Number.POSITIVE_INFINITY;
  #endsAt = Number.NEGATIVE_INFINITY;
  #forgotAt = Number.NEGATIVE_INFINITY;
  #knowsCustomers = false;
  #contacts = 0;
  #moved = 0;

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.#agents = new AgentTimes(options.timezone);
    this.#histories = new ContactHistories(options.testContacts, (history) => this.#addHistory(history));
  }

  /** Adds an input; they come nearly in order of time. Rule messages say nothing of the centre. */
  add(recorded: RecordedInput): void {
    if (recorded.kind !== 'event') return;
    this.#startsAt = Math.min(this.#startsAt, recorded.at);
    this.#endsAt = Math.max(this.#endsAt, recorded.at);
    this.#histories.add(recorded);
  }

  /** Call it after the last input. */
  end(): Collected {
    this.#histories.end();
    const { withoutQueue, withoutEnd, tests } = this.#histories;
    return {
      startsAt: this.#startsAt,
      endsAt: this.#endsAt,
      streams: [...this.#streams.values()].sort((a, b) => b.contacts - a.contacts),
      agents: this.#agents.end(),
      afterContactWork: this.#agents.afterContactWork,
      knowsCustomers: this.#knowsCustomers,
      contacts: this.#contacts,
      withoutQueue,
      withoutEnd,
      tests,
      moved: this.#moved,
    };
  }

  #addHistory(history: ContactHistory): void {
    const [visit] = history.visits;
    if (!visit) return;
    this.#contacts += 1;
    if (history.visits.length > 1) this.#moved += 1;
    this.#addToAgent(history);
    const from = this.#transferredFrom(history);
    if (from) {
      from.stream.addTransfer(visit.queueId, history);
      return;
    }
    const stream = this.#streamOf({
      tier: this.#options.tierTags.map((name) => history.tags[name]),
      queueId: visit.queueId,
      channel: history.channel,
    });
    stream.addContact(history);
    const customers = customersOf(history);
    if (!this.#addRedial(customers, visit.enqueuedAt))
      stream.addArrival(this.#options.timezone, visit.enqueuedAt);
    this.#remember(history, stream, customers);
  }

  #addToAgent(history: ContactHistory): void {
    const { agentId, channel, initiatedAt = 0, connectedAt, disconnectedAt, completedAt } = history;
    const last = history.visits.at(-1);
    if (agentId === undefined || connectedAt === undefined || disconnectedAt === undefined || !last) return;
    const { queueId, enqueuedAt } = last;
    this.#agents.add({
      agentId,
      queueId,
      channel,
      enqueuedAt: Math.max(enqueuedAt, initiatedAt),
      connectedAt,
      disconnectedAt,
      ...(completedAt !== undefined && { completedAt }),
    });
  }

  /** The contact before a transfer, where an agent answered it; a contact that is queued again by a flow has none. */
  #transferredFrom({ previousContactId, visits }: ContactHistory): Former | undefined {
    const from = previousContactId === undefined ? undefined : this.#answered.get(previousContactId);
    return from && from.stream.queueId !== visits[0]?.queueId ? from : undefined;
  }

  /** @returns whether the customer calls again. */
  #addRedial(customers: readonly string[], at: number): boolean {
    for (const customer of customers) {
      const before = this.#abandoned.get(customer);
      if (!before || at <= before.endedAt || at - before.endedAt > REDIAL_WITHIN_MS) continue;
      before.stream.redialSeconds.add((at - before.endedAt) / 1_000);
      for (const name of customers) this.#abandoned.delete(name);
      return true;
    }
    return false;
  }

  #remember(history: ContactHistory, stream: StreamSample, customers: readonly string[]): void {
    const { contactId, initialContactId, previousContactId, customerId } = history;
    const { connectedAt, disconnectedAt, visits } = history;
    const isFirst = initialContactId === undefined || initialContactId === contactId;
    if (customerId !== undefined || (!isFirst && previousContactId === undefined))
      this.#knowsCustomers = true;
    if (disconnectedAt === undefined) return;
    this.#forget(disconnectedAt);
    const former = { stream, endedAt: disconnectedAt };
    if (connectedAt !== undefined) {
      this.#answered.set(contactId, former);
    } else if (visits.length === 1) {
      stream.abandoned += 1;
      for (const customer of customers) this.#abandoned.set(customer, former);
    }
  }

  /** Forgets contacts that ended long ago: no redial and no transfer can follow any more. */
  #forget(now: number): void {
    if (now - this.#forgotAt < REDIAL_WITHIN_MS / 4) return;
    this.#forgotAt = now;
    for (const former of [this.#answered, this.#abandoned]) {
      for (const [name, { endedAt }] of former) if (now - endedAt > 2 * REDIAL_WITHIN_MS) former.delete(name);
    }
  }

  #streamOf(key: StreamKey): StreamSample {
    const name = JSON.stringify([key.tier, key.queueId, key.channel]);
    const stream = this.#streams.get(name) ?? new StreamSample(key);
    this.#streams.set(name, stream);
    return stream;
  }
}

/** What names the customer: the id that a flow has set, and the first contact of the chain. */
function customersOf({ customerId, initialContactId, contactId }: ContactHistory): string[] {
  const chain = `contact ${initialContactId ?? contactId}`;
  return customerId === undefined ? [chain] : [chain, `customer ${customerId}`];
}
