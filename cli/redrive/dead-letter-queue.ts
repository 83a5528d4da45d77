import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { DeadLetterQueueName } from '../../lambda/aws/deployment.ts';
import { callAws } from '../aws/call-aws.ts';
import { type DeadLetter, parseDeadLetter } from './dead-letter.ts';

/** The most messages that SQS accepts or returns in one request. */
export const BATCH_LIMIT = 10;

/**
 * A received letter is hidden from other receivers for this time. If this process is killed, it reappears
 * then.
 */
const VISIBILITY_TIMEOUT_SECONDS = 120;

/** Long polling queries all servers of SQS. Without it, a queue may appear to be empty when it is not. */
const WAIT_SECONDS = 1;

/** A dead-letter queue. Each method throws AwsError when a request fails. */
export class DeadLetterQueue {
  readonly name: DeadLetterQueueName;
  readonly url: string;
  readonly #client: SQSClient;

  constructor(name: DeadLetterQueueName, url: string, client: SQSClient) {
    this.name = name;
    this.url = url;
    this.#client = client;
  }

  /** In a FIFO queue, a letter in flight blocks those behind it, so it should be released soon. */
  get isFifo(): boolean {
    return this.url.endsWith('.fifo');
  }

  /** The approximate number of letters. */
  async depth(): Promise<number> {
    const { Attributes = {} } = await callAws(`count the messages of ${this.name}`, () =>
      this.#client.send(
        new GetQueueAttributesCommand({
          QueueUrl: this.url,
          AttributeNames: ['ApproximateNumberOfMessages'],
        }),
      ),
    );
    return Number(Attributes.ApproximateNumberOfMessages ?? 0);
  }

  /** Receives letters, which are then in flight. @returns at most `limit`; none if the queue has no more. */
  async receive(limit: number): Promise<DeadLetter[]> {
    const { Messages = [] } = await callAws(`receive from ${this.name}`, () =>
      this.#client.send(
        new ReceiveMessageCommand({
          QueueUrl: this.url,
          MaxNumberOfMessages: Math.min(limit, BATCH_LIMIT),
          VisibilityTimeout: VISIBILITY_TIMEOUT_SECONDS,
          WaitTimeSeconds: WAIT_SECONDS,
          MessageSystemAttributeNames: ['SentTimestamp', 'SenderId'],
          MessageAttributeNames: ['All'],
        }),
      ),
    );
    return Messages.map((message) => parseDeadLetter(this.name, message));
  }

  async delete({ receiptHandle }: DeadLetter): Promise<void> {
    await callAws(`delete from ${this.name}`, () =>
      this.#client.send(new DeleteMessageCommand({ QueueUrl: this.url, ReceiptHandle: receiptHandle })),
    );
  }

  /** Makes letters in flight visible at once. */
  async release(letters: readonly DeadLetter[]): Promise<void> {
    for (let start = 0; start < letters.length; start += BATCH_LIMIT) {
      const Entries = letters.slice(start, start + BATCH_LIMIT).map(({ receiptHandle }, index) => ({
        Id: String(index),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: 0,
      }));
      await callAws(`release messages of ${this.name}`, () =>
        this.#client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.url, Entries })),
      );
    }
  }
}
