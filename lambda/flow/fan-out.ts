import type { ContactKey } from '../domain/contact/contact-key.ts';
import type { QueueSignal, ResyncAll } from '../domain/messages/rule-message.ts';
import type { Clock, ContactStore, Outbox, OutgoingMessage, SignalOutbox } from './ports.ts';
import { staggeredWakeUp } from './wake-up.ts';

/** What a fan-out needs from outside. */
export interface FanOutPorts {
  readonly contacts: Pick<ContactStore, 'queued'>;
  readonly outbox: Pick<Outbox, 'sendWakeUps'> & SignalOutbox;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Turns a message for many contacts into one for each: a signal goes to the contacts that wait in its queue now,
 * `reevaluate` to all queued contacts, spread over time. Each is handled by itself, so one that fails affects no other.
 *
 * @returns how many messages were sent.
 */
export async function fanOut(message: QueueSignal | ResyncAll, ports: FanOutPorts): Promise<number> {
  const { outbox } = ports;
  const queueArn = message.type === 'queue-signal' ? message.queueArn : undefined;
  let sent = 0;
  for await (const page of ports.contacts.queued(queueArn)) {
    const now = ports.clock.now();
    const messages = page.flatMap((key, index) =>
      message.type === 'reevaluate'
        ? staggeredWakeUp(key, sent + index, now)
        : (signalOn(key, message, now) ?? []),
    );
    // Copies of a signal share the lane of the signal: a flood of them delays no wake-up.
    await (message.type === 'reevaluate' ? outbox.sendWakeUps(messages) : outbox.sendSignals(messages));
    sent += messages.length;
  }
  return sent;
}

/** The signal on one contact of the queue; undefined when it has expired. */
function signalOn(
  { instanceId, contactId }: ContactKey,
  { id, queueArn, signal, until }: QueueSignal,
  now: number,
): OutgoingMessage | undefined {
  const body = { type: 'signal-of-queue', id: `${id}:${contactId}`, queueArn, signal, instanceId, contactId };
  if (until === undefined) return { body, delaySeconds: 0 };
  const ttlSeconds = Math.ceil((until - now) / 1_000);
  return ttlSeconds > 0 ? { body: { ...body, ttl: `${ttlSeconds}s` }, delaySeconds: 0 } : undefined;
}
