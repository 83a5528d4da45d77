import type { SQSRecord } from 'aws-lambda';
import type { DeliveredMessage } from '../flow/ports.ts';

/** A message of a batch as the flow reads it. */
export function receivedMessage({
  messageId,
  attributes,
  body,
  messageAttributes,
  receiptHandle,
}: SQSRecord): DeliveredMessage {
  return {
    messageId,
    sentAt: Number(attributes.SentTimestamp),
    senderId: attributes.SenderId,
    body,
    receiveCount: Number(attributes.ApproximateReceiveCount),
    receiptHandle,
    attribute: (name) => messageAttributes[name]?.stringValue,
  };
}
