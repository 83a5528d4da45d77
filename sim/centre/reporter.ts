import type { Contact } from './contact.ts';
import { eventFacts } from './event-facts.ts';
import { contactEvent, type Telling } from './events.ts';
import { Outbox } from './outbox.ts';
import { randomId } from './random-id.ts';
import type { CentreOptions, FinishedContact } from './types.ts';

/** Tells the outside what happens: events, and contacts that are over. */
export class Reporter {
  readonly #options: CentreOptions;
  readonly #outbox = new Outbox();

  constructor(options: CentreOptions) {
    this.#options = options;
  }

  /** The event shows the contact as it is now, and is delivered later. */
  event(telling: Telling): void {
    const { publish, onEvent, instance, random } = this.#options;
    if (publish) {
      const event = contactEvent(telling, instance, randomId(random));
      this.#outbox.put(() => publish(event));
    }
    if (onEvent) {
      const event = eventFacts(telling, instance);
      this.#outbox.put(() => onEvent(event));
    }
  }

  /** Something else that is to happen outside when the moment is over. */
  put(letter: () => void): void {
    this.#outbox.put(letter);
  }

  /** The customer of a contact is gone. */
  disconnected(contact: Contact): void {
    this.#record(contact, this.#options.onDisconnected);
  }

  /** A contact is over. */
  finished(contact: Contact): void {
    this.#record(contact, this.#options.onFinished);
  }

  deliver(): void {
    this.#outbox.deliver();
  }

  /** Of a contact that has left its queue and is disconnected. */
  #record(contact: Contact, listener: ((finished: FinishedContact) => void) | undefined): void {
    const { left, disconnectedAt } = contact;
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
      outcome: left.outcome,
      leftAt: left.at,
      connectedAt,
      agentId,
      disconnectedAt,
      changes,
    };
    this.#outbox.put(() => listener(finished));
  }
}
