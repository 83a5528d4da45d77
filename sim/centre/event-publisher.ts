import { contactEvent, type EventDetails } from './contact-event.ts';
import { DeferredActions } from './deferred-actions.ts';
import type { Contact } from './entities.ts';
import { eventFacts } from './event-facts.ts';
import { randomId } from './random-id.ts';
import type { CentreOptions, FinishedContact } from './types.ts';

/** Notifies the listeners of a centre: of contact events and of contacts that end. */
export class EventPublisher {
  readonly #options: CentreOptions;
  readonly #deferred = new DeferredActions();

  constructor(options: CentreOptions) {
    this.#options = options;
  }

  /** Captures the event now and delivers it at the end of the moment. */
  publish(details: EventDetails): void {
    const { publish, onEvent, instance, random } = this.#options;
    if (publish) {
      const event = contactEvent(details, instance, randomId(random));
      this.#deferred.defer(() => publish(event));
    }
    if (onEvent) {
      const event = eventFacts(details, instance);
      this.#deferred.defer(() => onEvent(event));
    }
  }

  /** Runs an action at the end of the moment. */
  defer(action: () => void): void {
    this.#deferred.defer(action);
  }

  /** Notifies that the customer disconnected. */
  notifyDisconnected(contact: Contact): void {
    this.#notify(contact, this.#options.onDisconnected);
  }

  /** Notifies that the contact ended, after-contact work included. */
  notifyFinished(contact: Contact): void {
    this.#notify(contact, this.#options.onFinished);
  }

  flush(): void {
    this.#deferred.flush();
  }

  /** The contact must have left its queue and be disconnected. */
  #notify(contact: Contact, listener: ((finished: FinishedContact) => void) | undefined): void {
    const { queueExit, disconnectedAt } = contact;
    if (!listener || !queueExit || disconnectedAt === undefined) return;
    const { source, queue, enqueuedAt, connectedAt, agentId, changes } = contact;
    const { contactId, initialContactId, previousContactId, channel, tags = {} } = source;
    const finished: FinishedContact = {
      contactId,
      initialContactId,
      previousContactId,
      channel,
      queueId: queue.id,
      tags,
      enqueuedAt,
      waitEnd: queueExit.waitEnd,
      leftAt: queueExit.at,
      connectedAt,
      agentId,
      disconnectedAt,
      changes,
    };
    this.#deferred.defer(() => listener(finished));
  }
}
