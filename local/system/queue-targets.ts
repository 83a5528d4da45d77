import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { EventEnvelope } from '../events/event-bus.ts';
import type { FailureRecord } from '../functions/async-invoker.ts';

/** SQS counts attributes towards the maximum size of a message. */
const MAX_ERROR_LENGTH = 4_096;

/** A rule target that sends each event to a queue, unchanged. */
export function queueTarget(client: SQSClient, queueUrl: string): (event: EventEnvelope) => Promise<void> {
  return async (event) => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(event) }));
  };
}

/**
 * The on-failure destination of a function. The message body is Lambda's failure record. The message
 * attributes contain the error, as those of a Lambda dead-letter queue do.
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

/** SQS rejects empty attributes. */
function stringAttribute(value: string) {
  return { DataType: 'String', StringValue: value || '-' };
}
