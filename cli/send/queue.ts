import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientConfig } from '../aws/clients.ts';
import { askAws } from '../aws/failure.ts';
import type { AwsOptions } from '../aws/options.ts';

/** The queue of rule messages in the local system, and wherever it was given its plain name. */
const QUEUE_NAME = 'RuleMessages';

/**
 * Sends a message.
 *
 * @param queueUrl - undefined finds the queue by its name.
 * @throws AwsFailure
 */
export async function sendToQueue(
  body: string,
  options: AwsOptions,
  queueUrl: string | undefined,
): Promise<{ readonly queueUrl: string; readonly messageId: string }> {
  const client = new SQSClient(clientConfig(options));
  try {
    const url = queueUrl ?? (await foundUrl(client));
    const { MessageId: messageId = '' } = await askAws(`send to ${url}`, () =>
      client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body })),
    );
    return { queueUrl: url, messageId };
  } finally {
    client.destroy();
  }
}

async function foundUrl(client: SQSClient): Promise<string> {
  const { QueueUrl: url = '' } = await askAws(`find the queue ${QUEUE_NAME}`, () =>
    client.send(new GetQueueUrlCommand({ QueueName: QUEUE_NAME })),
  );
  return url;
}
