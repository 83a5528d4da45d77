import { mergeEvent, mergePredecessor } from '../../lambda/domain/contact/merge.ts';
import type { ContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import { emptyRecord } from '../../lambda/domain/contact/record.ts';
import { without } from '../../lambda/domain/json.ts';
import { applyPlan } from '../../lambda/domain/reconcile/apply-plan.ts';
import { type PlanContext, plan } from '../../lambda/domain/reconcile/plan.ts';
import { timerFor } from '../../lambda/domain/reconcile/schedule.ts';
import { Dispatcher } from './dispatcher.ts';
import { Fifo } from './fifo.ts';
import { type CentrePort, type EscalationOptions, LATENCY_MS } from './options.ts';
import type { TrackedContact } from './tracked-contact.ts';

/** What an event tells, on its way to the system. */
interface PendingEvent {
  readonly contact: TrackedContact;
  readonly kind: 'queued' | 'left' | 'over';
  readonly deliverAt: number;
}

/**
 * This system around a centre in virtual time: events of contacts in, paced calls out, by the same functions of the
 * domain that the handlers use, and in their order. It leaves out what costs time and has no effect here: the table,
 * the queues, doubled and lost messages. A differential test holds that it does what the handlers do.
 *
 * Contacts that are paused, attributes that change, and rule messages are not played.
 *
 *     const escalation = new EscalationModel(options);
 *     const centre = new ContactCentre({ ..., onEvent: (event) => escalation.take(event) });
 *     escalation.surround(centre);
 */
export class EscalationModel {
  readonly #options: EscalationOptions;
  readonly #contacts = new Map<string, TrackedContact>();
  readonly #pendingEvents = new Fifo<PendingEvent>();
  #centre!: CentrePort;
  #dispatcher!: Dispatcher;
  #context!: PlanContext;

  constructor(options: EscalationOptions) {
    this.#options = options;
  }

  /** To be called once, before the centre lives. */
  attach(centre: CentrePort): void {
    const { policies, settings, listener } = this.#options;
    const { id, region } = centre.instance;
    const { instances: _served, ...rest } = settings;
    this.#centre = centre;
    this.#context = { policies, settings: rest, region, instances: [id] };
    this.#dispatcher = new Dispatcher(centre, rest, listener, (contact, now) =>
      this.#reconcile(contact, now),
    );
  }

  /** The policy that had a waiting or handled contact's routing changed; undefined where none did. */
  escalatedBy(contactId: string): string | undefined {
    const contact = this.#contacts.get(contactId);
    return contact && contact.updateCount > 0 ? contact.record.decision?.policy : undefined;
  }

  /** Takes an event of the centre, at its moment; the system learns of it later. */
  handleEvent({ eventType, facts }: ContactEvent): void {
    const { contactId, instanceId, previousContactId } = facts;
    const { now } = this.#centre;
    if (eventType === 'QUEUED') {
      let record = mergeEvent(emptyRecord({ instanceId, contactId }), facts);
      if (previousContactId !== undefined) {
        record = mergePredecessor(record, this.#contacts.get(previousContactId)?.record);
      }
      const contact = { record, isGone: false, isInFlight: false, updateCount: 0 };
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
        // Nothing comes of who left in the moment of coming: that news comes before anything could be done.
        if (contact.leftAt === undefined || contact.leftAt + LATENCY_MS.event > now)
          this.#reconcile(contact, now);
        break;
      case 'left':
        contact.isGone = true;
        this.#dispatcher.enqueue(contact, now);
        break;
      case 'over':
        this.#contacts.delete(contact.record.contactId);
        break;
    }
  }

  /** What reconciling does (lambda/flow/reconcile.ts). */
  #reconcile(contact: TrackedContact, now: number): void {
    if (contact.isGone) return;
    const { record } = contact;
    const looked = applyPlan(record, plan(record, this.#context, now), this.#context.settings, now);
    const timer = timerFor(looked, now);
    if (!contact.isGoverned && looked.decision?.policy !== undefined) {
      contact.isGoverned = true;
      this.#options.listener.onGoverned?.();
    }
    contact.record = timer ? { ...looked, timerAt: timer.firesAt } : looked;
    if (timer) {
      this.#centre.schedule(timer.firesAt + LATENCY_MS.wake, (at) =>
        this.#onTimer(contact, timer.firesAt, at),
      );
    }
    this.#dispatcher.enqueue(contact, now);
  }

  #onTimer(contact: TrackedContact, rangAt: number, now: number): void {
    const { record } = contact;
    if (rangAt >= (record.timerAt ?? Number.POSITIVE_INFINITY)) contact.record = without(record, 'timerAt');
    this.#reconcile(contact, now);
  }
}
