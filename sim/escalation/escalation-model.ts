import { arnId } from '../../lambda/domain/arn.ts';
import { mergeEvent, mergePredecessor } from '../../lambda/domain/contact/merge.ts';
import type { ContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import { type ContactRecord, emptyRecord, type Signal } from '../../lambda/domain/contact/record.ts';
import {
  POLL_INTERVAL_SECONDS,
  QUEUE_STATE_PROPAGATION_SECONDS,
} from '../../lambda/domain/deployment-constants.ts';
import { defined, without } from '../../lambda/domain/json.ts';
import { applyMessage } from '../../lambda/domain/messages/apply-message.ts';
import type { ContactMessage } from '../../lambda/domain/messages/rule-message.ts';
import {
  type QueueState,
  queueStateKey,
  withQueueState,
  withSignal,
} from '../../lambda/domain/queue/queue-state.ts';
import { applyPlan } from '../../lambda/domain/reconcile/apply-plan.ts';
import { type PlanContext, plan } from '../../lambda/domain/reconcile/plan.ts';
import { timerFor } from '../../lambda/domain/reconcile/schedule.ts';
import { RECONCILES_PER_SECOND } from '../../lambda/flow/wake-up.ts';
import { Dispatcher } from './dispatcher.ts';
import { Fifo } from './fifo.ts';
import { type CentrePort, type EscalationOptions, LATENCY_MS } from './options.ts';
import { QueueConditions } from './queue-conditions.ts';
import type { TrackedContact } from './tracked-contact.ts';

/** What escalated a contact that an override changed and that no policy governs. */
const BY_OPERATOR = 'an override';

/** A rule message about a contact, without the contact. */
type SentMessage = OmitFromEach<
  Extract<ContactMessage, { readonly type: 'signal' | 'override' | 'release' }>,
  'instanceId' | 'contactId'
>;

type OmitFromEach<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** The content of a contact event, on its way to the system. */
interface PendingEvent {
  readonly contact: TrackedContact;
  readonly kind: 'queued' | 'left' | 'over';
  readonly deliverAt: number;
}

/**
 * A model of this system for a centre in virtual time: it receives contact events and sends updates, with the
 * domain functions of the handlers in the same order. It leaves out the table, the queues, and duplicated and
 * lost messages, which take time and change no result. test/sim/escalation/differential.test.ts checks that
 * it makes the changes that the handlers make.
 *
 * It does not model pauses of contacts or changes of attributes.
 *
 *     const model = new EscalationModel(options);
 *     const centre = new ContactCentre({ ..., onEvent: (event) => model.handleEvent(event) });
 *     model.attach(centre);
 */
export class EscalationModel {
  readonly #options: EscalationOptions;
  readonly #contacts = new Map<string, TrackedContact>();
  readonly #pendingEvents = new Fifo<PendingEvent>();
  #centre!: CentrePort;
  #dispatcher!: Dispatcher;
  #context!: PlanContext;
  #hasTargets = false;
  #isPaused = false;
  /** Undefined where policies name no condition. */
  #conditions: QueueConditions | undefined;
  /** The signals that were sent to queues with a `ttl`, by the key of the queue. */
  readonly #queueSignals = new Map<string, QueueState['signals']>();
  /** The contacts that wait in each queue, by its key, where conditions or signals of queues need them. */
  readonly #waiting = new Map<string, Set<TrackedContact>>();

  constructor(options: EscalationOptions) {
    this.#options = options;
  }

  /**
   * Connects the model to a centre. Call it once, before the first event.
   *
   * @param startsAt - when the load of the queues is read first, in milliseconds since the epoch, if policies name
   *   conditions. Default: now.
   */
  attach(centre: CentrePort, startsAt = centre.now): void {
    const { policies, settings, conditions = [], listener } = this.#options;
    const { id, region } = centre.instance;
    const { instances: _instances, ...settingsForAll } = settings;
    this.#centre = centre;
    this.#context = { policies, settings: settingsForAll, region, instances: [id] };
    this.#dispatcher = new Dispatcher(centre, settingsForAll, listener, (contact, now) =>
      this.#reconcile(contact, now),
    );
    this.#hasTargets = policies.policies.some(
      ({ mode, target }) => mode === 'enforce' && target !== undefined,
    );
    // Nothing is polled while the kill switch is on.
    if (conditions.length === 0 || settings.pause) return;
    this.#conditions = new QueueConditions(conditions, centre);
    centre.schedule(startsAt, (now) => this.#poll(now));
  }

  /** What changed the routing of a contact, until the contact ends: a policy, or an operator; undefined if none did. */
  escalatedBy(contactId: string): string | undefined {
    const contact = this.#contacts.get(contactId);
    if (!contact || contact.updateCount === 0) return undefined;
    return contact.record.decision?.policy ?? BY_OPERATOR;
  }

  /**
   * The policy that governs a contact, and when the contact is due by its target; undefined without a target. What left
   * before the system decided is decided now.
   */
  targetOf(contactId: string): { readonly policy: string; readonly dueAt: number } | undefined {
    const contact = this.#hasTargets ? this.#contacts.get(contactId) : undefined;
    if (!contact) return undefined;
    const { now } = this.#centre;
    const { policy, target } = plan(this.#withConditions(contact.record, now), this.#context, now);
    return policy === undefined || !target ? undefined : { policy, dueAt: target.dueAt };
  }

  /** The contacts that wait, in order of arrival. */
  *waitingContacts(): Generator<{ readonly contactId: string; readonly queueId: string }, void> {
    for (const { leftAt, record } of this.#contacts.values()) {
      const queueArn = record.facts?.queue?.arn;
      if (leftAt === undefined && queueArn !== undefined)
        yield { contactId: record.contactId, queueId: queueStateKey(queueArn) };
    }
  }

  /** Receives a rule message about a contact when it is sent. The model reacts to it after the latency of an event. */
  handleMessage(contactId: string, message: SentMessage): void {
    this.#centre.schedule(this.#centre.now + LATENCY_MS.event, (now) => {
      const contact = this.#contacts.get(contactId);
      if (!contact || contact.isGone) return;
      const { instanceId } = contact.record;
      contact.record = applyMessage(contact.record, { ...message, instanceId, contactId }, now);
      this.#reconcile(contact, now);
    });
  }

  /** Receives a signal for a queue, likewise: those who wait there have it, and those who enter before `until`. */
  handleQueueSignal(queueId: string, name: string, signal: Signal & { readonly until: number }): void {
    this.#centre.schedule(this.#centre.now + LATENCY_MS.event, (now) => {
      const state = withSignal({ signals: this.#queueSignals.get(queueId) ?? {} }, name, signal, now);
      this.#queueSignals.set(queueId, state.signals);
      for (const contact of this.#waiting.get(queueId) ?? [])
        this.#centre.schedule(now + LATENCY_MS.wake, (at) => this.#reconcile(contact, at));
    });
  }

  /** Turns the kill switch on or off: while it is on, the model decides and calls nothing. */
  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#dispatcher.setPaused(isPaused, this.#centre.now);
  }

  /** Receives a contact event when it happens. The model reacts to it after the event latency. */
  handleEvent({ eventType, facts }: ContactEvent): void {
    const { contactId, instanceId, previousContactId } = facts;
    const { now } = this.#centre;
    if (eventType === 'QUEUED') {
      let record = mergeEvent(emptyRecord({ instanceId, contactId }), facts);
      if (previousContactId !== undefined) {
        record = mergePredecessor(record, this.#contacts.get(previousContactId)?.record, now);
      }
      if (this.#options.policies.namesQueues && facts.queue) record = named(record, facts.queue.arn);
      const enqueuedAt = facts.queue?.enqueuedAt ?? now;
      const contact = { record, enqueuedAt, isGone: false, isInFlight: false, updateCount: 0 };
      this.#contacts.set(contactId, contact);
      this.#deliverLater(contact, 'queued', now);
      return;
    }
    const contact = this.#contacts.get(contactId);
    if (!contact) return;
    if (eventType === 'COMPLETED') this.#deliverLater(contact, 'over', now);
    else if (eventType === 'CONNECTED_TO_AGENT' || eventType === 'DISCONNECTED') {
      if (contact.leftAt !== undefined) return;
      contact.leftAt = now;
      this.#deliverLater(contact, 'left', now);
    }
  }

  #deliverLater(contact: TrackedContact, kind: PendingEvent['kind'], now: number): void {
    const isFirst = this.#pendingEvents.peek() === undefined;
    this.#pendingEvents.push({ contact, kind, deliverAt: now + LATENCY_MS.event });
    if (isFirst) this.#scheduleDelivery();
  }

  #scheduleDelivery(): void {
    const next = this.#pendingEvents.peek();
    if (next) this.#centre.schedule(next.deliverAt, (now) => this.#deliver(now));
  }

  #deliver(now: number): void {
    for (
      let next = this.#pendingEvents.peek();
      next && next.deliverAt <= now;
      next = this.#pendingEvents.peek()
    ) {
      this.#pendingEvents.shift();
      this.#apply(next, now);
    }
    this.#scheduleDelivery();
  }

  #apply({ contact, kind }: PendingEvent, now: number): void {
    switch (kind) {
      case 'queued':
        // A contact that left at once is not reconciled: the event of its end arrives before anything can be
        // done.
        if (contact.leftAt === undefined || contact.leftAt + LATENCY_MS.event > now) {
          this.#waitingWith(contact)?.add(contact);
          this.#reconcile(contact, now);
        }
        break;
      case 'left':
        contact.isGone = true;
        this.#waitingWith(contact)?.delete(contact);
        this.#dispatcher.enqueue(contact, now);
        break;
      case 'over':
        this.#contacts.delete(contact.record.contactId);
        break;
    }
  }

  /** Reconciles a contact, as lambda/flow/reconcile.ts does. */
  #reconcile(contact: TrackedContact, now: number): void {
    if (contact.isGone) return;
    const record = this.#withConditions(contact.record, now);
    const updated = applyPlan(record, plan(record, this.#context, now), this.#context.settings, now);
    const timer = timerFor(updated, now);
    if (!contact.isGoverned && updated.decision?.policy !== undefined) {
      contact.isGoverned = true;
      this.#options.listener.onGoverned?.();
    }
    contact.record = timer ? { ...updated, timerAt: timer.firesAt } : updated;
    if (timer) {
      this.#centre.schedule(timer.firesAt + LATENCY_MS.wake, (at) =>
        this.#onTimer(contact, timer.firesAt, at),
      );
    }
    this.#dispatcher.enqueue(contact, now);
  }

  #onTimer(contact: TrackedContact, firesAt: number, now: number): void {
    const { record } = contact;
    if (firesAt >= (record.timerAt ?? Number.POSITIVE_INFINITY)) contact.record = without(record, 'timerAt');
    this.#reconcile(contact, now);
  }

  /** The contacts that wait in the queue of a contact; undefined where no condition needs them. */
  #waitingWith({ record }: TrackedContact): Set<TrackedContact> | undefined {
    const queueArn = record.facts?.queue?.arn;
    const isNeeded = this.#conditions !== undefined || this.#options.hasQueueSignals;
    if (!isNeeded || queueArn === undefined) return undefined;
    const key = queueStateKey(queueArn);
    const waiting = this.#waiting.get(key) ?? new Set();
    this.#waiting.set(key, waiting);
    return waiting;
  }

  #withConditions(record: ContactRecord, now: number): ContactRecord {
    const queueArn = record.facts?.queue?.arn;
    const isNeeded = this.#conditions !== undefined || this.#queueSignals.size > 0;
    if (!isNeeded || queueArn === undefined) return record;
    const key = queueStateKey(queueArn);
    const signals = this.#queueSignals.get(key) ?? {};
    const conditions = this.#conditions?.heldIn(key) ?? {};
    return withQueueState(record, queueArn, { signals, conditions }, now);
  }

  /** Reads the load of the queues, as lambda/flow/poll-queues.ts does. */
  #poll(now: number): void {
    const { listener } = this.#options;
    // Nothing is polled while the kill switch is on.
    const changed = this.#isPaused
      ? []
      : this.#conditions?.poll(this.#waiting, now, (name, begins) => listener.onCondition?.(name, begins));
    for (const key of changed ?? []) {
      const lookAt = now + QUEUE_STATE_PROPAGATION_SECONDS * 1_000;
      this.#centre.schedule(lookAt, (at) => this.#reconcileQueue(key, at));
    }
    this.#centre.schedule(now + POLL_INTERVAL_SECONDS * 1_000, (at) => this.#poll(at));
  }

  /** Has the contacts of a queue reconciled, as many a second as a fan-out does at first. */
  #reconcileQueue(key: string, now: number): void {
    for (const [index, contact] of [...(this.#waiting.get(key) ?? [])].entries()) {
      const delayMs = Math.floor(index / RECONCILES_PER_SECOND) * 1_000;
      this.#centre.schedule(now + delayMs + LATENCY_MS.wake, (at) => this.#reconcile(contact, at));
    }
  }
}

/** The record with the name of its queue: in a scenario, the id of a queue is its name. The system knows it in time. */
function named(record: ContactRecord, queueArn: string): ContactRecord {
  return { ...record, queueName: defined({ queueArn, value: arnId(queueArn, 'queue') }) };
}
