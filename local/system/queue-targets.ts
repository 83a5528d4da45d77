import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { EventEnvelope } from '../events/event-bus.ts';
import type { FailureRecord } from '../functions/async-invoker.ts';

/** SQS refuses attributes that are empty, and a message with all its attributes above its limit. */
const MAX_ERROR_LENGTH = 4_096;

/** The target of a rule that sends each event to a queue, as it is. */
export function queueTarget(client: SQSClient, queueUrl: string): (event: EventEnvelope) => Promise<void> {
  return async (event) => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(event) }));
  };
}

/**
 * The on-failure destination of a function. The body is Lambda's record of the failure; the error stands in the
 * message attributes too, where a dead-letter queue would have it.
 */
export function failureDestination(
  client: SQSClient,
  queueUrl: string,
): (record: FailureRecord) => Promise<void> {
  return async (record) => {
    const { requestContext, responsePayload } = record;
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify(record),
        MessageAttributes: {
          RequestID: stringAttribute(requestContext.requestId),
          ErrorCode: stringAttribute(responsePayload.errorType),
          ErrorMessage: stringAttribute(responsePayload.errorMessage.slice(0, MAX_ERROR_LENGTH)),
        },
      }),
    );
  };
}

function stringAttribute(value: string) {
  return { DataType: 'String', StringValue: value || '-' };
}
