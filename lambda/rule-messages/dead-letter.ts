import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type Sending, sendingAttributes } from '../aws/sending.ts';
import type { MalformedMessageError } from '../domain/rule-message.ts';

/** SQS refuses attributes that are empty; this is far below its limit of 256 KiB a message. */
const MAX_ERROR_LENGTH = 4_096;

/**
 * Puts a message that cannot be understood into the dead-letter queue: its body as it came, and in the message
 * attributes what is wrong with it, so that whoever finds it need not look for a log, and how it was first sent, so
 * that it may be sent again as what it is.
 */
export async function deadLetter(
  body: string,
  first: Sending,
  error: MalformedMessageError,
  queueUrl: string,
  client: SQSClient,
): Promise<void> {
  await client.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: body,
      MessageAttributes: {
        ErrorCode: text(error.problems.map(({ code }) => code).join(',')),
        ErrorMessage: text(error.message.slice(0, MAX_ERROR_LENGTH)),
        ...sendingAttributes(first),
      },
    }),
  );
}

/** What SQS does not take in an attribute. */
const REFUSED = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function text(value: string) {
  return { DataType: 'String', StringValue: value.replaceAll(REFUSED, '?') || '-' };
}
