import type { QueueLoad } from '../../lambda/domain/condition/condition.ts';
import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import type { RoutingUpdate } from '../../lambda/domain/routing/routing.ts';
import { adopt } from './adopt.ts';
import { hasCapacity } from './agent.ts';
import { instanceArnOf } from './contact-event.ts';
import { ContactLifecycle } from './contact-lifecycle.ts';
import { type DescribedContact, describeContact } from './described-contact.ts';
import type { Contact, ContactState, Queue } from './entities.ts';
import {
  AgentAwayError,
  AgentBusyError,
  ContactStateError,
  DuplicateContactError,
  UnknownContactError,
  UnknownQueueError,
} from './errors.ts';
import { EventPublisher } from './event-publisher.ts';
import { EventQueue } from './event-queue.ts';
import { type CentreOverview, overviewOf } from './overview.ts';
import { queueLoads } from './queue-loads.ts';
import { randomId } from './random-id.ts';
import { RoutingEngine } from './routing-engine.ts';
import { scheduleShifts } from './shifts.ts';
import type { Arrival, CentreOptions, InstanceSpec } from './types.ts';

/**
 * A contact centre on Amazon Connect in virtual time, as a discrete-event simulation: contacts wait in
 * queues, agents handle them, and the centre publishes contact events. The caller passes in time and random
 * numbers, so the same calls with the same numbers give the same results.
 *
 * Each method first runs all scheduled events up to its `now` (milliseconds since the epoch) and then those
 * that it schedules for that moment. A `now` in the past counts as the present. The contact events of a
 * moment are published at the end of the moment; a listener may call the centre.
 */
export class ContactCentre {
  readonly instance: InstanceSpec;
  readonly instanceArn: string;
  readonly #options: CentreOptions;
  readonly #eventQueue = new EventQueue();
  readonly #routingEngine: RoutingEngine;
  readonly #eventPublisher: EventPublisher;
  readonly #lifecycle: ContactLifecycle;

  constructor(options: CentreOptions) {
    this.#options = options;
    this.instance = options.instance;
    this.instanceArn = instanceArnOf(options.instance);
    this.#routingEngine = new RoutingEngine(this.instanceArn, options.queues, options.agents);
    this.#eventPublisher = new EventPublisher(options);
    const dependencies = {
      eventQueue: this.#eventQueue,
      routingEngine: this.#routingEngine,
      eventPublisher: this.#eventPublisher,
    };
    this.#lifecycle = new ContactLifecycle(dependencies, options);
    scheduleShifts(this.#eventQueue, this.#routingEngine);
  }

  /** The current virtual time, in milliseconds since the epoch. */
  get now(): number {
    return this.#eventQueue.now;
  }

  /** The time of the next scheduled event; undefined when there is none. */
  nextEventAt(): number | undefined {
    return this.#eventQueue.nextAt();
  }

  /** Runs the scheduled events up to a moment. */
  advance(now: number): void {
    for (let at = this.nextEventAt(); at !== undefined && at <= now; at = this.nextEventAt()) {
      this.#eventQueue.runAt(at);
      this.#matchAll();
    }
    this.#eventQueue.advanceTo(now);
  }

  /**
   * Calls back at the end of a moment; the callback may call the centre. For a moment in the past, the
   * callback runs during the next method call.
   *
   * @param at - milliseconds since the epoch; a fraction is rounded up.
   * @param action - receives the moment.
   */
  schedule(at: number, action: (now: number) => void): void {
    this.#eventQueue.schedule(Math.max(at, this.#eventQueue.now), () =>
      this.#eventPublisher.defer(() => action(this.#eventQueue.now)),
    );
  }

  /**
   * Adds a contact to its queue.
   *
   * @throws UnknownQueueError, DuplicateContactError
   */
  arrive(now: number, source: Arrival): void {
    this.#actAt(now, () => {
      this.#enqueue(source, this.#queue(source.queueId));
    });
  }

  /**
   * Changes the routing of a waiting contact, as UpdateContactRoutingData does. The change must be valid: not
   * both priority and age, and well-formed criteria.
   *
   * @throws UnknownContactError, ContactStateError
   */
  updateRouting(now: number, contactId: string, change: RoutingUpdate): void {
    this.#actAt(now, () =>
      this.#lifecycle.changeRouting(this.#contactInState(['waiting'], contactId), change),
    );
  }

  /**
   * The contact as DescribeContact returns it.
   *
   * @throws UnknownContactError
   */
  describe(now: number, contactId: string): DescribedContact {
    return this.#actAt(now, () => describeContact(this.#contact(contactId), this.instance.id));
  }

  /** Every contact that the centre still knows, in order of arrival. */
  describeAll(now: number): DescribedContact[] {
    return this.#actAt(now, () =>
      [...this.#lifecycle.contacts.values()].map((contact) => describeContact(contact, this.instance.id)),
    );
  }

  /** True for a contact that waits in its queue, paused or not. */
  isWaiting(now: number, contactId: string): boolean {
    return this.#actAt(now, () => this.#lifecycle.contacts.get(contactId)?.state === 'waiting');
  }

  /**
   * The customer or the agent ends the contact.
   *
   * @throws UnknownContactError, ContactStateError
   */
  disconnect(now: number, contactId: string): void {
    this.#actAt(now, () =>
      this.#lifecycle.disconnect(this.#contactInState(['waiting', 'connected'], contactId)),
    );
  }

  /**
   * Connects a waiting contact to an agent, regardless of rank and criteria.
   *
   * @param agentId - an agent with free capacity, or one that the centre does not know; default: a random
   * unknown agent.
   * @throws UnknownContactError, ContactStateError, AgentAwayError, AgentBusyError
   */
  connect(now: number, contactId: string, agentId = randomId(this.#options.random)): void {
    this.#actAt(now, () => {
      const contact = this.#contactInState(['waiting'], contactId);
      if (contact.isPaused) throw new ContactStateError(contactId, 'paused', 'resumed');
      const agent = this.#routingEngine.agents.get(agentId);
      if (agent?.isAway) throw new AgentAwayError(agentId);
      if (agent && !hasCapacity(agent)) throw new AgentBusyError(agentId, agent.concurrency);
      this.#lifecycle.connect(contact, agent, agentId);
    });
  }

  /**
   * Adds attributes to a contact; new values replace old ones.
   *
   * @throws UnknownContactError, ContactStateError
   */
  setAttributes(now: number, contactId: string, attributes: Readonly<Record<string, string>>): void {
    this.#actAt(now, () =>
      this.#lifecycle.setAttributes(this.#contactInState(['waiting', 'connected'], contactId), attributes),
    );
  }

  /**
   * Transfers a waiting contact to another queue, as a flow does. The result is a new contact with a new
   * enqueue time and the routing of the old one; its criteria start at the first step.
   *
   * @returns the id of the new contact.
   * @throws UnknownContactError, ContactStateError, UnknownQueueError
   */
  transfer(now: number, contactId: string, queueId: string): string {
    return this.#actAt(now, () => {
      const old = this.#contactInState(['waiting'], contactId);
      const queue = this.#queue(queueId);
      const { priority, ageSeconds, criteriaProgress } = old.described;
      const leavesAt = old.timers.patience?.value.at ?? Number.POSITIVE_INFINITY;
      this.#lifecycle.disconnect(old, 'transferred');
      const { enqueuedAt: _enqueuedAt, ...same } = old.source;
      const source = {
        ...same,
        contactId: randomId(this.#options.random),
        initialContactId: old.source.initialContactId ?? contactId,
        previousContactId: contactId,
        initiationMethod: 'QUEUE_TRANSFER',
        queueId,
        attributes: old.attributes,
        routing: { priority, ageSeconds, criteria: criteriaProgress?.criteria },
        patienceMs: leavesAt - this.#eventQueue.now,
      };
      this.#enqueue(source, queue);
      return source.contactId;
    });
  }

  /**
   * Pauses a task, which keeps its enqueue time.
   *
   * @throws UnknownContactError, ContactStateError
   */
  pause(now: number, contactId: string): void {
    this.#actAt(now, () => {
      const contact = this.#task(contactId);
      if (contact.isPaused) throw new ContactStateError(contactId, 'paused', 'resumed');
      this.#lifecycle.pause(contact);
    });
  }

  /**
   * Ends the pause of a task.
   *
   * @throws UnknownContactError, ContactStateError
   */
  resume(now: number, contactId: string): void {
    this.#actAt(now, () => {
      const contact = this.#task(contactId);
      if (!contact.isPaused) throw new ContactStateError(contactId, 'not paused', 'paused');
      this.#lifecycle.resume(contact);
    });
  }

  /**
   * Applies the facts of a contact event from another source. An unknown contact that is queued starts to
   * wait (its queue is created if necessary); a known contact is connected, disconnected, paused or resumed.
   * The centre publishes no event for it. Facts of another instance are ignored.
   */
  adopt(now: number, facts: ContactFacts): void {
    if (facts.instanceId !== this.instance.id) return;
    this.#actAt(now, () =>
      adopt(facts, this.#lifecycle, this.#routingEngine, {
        now: this.#eventQueue.now,
        handlingMs: this.#options.adoptedHandlingMs ?? 180_000,
      }),
    );
  }

  /** The waiting contacts of each queue and the contacts of each agent. */
  overview(now: number): CentreOverview {
    return this.#actAt(now, () => overviewOf(this.#routingEngine, this.#lifecycle));
  }

  /** The load of each queue by its id, see {@link queueLoads}. */
  queueLoads(now: number, channel?: string): ReadonlyMap<string, Required<QueueLoad>> {
    return this.#actAt(now, () =>
      queueLoads(this.#routingEngine, this.#lifecycle, channel, this.#eventQueue.now),
    );
  }

  #actAt<T>(now: number, action: () => T): T {
    this.advance(now);
    const result = action();
    this.#matchAll();
    this.advance(this.#eventQueue.now);
    return result;
  }

  #matchAll(): void {
    this.#routingEngine.matchAll(this.#eventQueue.now, (contact, agent) =>
      this.#lifecycle.offer(contact, agent),
    );
    this.#eventPublisher.flush();
  }

  #enqueue(source: Arrival, queue: Queue): void {
    if (this.#lifecycle.contacts.has(source.contactId)) throw new DuplicateContactError(source.contactId);
    const { now } = this.#eventQueue;
    const enqueuedAt = Math.min(now, source.enqueuedAt ?? now);
    this.#lifecycle.enqueue({ source: withDefaultSubtype(source), queue, initiatedAt: now, enqueuedAt });
  }

  #queue(id: string): Queue {
    const queue = this.#routingEngine.queues.get(id);
    if (!queue) throw new UnknownQueueError(id, this.#routingEngine.queues.keys());
    return queue;
  }

  #contact(id: string): Contact {
    const contact = this.#lifecycle.contacts.get(id);
    if (!contact) throw new UnknownContactError(id);
    return contact;
  }

  #contactInState(states: readonly ContactState[], id: string): Contact {
    const contact = this.#contact(id);
    if (!states.includes(contact.state)) throw new ContactStateError(id, contact.state, states.join(' or '));
    return contact;
  }

  #task(id: string): Contact {
    const contact = this.#contactInState(['waiting', 'connected'], id);
    const { channel } = contact.source;
    if (channel !== 'TASK') throw new ContactStateError(id, `of channel ${channel}`, 'a task to be paused');
    return contact;
  }
}

const SUBTYPES: Readonly<Record<string, string>> = {
  VOICE: 'connect:Telephony',
  CHAT: 'connect:Chat',
  TASK: 'connect:Task',
  EMAIL: 'connect:Email',
};

function withDefaultSubtype(source: Arrival): Arrival {
  const subtype = SUBTYPES[source.channel];
  if (source.segmentAttributes || subtype === undefined) return source;
  return { ...source, segmentAttributes: { 'connect:Subtype': subtype } };
}
