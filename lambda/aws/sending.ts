import type { MessageAttributeValue } from '@aws-sdk/client-sqs';

/** A message as it was sent to a queue. */
export interface Sending {
  /** The id that SQS gave it. */
  readonly messageId: string;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
}

/**
 * Names of the message attributes in which a message that is sent once more, to the dead-letter queue or out of it,
 * carries its first sending on: SQS gives each sending an id and a time of its own, but an override must neither count
 * twice nor hold for longer, nor overtake its release.
 */
const ATTRIBUTES = {
  messageId: 'OriginalMessageId',
  /** Milliseconds since the epoch, as a number. */
  sentAt: 'OriginalSentAt',
} as const;

/** As long as an `id` of a rule message may be. */
const MAX_ID_LENGTH = 512;

/**
 * The first sending of a message, so far as its attributes tell. What they cannot mean is passed over, in favour of
 * SQS's own: an id that is too long, a time that is none, or that is later than the message itself.
 *
 * @param last - what SQS says of the message.
 * @param attribute - the text of a message attribute; undefined where there is none.
 */
export function firstSending(last: Sending, attribute: (name: string) => string | undefined): Sending {
  const messageId = attribute(ATTRIBUTES.messageId) ?? '';
  const sentAt = attribute(ATTRIBUTES.sentAt) ?? '';
  return {
    messageId: messageId !== '' && messageId.length <= MAX_ID_LENGTH ? messageId : last.messageId,
    sentAt: /^\d{1,15}$/.test(sentAt) && Number(sentAt) <= last.sentAt ? Number(sentAt) : last.sentAt,
  };
}

/** The message attributes that {@link firstSending} reads. */
export function sendingAttributes(first: Sending): Record<string, MessageAttributeValue> {
  return {
    [ATTRIBUTES.messageId]: { DataType: 'String', StringValue: first.messageId },
    [ATTRIBUTES.sentAt]: { DataType: 'Number', StringValue: String(first.sentAt) },
  };
}
