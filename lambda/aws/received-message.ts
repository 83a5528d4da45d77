import type { SQSRecord } from 'aws-lambda';
import type { ReceivedMessage } from '../flow/ports.ts';

/** A message of a batch as the flow reads it. */
export function receivedMessage({
  messageId,
  attributes,
  body,
  messageAttributes,
}: SQSRecord): ReceivedMessage {
  return {
    messageId,
    sentAt: Number(attributes.SentTimestamp),
    body,
    attribute: (name) => messageAttributes[name]?.stringValue,
  };
}
