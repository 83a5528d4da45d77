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

/** What the lifecycle of contacts depends on. */
interface LifecycleDependencies {
  readonly eventQueue: EventQueue;
  readonly routingEngine: RoutingEngine;
  readonly eventPublisher: EventPublisher;
}

/**
 * The transitions of contacts, from the queue to the end. The caller checks the state of the contact first.
 */
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

  constructor({ eventQueue, routingEngine, eventPublisher }: LifecycleDependencies, options: CentreOptions) {
    this.#eventQueue = eventQueue;
    this.#routingEngine = routingEngine;
    this.#eventPublisher = eventPublisher;
    this.#routingLagMs = options.routingLagMs ?? 60_000;
    this.#ageAdjustment = options.ageAdjustment ?? 'absolute';
    this.#afterContactWorkMs = options.afterContactWorkMs ?? 10_000;
    this.#keepFinishedMs = options.keepFinishedMs ?? 60_000;
  }

  /**
   * @param isExternal - true when an event from another source reported the change, so that none is
   * published.
   */
  enqueue(enqueued: Omit<EnqueuedContact, 'order'>, isExternal = false): Contact {
    this.#enqueuedCount += 1;
    const contact = newContact({ ...enqueued, order: this.#enqueuedCount }, this.#eventQueue.now);
    const { contactId, patienceMs } = contact.source;
    this.contacts.set(contactId, contact);
    if (!isExternal) {
      this.#publish('INITIATED', contact);
      this.#publish('QUEUED', contact);
    }
    if (Number.isFinite(patienceMs)) {
      contact.timers.patience = this.#eventQueue.schedule(this.#eventQueue.now + patienceMs, () =>
        this.disconnect(contact),
      );
    }
    this.#scheduleStepExpiry(contact);
    this.#insertInQueue(contact);
    return contact;
  }

  /**
   * Sets the routing of a waiting contact: the described routing at once, the effective routing after the
   * lag.
   */
  changeRouting(contact: Contact, update: RoutingUpdate): void {
    const { described } = contact;
    const { QueuePriority, QueueTimeAdjustmentSeconds, RoutingCriteria } = update;
    const change: Partial<RoutingState> = {};
    if (QueuePriority !== undefined) change.priority = QueuePriority;
    if (QueueTimeAdjustmentSeconds !== undefined) {
      const base = this.#ageAdjustment === 'incremental' ? described.ageSeconds : 0;
      change.ageSeconds = base + QueueTimeAdjustmentSeconds;
    }
    if (RoutingCriteria) {
      const index = (described.criteriaProgress?.index ?? -1) + 1;
      change.criteriaProgress = newCriteriaProgress(RoutingCriteria, index);
    }
    Object.assign(described, change);
    const { criteriaProgress, ...urgency } = change;
    contact.changes.push({ at: this.#eventQueue.now, ...urgency, criteria: RoutingCriteria });
    if (criteriaProgress)
      this.#publish('CONTACT_DATA_UPDATED', contact, { updatedProperties: ['RoutingCriteria'] });

    const changes = contact.timers.changes ?? new Set();
    contact.timers.changes = changes;
    const event = this.#eventQueue.schedule(this.#eventQueue.now + this.#routingLagMs, () => {
      changes.delete(event);
      this.#takeEffect(contact, change);
    });
    changes.add(event);
  }

  setAttributes(contact: Contact, attributes: Readonly<Record<string, string>>): void {
    contact.attributes = { ...contact.attributes, ...attributes };
    this.#publish('CONTACT_DATA_UPDATED', contact, { updatedProperties: ['UserDefinedAttributes'] });
  }

  /**
   * A paused contact is offered to no agent, but its patience, age and criteria continue. A connected contact
   * keeps its agent, and its handling time stops.
   */
  pause(contact: Contact, isExternal = false): void {
    const { timers } = contact;
    contact.isPaused = true;
    contact.pausedAt = this.#eventQueue.now;
    this.#stopRinging(contact);
    this.#routingEngine.remove(contact);
    if (timers.handling) contact.handlingLeftMs = timers.handling.value.at - this.#eventQueue.now;
    this.#eventQueue.cancel(timers.handling);
    if (!isExternal) this.#publish('PAUSED', contact);
  }

  resume(contact: Contact, isExternal = false): void {
    contact.isPaused = false;
    contact.resumedAt = this.#eventQueue.now;
    if (contact.handlingLeftMs !== undefined) this.#startHandling(contact, contact.handlingLeftMs);
    if (!isExternal) this.#publish('RESUMED', contact);
    this.#insertInQueue(contact);
  }

  /** Offers a waiting contact to an agent, who answers after it has rung. */
  offer(contact: Contact, agent: Agent): void {
    const { ringingMs = 0 } = contact.source;
    if (ringingMs === 0) {
      this.connect(contact, agent, agent.spec.id);
      return;
    }
    contact.agent = agent;
    this.#routingEngine.assign(agent, contact);
    contact.timers.ringing = this.#eventQueue.schedule(this.#eventQueue.now + ringingMs, () =>
      this.connect(contact, agent, agent.spec.id),
    );
  }

  /** @param agent - undefined when the centre does not know the agent; the id may still be known. */
  connect(contact: Contact, agent: Agent | undefined, agentId: string | undefined, isExternal = false): void {
    if (contact.agent !== agent) this.#stopRinging(contact);
    this.#leaveQueue(contact, 'answered');
    contact.state = 'connected';
    contact.connectedAt = this.#eventQueue.now;
    contact.agent = agent;
    contact.agentId = agentId;
    endStep(contact.effective.criteriaProgress, 'JOINED');
    if (agent && !agent.contacts.has(contact)) this.#routingEngine.assign(agent, contact);
    // The end of a contact whose connection was reported from outside is reported from outside, too.
    if (isExternal) return;
    this.#publish('CONNECTED_TO_AGENT', contact);
    this.#startHandling(contact, contact.source.handlingMs);
  }

  /** @param waitEnd - how the wait of a waiting contact ends; a connected contact was answered. */
  disconnect(contact: Contact, waitEnd: FinishedContact['waitEnd'] = 'abandoned', isExternal = false): void {
    const wasConnected = contact.state === 'connected';
    if (!wasConnected) {
      this.#stopRinging(contact);
      this.#leaveQueue(contact, waitEnd);
      endStep(contact.effective.criteriaProgress, 'DEACTIVATED');
    }
    this.#eventQueue.cancel(contact.timers.handling);
    contact.disconnectedAt = this.#eventQueue.now;
    if (!isExternal) this.#publish('DISCONNECTED', contact);
    this.#eventPublisher.notifyDisconnected(contact);
    const { afterContactWorkMs = this.#afterContactWorkMs } = contact.source;
    if (wasConnected && contact.agent && afterContactWorkMs > 0) {
      contact.state = 'in after-contact work';
      this.#eventQueue.schedule(this.#eventQueue.now + afterContactWorkMs, () =>
        this.#complete(contact, isExternal),
      );
    } else {
      this.#complete(contact, isExternal);
    }
  }

  /** The agent is free again, and the contact has to be offered anew. */
  #stopRinging(contact: Contact): void {
    const { agent, timers } = contact;
    if (!agent || !timers.ringing) return;
    this.#eventQueue.cancel(timers.ringing);
    delete timers.ringing;
    delete contact.agent;
    this.#routingEngine.release(agent, contact);
  }

  #complete(contact: Contact, isExternal: boolean): void {
    contact.state = 'over';
    if (contact.agent) this.#routingEngine.release(contact.agent, contact);
    if (!isExternal) this.#publish('COMPLETED', contact);
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
    const { effective, timers } = contact;
    this.#eventQueue.cancel(timers.step);
    const at = nextExpiryAt(effective.criteriaProgress);
    if (at === undefined) return;
    timers.step = this.#eventQueue.schedule(at, () => {
      const { criteriaProgress } = effective;
      if (!criteriaProgress) return;
      this.#routingEngine.remove(contact);
      expireStep(criteriaProgress, at);
      this.#publish('CONTACT_DATA_UPDATED', contact, {
        updatedProperties: ['RoutingCriteria.Step.Status'],
        criteriaProgress,
      });
      this.#scheduleStepExpiry(contact);
      this.#insertInQueue(contact);
    });
  }

  #insertInQueue(contact: Contact): void {
    if (contact.state !== 'waiting' || contact.isPaused || contact.timers.ringing) return;
    this.#eventQueue.cancel(contact.timers.delay);
    const at = this.#routingEngine.insert(contact, this.#eventQueue.now);
    if (at !== undefined)
      contact.timers.delay = this.#eventQueue.schedule(at, () => this.#insertInQueue(contact));
  }

  #leaveQueue(contact: Contact, waitEnd: FinishedContact['waitEnd']): void {
    const { patience, delay, step, ringing, changes } = contact.timers;
    delete contact.timers.ringing;
    for (const event of [patience, delay, step, ringing]) this.#eventQueue.cancel(event);
    for (const event of changes ?? []) this.#eventQueue.cancel(event);
    this.#routingEngine.remove(contact);
    contact.queueExit = { at: this.#eventQueue.now, waitEnd };
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
