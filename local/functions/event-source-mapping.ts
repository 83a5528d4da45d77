import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { failedMessageIds } from './batch-response.ts';
import type { LocalFunction } from './function.ts';
import { FunctionError } from './function-error.ts';
import { toSqsRecord } from './sqs-record.ts';

export interface EventSourceMappingOptions {
  readonly fn: LocalFunction;
  /** Of the endpoint that has the queue. It must have a connection free for each poller. */
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  /** Messages in a batch, at most: 1 to 10. */
  readonly batchSize: number;
  /** Batches received and handled at a time, at most. */
  readonly pollers: number;
  /** Told of a request to SQS that failed; the poller goes on a second later. */
  readonly onError: (error: unknown) => void;
}

/** Hands a queue's messages to a function. */
export interface EventSourceMapping {
  /** Stops receiving, and resolves when the batches in hand are dealt with. */
  stop(): Promise<void>;
}

/** The longest that SQS lets a poll last. */
const LONG_POLL_SECONDS = 20;
const PAUSE_AFTER_ERROR_MS = 1_000;

/**
 * Polls a queue as Lambda does, with `ReportBatchItemFailures`: what the function did not report as failed is
 * deleted; the rest, and the whole batch when the invocation failed, comes back once its visibility timeout is
 * over.
 */
export function startEventSourceMapping(options: EventSourceMappingOptions): EventSourceMapping {
  const stopped = new AbortController();
  const pollers = Array.from({ length: options.pollers }, () => poll(options, stopped.signal));
  return {
    async stop() {
      stopped.abort();
      await Promise.all(pollers);
    },
  };
}

async function poll(options: EventSourceMappingOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const messages = await receive(options, signal);
      if (messages.length > 0) await processBatch(options, messages);
    } catch (error) {
      if (signal.aborted) return;
      options.onError(error);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_AFTER_ERROR_MS));
    }
  }
}

async function receive(
  { client, queueUrl, batchSize }: EventSourceMappingOptions,
  signal: AbortSignal,
): Promise<Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: batchSize,
    WaitTimeSeconds: LONG_POLL_SECONDS,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  const { Messages: messages } = await client.send(command, { abortSignal: signal });
  return messages ?? [];
}

async function processBatch(options: EventSourceMappingOptions, messages: readonly Message[]): Promise<void> {
  const records = messages.map((message) => toSqsRecord(message, options.queueArn));
  const ids = records.map(({ messageId }) => messageId);
  const failed = new Set(failedMessageIds(await invokeWithBatch(options.fn, { Records: records }, ids), ids));
  const done = records.filter(({ messageId }) => !failed.has(messageId));
  if (done.length === 0) return;
  await options.client.send(
    new DeleteMessageBatchCommand({
      QueueUrl: options.queueUrl,
      Entries: done.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle })),
    }),
  );
}

/** An invocation that failed reports every message. */
async function invokeWithBatch(fn: LocalFunction, event: object, ids: readonly string[]): Promise<unknown> {
  try {
    return await fn.invoke(event);
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    return { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) };
  }
}
