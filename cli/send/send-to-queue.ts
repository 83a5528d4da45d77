import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { callAws } from '../aws/call-aws.ts';
import { withClient } from '../aws/with-client.ts';
import type { AwsOptions } from '../options/aws.ts';

/**
 * Sends a message.
 *
 * @returns its SQS message id.
 * @throws AwsError when the request fails
 */
export async function sendToQueue(body: string, options: AwsOptions, queueUrl: string): Promise<string> {
  const { MessageId = '' } = await withClient(SQSClient, options, (client) =>
    callAws(`send to ${queueUrl}`, () =>
      client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body })),
    ),
  );
  return MessageId;
}
