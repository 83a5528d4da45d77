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

/** SQS gives out, and takes back, no more at once. */
export const BATCH_LIMIT = 10;

/** How long a letter in hand is hidden from others; if we are killed it is there again after that. */
const HIDDEN_SECONDS = 120;

/** Long polling asks all of SQS's servers; without it a queue may seem empty that is not. */
const WAIT_SECONDS = 1;

/** One of the dead-letter queues. Each method throws AwsFailure when SQS does not do what is asked. */
export class DeadLetterQueue {
  readonly name: DeadLetterQueueName;
  readonly url: string;
  readonly #client: SQSClient;

  constructor(name: DeadLetterQueueName, url: string, client: SQSClient) {
    this.name = name;
    this.url = url;
    this.#client = client;
  }

  /** In a FIFO queue those behind a letter in hand are not given out: it is to be given back soon. */
  get isFifo(): boolean {
    return this.url.endsWith('.fifo');
  }

  /** How many letters lie there, about. */
  async depth(): Promise<number> {
    const { Attributes = {} } = await callAws(`ask how many messages ${this.name} has`, () =>
      this.#client.send(
        new GetQueueAttributesCommand({
          QueueUrl: this.url,
          AttributeNames: ['ApproximateNumberOfMessages'],
        }),
      ),
    );
    return Number(Attributes.ApproximateNumberOfMessages ?? 0);
  }

  /** Takes up to so many letters in hand; none when there are none left. */
  async receive(limit: number): Promise<DeadLetter[]> {
    const { Messages = [] } = await callAws(`receive from ${this.name}`, () =>
      this.#client.send(
        new ReceiveMessageCommand({
          QueueUrl: this.url,
          MaxNumberOfMessages: Math.min(limit, BATCH_LIMIT),
          VisibilityTimeout: HIDDEN_SECONDS,
          WaitTimeSeconds: WAIT_SECONDS,
          MessageSystemAttributeNames: ['SentTimestamp'],
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

  /** Lets letters in hand be seen again at once. */
  async release(letters: readonly DeadLetter[]): Promise<void> {
    for (let start = 0; start < letters.length; start += BATCH_LIMIT) {
      const Entries = letters.slice(start, start + BATCH_LIMIT).map(({ receiptHandle }, index) => ({
        Id: String(index),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: 0,
      }));
      await callAws(`give messages back to ${this.name}`, () =>
        this.#client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.url, Entries })),
      );
    }
  }
}
