import { contactEvent, type EventDetails } from './contact-event.ts';
import { DeferredActions } from './deferred-actions.ts';
import type { Contact } from './entities.ts';
import { eventFacts } from './event-facts.ts';
import { randomId } from './random-id.ts';
import type { CentreOptions, FinishedContact } from './types.ts';

/** Tells the outside what happens: events, and contacts that are over. */
export class EventPublisher {
  readonly #options: CentreOptions;
  readonly #deferred = new DeferredActions();

  constructor(options: CentreOptions) {
    this.#options = options;
  }

  /** The event shows the contact as it is now, and is delivered later. */
  publish(telling: EventDetails): void {
    const { publish, onEvent, instance, random } = this.#options;
    if (publish) {
      const event = contactEvent(telling, instance, randomId(random));
      this.#deferred.defer(() => publish(event));
    }
    if (onEvent) {
      const event = eventFacts(telling, instance);
      this.#deferred.defer(() => onEvent(event));
    }
  }

  /** Something else that is to happen outside when the moment is over. */
  defer(letter: () => void): void {
    this.#deferred.defer(letter);
  }

  /** The customer of a contact is gone. */
  notifyDisconnected(contact: Contact): void {
    this.#notify(contact, this.#options.onDisconnected);
  }

  /** A contact is over. */
  notifyFinished(contact: Contact): void {
    this.#notify(contact, this.#options.onFinished);
  }

  flush(): void {
    this.#deferred.flush();
  }

  /** Of a contact that has left its queue and is disconnected. */
  #notify(contact: Contact, listener: ((finished: FinishedContact) => void) | undefined): void {
    const { queueExit: left, disconnectedAt } = contact;
    if (!listener || !left || disconnectedAt === undefined) return;
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
      waitEnd: left.waitEnd,
      leftAt: left.at,
      connectedAt,
      agentId,
      disconnectedAt,
      changes,
    };
    this.#deferred.defer(() => listener(finished));
  }
}
