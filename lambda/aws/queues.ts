import { createHash } from 'node:crypto';
import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ContactKey } from '../domain/contact/contact-key.ts';
import type { Outbox, OutgoingMessage } from '../flow/ports.ts';
import { throwReasons } from '../flow/reasons.ts';
import { isThrottle } from './errors.ts';

/** One group means one consumer, and one consumer means one token bucket: the message group is the quota. */
const MESSAGE_GROUP = 'routing';

const BATCH_LIMIT = 10;

/** One after the other, the wake-ups of a large centre would take most of the time of a sweep. */
const BATCHES_AT_ONCE = 10;

/** SQS accepted only a part of a batch. */
export class SendError extends Error {
  override readonly name = 'SendError';
}

/** The queues of wake-ups and of dispatch. */
export class Queues implements Outbox {
  readonly #client: SQSClient;
  readonly #wakeUpsUrl: string;
  readonly #dispatchUrl: string;

  constructor(client: SQSClient, wakeUpsUrl: string, dispatchUrl: string) {
    this.#client = client;
    this.#wakeUpsUrl = wakeUpsUrl;
    this.#dispatchUrl = dispatchUrl;
  }

  sendWakeUps(messages: readonly OutgoingMessage[]): Promise<void> {
    return sendMessages(this.#client, this.#wakeUpsUrl, messages);
  }

  async notifyDispatch(key: ContactKey, deduplicationKey: string): Promise<void> {
    try {
      await notifyDispatch(this.#client, this.#dispatchUrl, key, deduplicationKey);
    } catch (error) {
      // A FIFO queue takes some 300 messages a second. One that throttles has enough messages for dispatch to run, and
      // dispatch finds the contact in the index.
      if (!isThrottle(error)) throw error;
    }
  }
}

/**
 * Notifies dispatch that a contact has work.
 *
 * @param deduplicationKey - notifications for one contact with the same key within five minutes are one.
 * @throws what SQS answers, also where the queue throttles.
 */
export async function notifyDispatch(
  client: SQSClient,
  queueUrl: string,
  key: ContactKey,
  deduplicationKey: string,
): Promise<void> {
  const { instanceId, contactId } = key;
  await client.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: JSON.stringify({ instanceId, contactId }),
      MessageGroupId: MESSAGE_GROUP,
      MessageDeduplicationId: createHash('sha256')
        // As a list, so that no id of a contact looks like another one with the beginning of a key.
        .update(JSON.stringify([instanceId, contactId, deduplicationKey]))
        .digest('hex'),
    }),
  );
}

/**
 * Sends messages in batches of ten, some of them at the same time.
 *
 * @throws SendError when SQS accepted only a part of them.
 */
export async function sendMessages(
  client: SQSClient,
  queueUrl: string,
  messages: readonly OutgoingMessage[],
): Promise<void> {
  const batches = Array.from({ length: Math.ceil(messages.length / BATCH_LIMIT) }, (_, index) =>
    messages.slice(index * BATCH_LIMIT, (index + 1) * BATCH_LIMIT),
  );
  for (let start = 0; start < batches.length; start += BATCHES_AT_ONCE) {
    const results = await Promise.allSettled(
      batches.slice(start, start + BATCHES_AT_ONCE).map((batch) => sendBatch(client, queueUrl, batch)),
    );
    throwReasons(results);
  }
}

async function sendBatch(
  client: SQSClient,
  queueUrl: string,
  batch: readonly OutgoingMessage[],
): Promise<void> {
  const { Failed = [] } = await client.send(
    new SendMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: batch.map(({ body, delaySeconds }, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(body),
        DelaySeconds: delaySeconds,
      })),
    }),
  );
  const [first] = Failed;
  if (first) {
    throw new SendError(
      `SQS accepted ${batch.length - Failed.length} of ${batch.length} messages: ${first.Message}`,
    );
  }
}
