import { ConnectClient } from '@aws-sdk/client-connect';
import { arnId, plainName } from '../../lambda/domain/arn.ts';
import { closestMatch } from '../../lambda/domain/validation/suggestion.ts';
import { listQueues } from '../aws/list-queues.ts';
import { withClient } from '../aws/with-client.ts';
import { UsageError } from '../errors.ts';
import type { AwsOptions } from '../options/aws.ts';

/** Names of queues in an error: those most similar to the one that Connect does not know. */
const MAX_SUGGESTIONS = 3;

/**
 * Returns the ARN of the queue of that name, or of that id.
 *
 * @param instanceIds - the instances in which it may be.
 * @throws UsageError where none has such a queue, or several have one.
 * @throws AwsError when a request fails.
 */
export async function findQueueArn(
  name: string,
  instanceIds: readonly string[],
  options: AwsOptions,
): Promise<string> {
  const queues = await withClient(ConnectClient, options, (client) => listQueues(client, instanceIds));
  const found = queues.filter(
    (queue) => queue.name === name || arnId(queue.arn, 'queue') === plainName(name),
  );
  if (found.length > 1) {
    throw new UsageError(
      `${found.length} instances have a queue of the name ${name}: pass --instance-id, or one of their ARNs as ` +
        `--contact-queue: ${found.map(({ arn }) => arn).join(', ')}.`,
    );
  }
  if (found[0]) return found[0].arn;
  const similar = closestNames(
    name,
    queues.map((queue) => queue.name),
  );
  const advice =
    similar.length > 0
      ? `Did you mean ${similar.join(' or ')}?`
      : 'Pass the name as Connect shows it, or the ARN as --contact-queue.';
  throw new UsageError(
    `Connect does not know a queue of the name ${name} in ${instanceIds.join(', ')}. ${advice}`,
  );
}

function closestNames(name: string, known: readonly string[]): string[] {
  const closest: string[] = [];
  while (closest.length < MAX_SUGGESTIONS) {
    const next = closestMatch(
      name,
      known.filter((one) => one !== '' && !closest.includes(one)),
    );
    if (next === undefined) break;
    closest.push(next);
  }
  return closest;
}
