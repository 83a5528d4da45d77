import { defined } from '../json.ts';

/** A message as it was first sent to a queue. */
export interface OriginalMessage {
  /** The id that SQS gave it. */
  readonly messageId: string;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
  /** Who sent it, as SQS named the sender. Absent where that is not known. */
  readonly senderId?: string;
}

/**
 * Names of the message attributes in which a message that is sent again, to the dead-letter queue or out of it, keeps
 * its original id and time. SQS gives each sending its own, but an override must neither count twice, nor hold for
 * longer, nor win over a release that was sent after it.
 */
export const ORIGINAL_MESSAGE_ATTRIBUTES = {
  messageId: 'OriginalMessageId',
  /** Milliseconds since the epoch, as a number. */
  sentAt: 'OriginalSentAt',
  senderId: 'OriginalSenderId',
} as const;

/** The longest `id` of a rule message. */
const MAX_ID_LENGTH = 512;

/** More than the id of a role and a session have, of 21 and 64 characters. */
const MAX_SENDER_LENGTH = 256;

/**
 * The original id, time and sender of a message, as far as its attributes say. Values that cannot be right are ignored
 * in favour of SQS's own: an id that is too long, a time that is none, or one later than the message itself. The one
 * who sends a message again states them, so they prove nothing about the sender.
 *
 * @param received - what SQS says of the message.
 * @param attribute - the text of a message attribute; undefined where there is none.
 */
export function originalMessage(
  received: OriginalMessage,
  attribute: (name: string) => string | undefined,
): OriginalMessage {
  const messageId = attribute(ORIGINAL_MESSAGE_ATTRIBUTES.messageId) ?? '';
  const sentAt = attribute(ORIGINAL_MESSAGE_ATTRIBUTES.sentAt) ?? '';
  const senderId = attribute(ORIGINAL_MESSAGE_ATTRIBUTES.senderId) ?? '';
  const isSender = senderId !== '' && senderId.length <= MAX_SENDER_LENGTH;
  return {
    messageId: messageId !== '' && messageId.length <= MAX_ID_LENGTH ? messageId : received.messageId,
    sentAt: /^\d{1,15}$/.test(sentAt) && Number(sentAt) <= received.sentAt ? Number(sentAt) : received.sentAt,
    ...defined({ senderId: isSender ? senderId : received.senderId }),
  };
}
