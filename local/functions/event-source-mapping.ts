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
  /** A client of the queue's endpoint, with a free connection for each poller. */
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  /** Maximum messages per batch: 1 to 10. */
  readonly batchSize: number;
  /** Maximum batches that are received and handled at the same time. */
  readonly pollers: number;
  /** Called when a request to SQS fails. The poller continues a second later. */
  readonly onError: (error: unknown) => void;
}

/** Invokes a function with the messages of a queue. */
export interface EventSourceMapping {
  /** Stops receiving, and resolves when the batches in progress are handled. */
  stop(): Promise<void>;
}

/** The maximum of SQS. */
const LONG_POLL_SECONDS = 20;
const PAUSE_AFTER_ERROR_MS = 1_000;

/**
 * Polls a queue as Lambda does with `ReportBatchItemFailures`: it deletes the messages that the function did
 * not report as failed. The others, or the whole batch if the invocation failed, become visible again after
 * the visibility timeout.
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

/** A failed invocation reports every message as failed. */
async function invokeWithBatch(fn: LocalFunction, event: object, ids: readonly string[]): Promise<unknown> {
  try {
    return await fn.invoke(event);
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    return { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) };
  }
}
