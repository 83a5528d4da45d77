import type { ContactKey } from '../domain/contact.ts';
import type { QueueSignal, Reevaluate } from '../domain/rule-message.ts';
import type { Clock, ContactStore, Outbox, OutgoingMessage } from './ports.ts';
import { wakeUpInTurn } from './wake-up.ts';

/** What fanning out needs of the world. */
export interface FanOutWorld {
  readonly contacts: Pick<ContactStore, 'queued'>;
  readonly outbox: Pick<Outbox, 'sendRuleMessages'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Turns a message for many contacts into one for each: a signal reaches the contacts that wait in its queue now,
 * `reevaluate` all that wait anywhere, spread over time. Each then goes its own way, so one that fails harms no other.
 *
 * @returns how many messages were sent.
 */
export async function fanOut(message: QueueSignal | Reevaluate, world: FanOutWorld): Promise<number> {
  const queueArn = message.type === 'queue-signal' ? message.queueArn : undefined;
  let sent = 0;
  for await (const page of world.contacts.queued(queueArn)) {
    const now = world.clock.now();
    const messages = page.flatMap((key, index) =>
      message.type === 'reevaluate'
        ? wakeUpInTurn(key, sent + index, now)
        : (signalOn(key, message, now) ?? []),
    );
    await world.outbox.sendRuleMessages(messages);
    sent += messages.length;
  }
  return sent;
}

/** The signal on one contact of the queue; undefined when it has run out. */
function signalOn(
  { instanceId, contactId }: ContactKey,
  { id, signal, until }: QueueSignal,
  now: number,
): OutgoingMessage | undefined {
  const body = { type: 'signal', id: `${id}:${contactId}`, signal, instanceId, contactId };
  if (until === undefined) return { body, delaySeconds: 0 };
  const ttlSeconds = Math.ceil((until - now) / 1_000);
  return ttlSeconds > 0 ? { body: { ...body, ttl: `${ttlSeconds}s` }, delaySeconds: 0 } : undefined;
}
