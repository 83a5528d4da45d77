import type { Message } from '@aws-sdk/client-sqs';
import type { DeadLetterQueueName } from '../../lambda/aws/deployment.ts';
import { isObject, type JsonObject } from '../../lambda/domain/json.ts';
import { type OriginalMessage, originalMessage } from '../../lambda/domain/messages/original-message.ts';

/** A message in a dead-letter queue. */
export interface DeadLetter {
  readonly queue: DeadLetterQueueName;
  /** The SQS message id that it has in this queue. */
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** The body as JSON; undefined where it is no JSON object. */
  readonly value: JsonObject | undefined;
  /** How it was sent before anything failed; how it came here where that is not known. */
  readonly original: OriginalMessage;
  /** Why it is here, so far as it says. */
  readonly error: DeadLetterError;
}

export interface DeadLetterError {
  readonly code?: string;
  readonly message?: string;
}

/** Reads a message as it was received, with all its message attributes and `SentTimestamp`. */
export function parseDeadLetter(queue: DeadLetterQueueName, message: Message): DeadLetter {
  const { MessageId: messageId = '', ReceiptHandle: receiptHandle = '', Body: body = '' } = message;
  const attribute = (name: string) => message.MessageAttributes?.[name]?.StringValue;
  const value = jsonObject(body);
  const response = isObject(value?.responsePayload) ? value.responsePayload : {};
  // In attributes the handler and Lambda write it one way, EventBridge another; a destination has it in the body alone.
  const code = attribute('ErrorCode') ?? attribute('ERROR_CODE') ?? text(response.errorType);
  const said = attribute('ErrorMessage') ?? attribute('ERROR_MESSAGE') ?? text(response.errorMessage);
  return {
    queue,
    messageId,
    receiptHandle,
    body,
    value,
    original: originalMessage({ messageId, sentAt: Number(message.Attributes?.SentTimestamp) }, attribute),
    error: { ...(code === undefined ? {} : { code }), ...(said === undefined ? {} : { message: said }) },
  };
}

function jsonObject(body: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
