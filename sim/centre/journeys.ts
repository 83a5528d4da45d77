import type { AgeAdjustment, RoutingUpdate } from '../../lambda/domain/routing.ts';
import type { Agent } from './agent.ts';
import type { Calendar } from './calendar.ts';
import { type Beginning, type Contact, newContact, type RoutingState } from './contact.ts';
import { activate, endStep, expireStep, newRun, nextExpiryAt } from './criteria-run.ts';
import type { ContactEventType, Telling } from './events.ts';
import type { Floor } from './floor.ts';
import type { Reporter } from './reporter.ts';
import type { CentreOptions, FinishedContact } from './types.ts';

/** Where time, space and news come from. */
export interface Surroundings {
  readonly calendar: Calendar;
  readonly floor: Floor;
  readonly reporter: Reporter;
}

/** What happens to contacts, from the queue to the end. What a contact is not in a state for is not called. */
export class Journeys {
  readonly contacts = new Map<string, Contact>();
  readonly #calendar: Calendar;
  readonly #floor: Floor;
  readonly #reporter: Reporter;
  readonly #routingLagMs: number;
  readonly #ageAdjustment: AgeAdjustment;
  readonly #afterContactWorkMs: number;
  readonly #keepFinishedMs: number;
  #begun = 0;

  constructor({ calendar, floor, reporter }: Surroundings, options: CentreOptions) {
    this.#calendar = calendar;
    this.#floor = floor;
    this.#reporter = reporter;
    this.#routingLagMs = options.routingLagMs ?? 60_000;
    this.#ageAdjustment = options.ageAdjustment ?? 'absolute';
    this.#afterContactWorkMs = options.afterContactWorkMs ?? 10_000;
    this.#keepFinishedMs = options.keepFinishedMs ?? 60_000;
  }

  /** @param isTold - true where an event from outside told of it, so that none is published. */
  begin(beginning: Omit<Beginning, 'order'>, isTold = false): Contact {
    this.#begun += 1;
    const contact = newContact({ ...beginning, order: this.#begun }, this.#calendar.now);
    const { contactId, patienceMs } = contact.source;
    this.contacts.set(contactId, contact);
    if (!isTold) {
      this.#tell('INITIATED', contact);
      this.#tell('QUEUED', contact);
    }
    if (Number.isFinite(patienceMs)) {
      contact.timers.patience = this.#calendar.book(contact.enqueuedAt + patienceMs, () =>
        this.disconnect(contact),
      );
    }
    this.#awaitExpiry(contact);
    this.#place(contact);
    return contact;
  }

  /** Sets the routing of a waiting contact: it is described so at once, and in force after the lag. */
  change(contact: Contact, update: RoutingUpdate): void {
    const { described } = contact;
    const { QueuePriority, QueueTimeAdjustmentSeconds, RoutingCriteria } = update;
    const change: Partial<RoutingState> = {};
    if (QueuePriority !== undefined) change.priority = QueuePriority;
    if (QueueTimeAdjustmentSeconds !== undefined) {
      const base = this.#ageAdjustment === 'incremental' ? described.ageSeconds : 0;
      change.ageSeconds = base + QueueTimeAdjustmentSeconds;
    }
    if (RoutingCriteria) change.run = newRun(RoutingCriteria, (described.run?.index ?? -1) + 1);
    Object.assign(described, change);
    const { run, ...urgency } = change;
    contact.changes.push({
      at: this.#calendar.now,
      ...urgency,
      ...(RoutingCriteria ? { criteria: RoutingCriteria } : {}),
    });
    if (run) this.#tell('CONTACT_DATA_UPDATED', contact, { updatedProperties: ['RoutingCriteria'] });

    const changes = contact.timers.changes ?? new Set();
    contact.timers.changes = changes;
    const appointment = this.#calendar.book(this.#calendar.now + this.#routingLagMs, () => {
      changes.delete(appointment);
      this.#takeEffect(contact, change);
    });
    changes.add(appointment);
  }

  setAttributes(contact: Contact, attributes: Readonly<Record<string, string>>): void {
    contact.attributes = { ...contact.attributes, ...attributes };
    this.#tell('CONTACT_DATA_UPDATED', contact, { updatedProperties: ['UserDefinedAttributes'] });
  }

  /**
   * A paused contact is offered to nobody, but its patience, its age and its criteria go on. A connected one
   * keeps its agent, whose work on it stands still.
   */
  pause(contact: Contact, isTold = false): void {
    const { timers } = contact;
    contact.isPaused = true;
    contact.pausedAt = this.#calendar.now;
    this.#floor.remove(contact);
    if (timers.handling) contact.handlingLeftMs = timers.handling.value.at - this.#calendar.now;
    this.#calendar.cancel(timers.handling);
    if (!isTold) this.#tell('PAUSED', contact);
  }

  resume(contact: Contact, isTold = false): void {
    contact.isPaused = false;
    contact.resumedAt = this.#calendar.now;
    if (contact.handlingLeftMs !== undefined) this.#handle(contact, contact.handlingLeftMs);
    if (!isTold) this.#tell('RESUMED', contact);
    this.#place(contact);
  }

  /** @param agent - undefined when the centre does not know who it is, but for the id perhaps. */
  connect(contact: Contact, agent: Agent | undefined, agentId: string | undefined, isTold = false): void {
    this.#leaveQueue(contact, 'answered');
    contact.state = 'connected';
    contact.connectedAt = this.#calendar.now;
    contact.agent = agent;
    contact.agentId = agentId;
    endStep(contact.inForce.run, 'JOINED');
    if (agent) this.#floor.occupy(agent, contact);
    // Who tells of the beginning by hand tells of the end by hand.
    if (isTold) return;
    this.#tell('CONNECTED_TO_AGENT', contact);
    this.#handle(contact, contact.source.handlingMs);
  }

  /** @param outcome - of a contact that still waits; one that is connected has been answered. */
  disconnect(contact: Contact, outcome: FinishedContact['outcome'] = 'abandoned', isTold = false): void {
    const wasConnected = contact.state === 'connected';
    if (!wasConnected) {
      this.#leaveQueue(contact, outcome);
      endStep(contact.inForce.run, 'DEACTIVATED');
    }
    this.#calendar.cancel(contact.timers.handling);
    contact.disconnectedAt = this.#calendar.now;
    if (!isTold) this.#tell('DISCONNECTED', contact);
    this.#reporter.disconnected(contact);
    if (wasConnected && contact.agent && this.#afterContactWorkMs > 0) {
      contact.state = 'in after-contact work';
      this.#calendar.book(this.#calendar.now + this.#afterContactWorkMs, () =>
        this.#complete(contact, isTold),
      );
    } else {
      this.#complete(contact, isTold);
    }
  }

  #complete(contact: Contact, isTold: boolean): void {
    contact.state = 'over';
    if (contact.agent) this.#floor.release(contact.agent, contact);
    if (!isTold) this.#tell('COMPLETED', contact);
    this.#reporter.finished(contact);
    this.#calendar.book(this.#calendar.now + this.#keepFinishedMs, () => {
      this.contacts.delete(contact.source.contactId);
    });
  }

  #takeEffect(contact: Contact, change: Partial<RoutingState>): void {
    this.#floor.remove(contact);
    if (change.run) activate(change.run, this.#calendar.now);
    Object.assign(contact.inForce, change);
    this.#awaitExpiry(contact);
    this.#place(contact);
  }

  #awaitExpiry(contact: Contact): void {
    const { inForce, timers } = contact;
    this.#calendar.cancel(timers.step);
    const at = nextExpiryAt(inForce.run);
    if (at === undefined) return;
    timers.step = this.#calendar.book(at, () => {
      const { run } = inForce;
      if (!run) return;
      this.#floor.remove(contact);
      expireStep(run, at);
      this.#tell('CONTACT_DATA_UPDATED', contact, {
        updatedProperties: ['RoutingCriteria.Step.Status'],
        run,
      });
      this.#awaitExpiry(contact);
      this.#place(contact);
    });
  }

  #place(contact: Contact): void {
    if (contact.state !== 'waiting' || contact.isPaused) return;
    this.#calendar.cancel(contact.timers.delay);
    const at = this.#floor.place(contact, this.#calendar.now);
    if (at !== undefined) contact.timers.delay = this.#calendar.book(at, () => this.#place(contact));
  }

  #leaveQueue(contact: Contact, outcome: FinishedContact['outcome']): void {
    const { patience, delay, step, changes } = contact.timers;
    for (const appointment of [patience, delay, step]) this.#calendar.cancel(appointment);
    for (const appointment of changes ?? []) this.#calendar.cancel(appointment);
    this.#floor.remove(contact);
    contact.left = { at: this.#calendar.now, outcome };
  }

  #handle(contact: Contact, durationMs: number): void {
    contact.timers.handling = this.#calendar.book(this.#calendar.now + durationMs, () =>
      this.disconnect(contact),
    );
  }

  #tell(eventType: ContactEventType, contact: Contact, more: Partial<Telling> = {}): void {
    this.#reporter.event({ eventType, contact, at: this.#calendar.now, ...more });
  }
}
