import { ConnectClient, DescribeInstanceCommand } from '@aws-sdk/client-connect';
import { plural } from '../../format.ts';
import { type Examination, withClient } from '../examination.ts';
import { failure, ok, type Verdict } from '../finding.ts';

/** Whether each Connect instance exists and is active. */
export async function checkInstances(
  { options }: Examination,
  instanceIds: readonly string[],
): Promise<Verdict[]> {
  const verdicts = await withClient(ConnectClient, options, (client) =>
    Promise.all(instanceIds.map((id) => checkInstance(client, id))),
  );
  const failures = verdicts.filter((verdict) => verdict !== undefined);
  return failures.length > 0 ? failures : [ok(`${plural(instanceIds.length, 'Connect instance')} active.`)];
}

async function checkInstance(client: ConnectClient, InstanceId: string): Promise<Verdict | undefined> {
  try {
    const { Instance: instance } = await client.send(new DescribeInstanceCommand({ InstanceId }));
    const status = instance?.InstanceStatus;
    if (status === 'ACTIVE') return undefined;
    return failure(
      `Instance ${InstanceId} is in the state ${status}.`,
      'Look at the instance in the console of Amazon Connect.',
    );
  } catch (error) {
    if (!/^(ResourceNotFoundException|InvalidRequestException)$/.test((error as Error).name)) throw error;
    return failure(
      `There is no instance ${InstanceId} in this account and Region.`,
      'Deploy the stack with the ARN of the instance, in its account and Region.',
    );
  }
}
