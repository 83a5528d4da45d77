import { ConnectClient, DescribeInstanceCommand } from '@aws-sdk/client-connect';
import { withClient } from '../../aws/with-client.ts';
import { plural } from '../../format.ts';
import type { Examination } from '../examination.ts';
import { failure, ok, type Verdict, warning } from '../finding.ts';

/** Whether each Connect instance exists and is active, and the settings leave it to the system. */
export async function checkInstances(
  { options, inForce }: Examination,
  instanceIds: readonly string[],
): Promise<Verdict[]> {
  const verdicts = await withClient(ConnectClient, options, (client) =>
    Promise.all(instanceIds.map((id) => checkInstance(client, id))),
  );
  const unserved = checkServed(instanceIds, inForce?.settings.instances);
  const found = [...verdicts, unserved].filter((verdict) => verdict !== undefined);
  return found.length > 0 ? found : [ok(`${plural(instanceIds.length, 'Connect instance')} active.`)];
}

/** The settings can leave out instances of the deployment, and add none. */
function checkServed(instanceIds: readonly string[], served = instanceIds): Verdict | undefined {
  const unknown = served.filter((id) => !instanceIds.includes(id));
  if (unknown.length === 0) return undefined;
  const next = `Write ids of the deployment to the settings (${instanceIds.join(', ')}), or leave out instances.`;
  const names = `The settings name ${unknown.join(', ')}, which the deployment does not serve`;
  return unknown.length === served.length
    ? failure(`${names}, and no other instance: no contact is escalated.`, next)
    : warning(`${names}.`, next);
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
