import { createHash } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { OriginalMessage } from '../domain/messages/original-message.ts';
import type { MalformedMessageError } from '../domain/messages/rule-message.ts';
import type { DeadLetters } from '../flow/ports.ts';
import { originalMessageAttributes } from './original-message.ts';

/** SQS rejects empty attributes; this is far below its limit of 256 KiB a message. */
const MAX_ERROR_LENGTH = 4_096;

/**
 * The dead-letter queue of rule messages, or of dispatch. A malformed message is stored with its body as it came, and in its attributes
 * its error, so that an operator finds both in one place, and its original id and time, so that it can be redriven as what it is.
 */
export class DeadLetterSender implements DeadLetters {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor(client: SQSClient, queueUrl: string) {
    this.#client = client;
    this.#queueUrl = queueUrl;
  }

  async send(body: string, original: OriginalMessage, error: MalformedMessageError): Promise<void> {
    await this.#client.send(
      new SendMessageCommand({
        QueueUrl: this.#queueUrl,
        MessageBody: body,
        ...(this.#queueUrl.endsWith('.fifo') ? fifoMembers(body, original) : {}),
        MessageAttributes: {
          ErrorCode: text([...new Set(error.problems.map(({ code }) => code))].join(',')),
          ErrorMessage: text(error.message.slice(0, MAX_ERROR_LENGTH)),
          ...originalMessageAttributes(original),
        },
      }),
    );
  }
}

/** A FIFO queue stores a message once, however often it is set aside within five minutes. No message holds up another. */
function fifoMembers(body: string, { messageId }: OriginalMessage) {
  // A sender may claim the id of another message.
  const id = createHash('sha256')
    .update(JSON.stringify([messageId, body]))
    .digest('hex');
  return { MessageGroupId: id, MessageDeduplicationId: id };
}

/** What SQS does not accept in an attribute. */
const INVALID_CHARACTERS = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function text(value: string) {
  return { DataType: 'String', StringValue: value.replaceAll(INVALID_CHARACTERS, '?') || '-' };
}
