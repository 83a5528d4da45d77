import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { withClient } from '../../aws/with-client.ts';
import type { Examination } from '../examination.ts';
import { ok, type Verdict, warning } from '../finding.ts';

/** How many messages each dead-letter queue holds. */
export async function checkDeadLetters({ options, deployment }: Examination): Promise<Verdict[]> {
  const queues = Object.entries(deployment.deadLetterQueueUrls);
  const depths = await withClient(SQSClient, options, (client) =>
    Promise.all(
      queues.map(async ([name, QueueUrl]) => {
        const { Attributes: attributes } = await client.send(
          new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
        );
        return [name, Number(attributes?.ApproximateNumberOfMessages ?? 0)] as const;
      }),
    ),
  );
  const full = depths.filter(([, depth]) => depth > 0);
  if (full.length === 0) return [ok(`All ${queues.length} dead-letter queues are empty.`)];
  return full.map(([name, depth]) =>
    warning(
      `${name} holds about ${depth}: they had no effect.`,
      `escalator redrive ${name} --dry-run lists them with their errors.`,
    ),
  );
}
