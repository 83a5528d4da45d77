import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Deployment } from '../../lambda/aws/deployment.ts';
import type { AwsOptions } from '../options/aws.ts';
import { withClient } from './with-client.ts';

/** How many messages a dead-letter queue holds, as SQS estimates. */
export interface DeadLetterDepth {
  /** Its name, such as `DispatchDlq`. */
  readonly queue: string;
  readonly messages: number;
}

/**
 * How many messages each dead-letter queue of a deployment holds.
 *
 * @throws what SQS answers.
 */
export async function readDeadLetterDepths(
  { deadLetterQueueUrls }: Pick<Deployment, 'deadLetterQueueUrls'>,
  options: AwsOptions,
): Promise<DeadLetterDepth[]> {
  return withClient(SQSClient, options, (client) =>
    Promise.all(
      Object.entries(deadLetterQueueUrls).map(async ([queue, QueueUrl]) => {
        const { Attributes: attributes } = await client.send(
          new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
        );
        return { queue, messages: Number(attributes?.ApproximateNumberOfMessages ?? 0) };
      }),
    ),
  );
}
