import type { QueueSignal, Reevaluate } from '../domain/rule-message.ts';
import type { Clock, ContactStore, Outbox, OutgoingMessage } from './ports.ts';

/** Contacts looked at a second when all are: a wave that the handlers and the table hardly feel. */
const PER_SECOND = 50;

/** SQS delays a message by no more. */
const MAX_DELAY_SECONDS = 900;

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
    const messages = page.flatMap(({ instanceId, contactId }, index): OutgoingMessage[] => {
      const body = bodyFor(message, contactId, now);
      const delaySeconds = message.type === 'reevaluate' ? Math.floor((sent + index) / PER_SECOND) : 0;
      return body
        ? [
            {
              body: { ...body, instanceId, contactId },
              delaySeconds: Math.min(MAX_DELAY_SECONDS, delaySeconds),
            },
          ]
        : [];
    });
    await world.outbox.sendRuleMessages(messages);
    sent += messages.length;
  }
  return sent;
}

function bodyFor(message: QueueSignal | Reevaluate, contactId: string, now: number) {
  if (message.type === 'reevaluate') return { type: 'wake', wakeAt: new Date(now).toISOString() };
  const signal = { type: 'signal', id: `${message.id}:${contactId}`, signal: message.signal };
  if (message.until === undefined) return signal;
  const ttlSeconds = Math.ceil((message.until - now) / 1_000);
  return ttlSeconds > 0 ? { ...signal, ttl: `${ttlSeconds}s` } : undefined;
}
