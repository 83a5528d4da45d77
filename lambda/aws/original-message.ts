import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { ORIGINAL_MESSAGE_ATTRIBUTES, type OriginalMessage } from '../domain/messages/original-message.ts';

/** The message attributes that `originalMessage` reads. */
export function originalMessageAttributes(original: OriginalMessage): Record<string, MessageAttributeValue> {
  return {
    [ORIGINAL_MESSAGE_ATTRIBUTES.messageId]: { DataType: 'String', StringValue: original.messageId },
    [ORIGINAL_MESSAGE_ATTRIBUTES.sentAt]: { DataType: 'Number', StringValue: String(original.sentAt) },
    ...(original.senderId !== undefined && {
      [ORIGINAL_MESSAGE_ATTRIBUTES.senderId]: { DataType: 'String', StringValue: original.senderId },
    }),
  };
}
