import type { Message } from '@aws-sdk/client-sqs';
import type { DeadLetterQueueName } from '../../lambda/aws/deployment.ts';
import { defined, isObject, type JsonObject } from '../../lambda/domain/json.ts';
import { type OriginalMessage, originalMessage } from '../../lambda/domain/messages/original-message.ts';

/** A message in a dead-letter queue. */
export interface DeadLetter {
  readonly queue: DeadLetterQueueName;
  /** The SQS message id in this queue. */
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** The parsed body. Undefined if it is not a JSON object. */
  readonly value: JsonObject | undefined;
  /** Id and time of the first message. If they are unknown, those of this one. */
  readonly original: OriginalMessage;
  /** The error that brought the message here. Its members are undefined if they are unknown. */
  readonly error: DeadLetterError;
}

export interface DeadLetterError {
  readonly code?: string;
  readonly message?: string;
}

/** Parses a message that was received with all its message attributes, `SentTimestamp` and `SenderId`. */
export function parseDeadLetter(queue: DeadLetterQueueName, message: Message): DeadLetter {
  const { MessageId: messageId = '', ReceiptHandle: receiptHandle = '', Body: body = '' } = message;
  const attribute = (name: string) => message.MessageAttributes?.[name]?.StringValue;
  const value = parseObject(body);
  const response = isObject(value?.responsePayload) ? value.responsePayload : {};
  return {
    queue,
    messageId,
    receiptHandle,
    body,
    value,
    original: originalMessage(
      {
        messageId,
        sentAt: Number(message.Attributes?.SentTimestamp),
        ...defined({ senderId: message.Attributes?.SenderId }),
      },
      attribute,
    ),
    // The handlers and Lambda write attributes of the first names, EventBridge those of the second. A Lambda
    // destination has the error only in the body.
    error: {
      code: attribute('ErrorCode') ?? attribute('ERROR_CODE') ?? nonEmptyString(response.errorType),
      message:
        attribute('ErrorMessage') ?? attribute('ERROR_MESSAGE') ?? nonEmptyString(response.errorMessage),
    },
  };
}

function parseObject(body: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function nonEmptyString(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
