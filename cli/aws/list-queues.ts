import { type ConnectClient, paginateListQueues } from '@aws-sdk/client-connect';
import { allItems } from './all-items.ts';
import { callAws } from './call-aws.ts';

/** A queue of Connect that is no agent's own. */
export interface NamedQueue {
  readonly id: string;
  readonly arn: string;
  /** As Connect shows it. */
  readonly name: string;
}

/**
 * The queues of instances, without agents' own.
 *
 * @throws AwsError when a request fails.
 */
export async function listQueues(
  client: ConnectClient,
  instanceIds: readonly string[],
): Promise<NamedQueue[]> {
  const queues: NamedQueue[] = [];
  for (const InstanceId of instanceIds) {
    const pages = paginateListQueues({ client, pageSize: 1_000 }, { InstanceId, QueueTypes: ['STANDARD'] });
    const found = await callAws(`list the queues of the instance ${InstanceId}`, () =>
      allItems(pages, (page) => page.QueueSummaryList),
    );
    queues.push(...found.map(({ Id: id = '', Arn: arn = '', Name: name = '' }) => ({ id, arn, name })));
  }
  return queues;
}
