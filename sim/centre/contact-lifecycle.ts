import type { AgeAdjustment, RoutingUpdate } from '../../lambda/domain/routing/routing.ts';
import { type EnqueuedContact, newContact } from './contact.ts';
import type { EventDetails } from './contact-event.ts';
import {
  activateCriteria,
  endStep,
  expireStep,
  newCriteriaProgress,
  nextExpiryAt,
} from './criteria-progress.ts';
import type { Agent, Contact, RoutingState } from './entities.ts';
import type { EventPublisher } from './event-publisher.ts';
import type { EventQueue } from './event-queue.ts';
import type { RoutingEngine } from './routing-engine.ts';
import type { CentreOptions, ContactEventType, FinishedContact } from './types.ts';

/** Where time, space and news come from. */
export interface LifecycleDependencies {
  readonly eventQueue: EventQueue;
  readonly routingEngine: RoutingEngine;
  readonly eventPublisher: EventPublisher;
}

/** What happens to contacts, from the queue to the end. What a contact is not in a state for is not called. */
export class ContactLifecycle {
  readonly contacts = new Map<string, Contact>();
  readonly #eventQueue: EventQueue;
  readonly #routingEngine: RoutingEngine;
  readonly #eventPublisher: EventPublisher;
  readonly #routingLagMs: number;
  readonly #ageAdjustment: AgeAdjustment;
  readonly #afterContactWorkMs: number;
  readonly #keepFinishedMs: number;
  #enqueuedCount = 0;

  constructor(
    { eventQueue: calendar, routingEngine: floor, eventPublisher: reporter }: LifecycleDependencies,
    options: CentreOptions,
  ) {
    this.#eventQueue = calendar;
    this.#routingEngine = floor;
    this.#eventPublisher = reporter;
    this.#routingLagMs = options.routingLagMs ?? 60_000;
    this.#ageAdjustment = options.ageAdjustment ?? 'absolute';
    this.#afterContactWorkMs = options.afterContactWorkMs ?? 10_000;
    this.#keepFinishedMs = options.keepFinishedMs ?? 60_000;
  }

  /** @param isTold - true where an event from outside told of it, so that none is published. */
  enqueue(beginning: Omit<EnqueuedContact, 'order'>, isTold = false): Contact {
    this.#enqueuedCount += 1;
    const contact = newContact({ ...beginning, order: this.#enqueuedCount }, this.#eventQueue.now);
    const { contactId, patienceMs } = contact.source;
    this.contacts.set(contactId, contact);
    if (!isTold) {
      this.#publish('INITIATED', contact);
      this.#publish('QUEUED', contact);
    }
    if (Number.isFinite(patienceMs)) {
      contact.timers.patience = this.#eventQueue.schedule(contact.enqueuedAt + patienceMs, () =>
        this.disconnect(contact),
      );
    }
    this.#scheduleStepExpiry(contact);
    this.#insertInQueue(contact);
    return contact;
  }

  /** Sets the routing of a waiting contact: it is described so at once, and in force after the lag. */
  changeRouting(contact: Contact, update: RoutingUpdate): void {
    const { described } = contact;
    const { QueuePriority, QueueTimeAdjustmentSeconds, RoutingCriteria } = update;
    const change: Partial<RoutingState> = {};
    if (QueuePriority !== undefined) change.priority = QueuePriority;
    if (QueueTimeAdjustmentSeconds !== undefined) {
      const base = this.#ageAdjustment === 'incremental' ? described.ageSeconds : 0;
      change.ageSeconds = base + QueueTimeAdjustmentSeconds;
    }
    if (RoutingCriteria)
      change.criteriaProgress = newCriteriaProgress(
        RoutingCriteria,
        (described.criteriaProgress?.index ?? -1) + 1,
      );
    Object.assign(described, change);
    const { criteriaProgress: run, ...urgency } = change;
    contact.changes.push({
      at: this.#eventQueue.now,
      ...urgency,
      ...(RoutingCriteria ? { criteria: RoutingCriteria } : {}),
    });
    if (run) this.#publish('CONTACT_DATA_UPDATED', contact, { updatedProperties: ['RoutingCriteria'] });

    const changes = contact.timers.changes ?? new Set();
    contact.timers.changes = changes;
    const appointment = this.#eventQueue.schedule(this.#eventQueue.now + this.#routingLagMs, () => {
      changes.delete(appointment);
      this.#takeEffect(contact, change);
    });
    changes.add(appointment);
  }

  setAttributes(contact: Contact, attributes: Readonly<Record<string, string>>): void {
    contact.attributes = { ...contact.attributes, ...attributes };
    this.#publish('CONTACT_DATA_UPDATED', contact, { updatedProperties: ['UserDefinedAttributes'] });
  }

  /**
   * A paused contact is offered to nobody, but its patience, its age and its criteria go on. A connected one
   * keeps its agent, whose work on it stands still.
   */
  pause(contact: Contact, isTold = false): void {
    const { timers } = contact;
    contact.isPaused = true;
    contact.pausedAt = this.#eventQueue.now;
    this.#routingEngine.remove(contact);
    if (timers.handling) contact.handlingLeftMs = timers.handling.value.at - this.#eventQueue.now;
    this.#eventQueue.cancel(timers.handling);
    if (!isTold) this.#publish('PAUSED', contact);
  }

  resume(contact: Contact, isTold = false): void {
    contact.isPaused = false;
    contact.resumedAt = this.#eventQueue.now;
    if (contact.handlingLeftMs !== undefined) this.#startHandling(contact, contact.handlingLeftMs);
    if (!isTold) this.#publish('RESUMED', contact);
    this.#insertInQueue(contact);
  }

  /** @param agent - undefined when the centre does not know who it is, but for the id perhaps. */
  connect(contact: Contact, agent: Agent | undefined, agentId: string | undefined, isTold = false): void {
    this.#leaveQueue(contact, 'answered');
    contact.state = 'connected';
    contact.connectedAt = this.#eventQueue.now;
    contact.agent = agent;
    contact.agentId = agentId;
    endStep(contact.effective.criteriaProgress, 'JOINED');
    if (agent) this.#routingEngine.assign(agent, contact);
    // Who tells of the beginning by hand tells of the end by hand.
    if (isTold) return;
    this.#publish('CONNECTED_TO_AGENT', contact);
    this.#startHandling(contact, contact.source.handlingMs);
  }

  /** @param outcome - of a contact that still waits; one that is connected has been answered. */
  disconnect(contact: Contact, outcome: FinishedContact['waitEnd'] = 'abandoned', isTold = false): void {
    const wasConnected = contact.state === 'connected';
    if (!wasConnected) {
      this.#leaveQueue(contact, outcome);
      endStep(contact.effective.criteriaProgress, 'DEACTIVATED');
    }
    this.#eventQueue.cancel(contact.timers.handling);
    contact.disconnectedAt = this.#eventQueue.now;
    if (!isTold) this.#publish('DISCONNECTED', contact);
    this.#eventPublisher.notifyDisconnected(contact);
    if (wasConnected && contact.agent && this.#afterContactWorkMs > 0) {
      contact.state = 'in after-contact work';
      this.#eventQueue.schedule(this.#eventQueue.now + this.#afterContactWorkMs, () =>
        this.#complete(contact, isTold),
      );
    } else {
      this.#complete(contact, isTold);
    }
  }

  #complete(contact: Contact, isTold: boolean): void {
    contact.state = 'over';
    if (contact.agent) this.#routingEngine.release(contact.agent, contact);
    if (!isTold) this.#publish('COMPLETED', contact);
    this.#eventPublisher.notifyFinished(contact);
    this.#eventQueue.schedule(this.#eventQueue.now + this.#keepFinishedMs, () => {
      this.contacts.delete(contact.source.contactId);
    });
  }

  #takeEffect(contact: Contact, change: Partial<RoutingState>): void {
    this.#routingEngine.remove(contact);
    if (change.criteriaProgress) activateCriteria(change.criteriaProgress, this.#eventQueue.now);
    Object.assign(contact.effective, change);
    this.#scheduleStepExpiry(contact);
    this.#insertInQueue(contact);
  }

  #scheduleStepExpiry(contact: Contact): void {
    const { effective: inForce, timers } = contact;
    this.#eventQueue.cancel(timers.step);
    const at = nextExpiryAt(inForce.criteriaProgress);
    if (at === undefined) return;
    timers.step = this.#eventQueue.schedule(at, () => {
      const { criteriaProgress: run } = inForce;
      if (!run) return;
      this.#routingEngine.remove(contact);
      expireStep(run, at);
      this.#publish('CONTACT_DATA_UPDATED', contact, {
        updatedProperties: ['RoutingCriteria.Step.Status'],
        criteriaProgress: run,
      });
      this.#scheduleStepExpiry(contact);
      this.#insertInQueue(contact);
    });
  }

  #insertInQueue(contact: Contact): void {
    if (contact.state !== 'waiting' || contact.isPaused) return;
    this.#eventQueue.cancel(contact.timers.delay);
    const at = this.#routingEngine.insert(contact, this.#eventQueue.now);
    if (at !== undefined)
      contact.timers.delay = this.#eventQueue.schedule(at, () => this.#insertInQueue(contact));
  }

  #leaveQueue(contact: Contact, outcome: FinishedContact['waitEnd']): void {
    const { patience, delay, step, changes } = contact.timers;
    for (const appointment of [patience, delay, step]) this.#eventQueue.cancel(appointment);
    for (const appointment of changes ?? []) this.#eventQueue.cancel(appointment);
    this.#routingEngine.remove(contact);
    contact.queueExit = { at: this.#eventQueue.now, waitEnd: outcome };
  }

  #startHandling(contact: Contact, durationMs: number): void {
    contact.timers.handling = this.#eventQueue.schedule(this.#eventQueue.now + durationMs, () =>
      this.disconnect(contact),
    );
  }

  #publish(eventType: ContactEventType, contact: Contact, more: Partial<EventDetails> = {}): void {
    this.#eventPublisher.publish({ eventType, contact, at: this.#eventQueue.now, ...more });
  }
}
