import type { ContactEvent } from '../../lambda/domain/contact-event.ts';
import { foldFacts, foldPredecessor } from '../../lambda/domain/fold.ts';
import { without } from '../../lambda/domain/json.ts';
import { type PlanContext, plan } from '../../lambda/domain/plan.ts';
import { reconciled } from '../../lambda/domain/reconciled.ts';
import { emptyRecord } from '../../lambda/domain/record.ts';
import { timerFor } from '../../lambda/domain/timer.ts';
import { Dispatcher } from './dispatcher.ts';
import { Fifo } from './fifo.ts';
import type { KnownContact } from './known-contact.ts';
import { type EscalatedCentre, type EscalationOptions, LATENCY_MS } from './options.ts';

/** What an event tells, on its way to the system. */
interface News {
  readonly contact: KnownContact;
  readonly kind: 'queued' | 'left' | 'over';
  readonly arrivesAt: number;
}

/**
 * This system around a centre in virtual time: events of contacts in, paced calls out, by the same functions of the
 * domain that the handlers use, and in their order. It leaves out what costs time and has no effect here: the table,
 * the queues, doubled and lost messages. A differential test holds that it does what the handlers do.
 *
 * Contacts that are paused, attributes that change, and rule messages are not played.
 *
 *     const escalation = new Escalation(options);
 *     const centre = new ContactCentre({ ..., onEvent: (event) => escalation.take(event) });
 *     escalation.surround(centre);
 */
export class Escalation {
  readonly #options: EscalationOptions;
  readonly #contacts = new Map<string, KnownContact>();
  readonly #news = new Fifo<News>();
  #centre!: EscalatedCentre;
  #dispatcher!: Dispatcher;
  #context!: PlanContext;

  constructor(options: EscalationOptions) {
    this.#options = options;
  }

  /** To be called once, before the centre lives. */
  surround(centre: EscalatedCentre): void {
    const { policies, settings, listener } = this.#options;
    const { id, region } = centre.instance;
    const { instances: _served, ...rest } = settings;
    this.#centre = centre;
    this.#context = { policies, settings: rest, region, instances: [id] };
    this.#dispatcher = new Dispatcher(centre, rest, listener, (contact, now) => this.#look(contact, now));
  }

  /** The policy that had a waiting or handled contact's routing changed; undefined where none did. */
  escalatedBy(contactId: string): string | undefined {
    const contact = this.#contacts.get(contactId);
    return contact && contact.calls > 0 ? contact.record.decision?.policy : undefined;
  }

  /** Takes an event of the centre, at its moment; the system learns of it later. */
  take({ eventType, facts }: ContactEvent): void {
    const { contactId, instanceId, previousContactId } = facts;
    const { now } = this.#centre;
    if (eventType === 'QUEUED') {
      let record = foldFacts(emptyRecord({ instanceId, contactId }), facts);
      if (previousContactId !== undefined) {
        record = foldPredecessor(record, this.#contacts.get(previousContactId)?.record);
      }
      const contact = { record, isGone: false, isAttended: false, calls: 0 };
      this.#contacts.set(contactId, contact);
      this.#tell(contact, 'queued', now);
      return;
    }
    const contact = this.#contacts.get(contactId);
    if (!contact) return;
    if (eventType === 'COMPLETED') this.#tell(contact, 'over', now);
    else if (eventType === 'CONNECTED_TO_AGENT' || eventType === 'DISCONNECTED') {
      if (contact.leftAt !== undefined) return;
      contact.leftAt = now;
      this.#tell(contact, 'left', now);
    }
  }

  #tell(contact: KnownContact, kind: News['kind'], now: number): void {
    const isFirst = this.#news.peek() === undefined;
    this.#news.push({ contact, kind, arrivesAt: now + LATENCY_MS.event });
    if (isFirst) this.#awaitNews();
  }

  #awaitNews(): void {
    const next = this.#news.peek();
    if (next) this.#centre.schedule(next.arrivesAt, (now) => this.#hear(now));
  }

  #hear(now: number): void {
    for (let next = this.#news.peek(); next && next.arrivesAt <= now; next = this.#news.peek()) {
      this.#news.shift();
      this.#learn(next, now);
    }
    this.#awaitNews();
  }

  #learn({ contact, kind }: News, now: number): void {
    switch (kind) {
      case 'queued':
        // Nothing comes of who left in the moment of coming: that news comes before anything could be done.
        if (contact.leftAt === undefined || contact.leftAt + LATENCY_MS.event > now) this.#look(contact, now);
        break;
      case 'left':
        contact.isGone = true;
        this.#dispatcher.enlist(contact, now);
        break;
      case 'over':
        this.#contacts.delete(contact.record.contactId);
        break;
    }
  }

  /** What reconciling does (lambda/flow/reconcile.ts). */
  #look(contact: KnownContact, now: number): void {
    if (contact.isGone) return;
    const { record } = contact;
    const looked = reconciled(record, plan(record, this.#context, now), this.#context.settings, now);
    const timer = timerFor(looked, now);
    if (!contact.isGoverned && looked.decision?.policy !== undefined) {
      contact.isGoverned = true;
      this.#options.listener.governed?.();
    }
    contact.record = timer ? { ...looked, timerAt: timer.ringsAt } : looked;
    if (timer) {
      this.#centre.schedule(timer.ringsAt + LATENCY_MS.wake, (at) => this.#ring(contact, timer.ringsAt, at));
    }
    this.#dispatcher.enlist(contact, now);
  }

  #ring(contact: KnownContact, rangAt: number, now: number): void {
    const { record } = contact;
    if (rangAt >= (record.timerAt ?? Number.POSITIVE_INFINITY)) contact.record = without(record, 'timerAt');
    this.#look(contact, now);
  }
}
