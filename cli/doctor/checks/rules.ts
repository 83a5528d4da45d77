import { DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { DeployedResources } from '../../../lambda/aws/deployment.ts';
import { withClient } from '../../aws/with-client.ts';
import { plural } from '../../format.ts';
import type { Examination } from '../examination.ts';
import { failure, ok, type Verdict } from '../finding.ts';

/** Whether each rule of EventBridge exists and is enabled. */
export async function checkRules({ options }: Examination, { rules }: DeployedResources): Promise<Verdict[]> {
  const verdicts = await withClient(EventBridgeClient, options, (client) =>
    Promise.all(rules.map((rule) => checkRule(client, rule))),
  );
  const failures = verdicts.filter((verdict) => verdict !== undefined);
  return failures.length > 0 ? failures : [ok(`${plural(rules.length, 'rule')} enabled.`)];
}

/** @param reference - `<name>`, or `<bus>|<name>` on a bus other than the default one. */
async function checkRule(client: EventBridgeClient, reference: string): Promise<Verdict | undefined> {
  const separator = reference.lastIndexOf('|');
  const name = reference.slice(separator + 1);
  const bus = separator < 0 ? undefined : reference.slice(0, separator);
  try {
    const { State: state } = await client.send(new DescribeRuleCommand({ Name: name, EventBusName: bus }));
    if (state !== 'DISABLED') return undefined;
    return failure(
      `${name} is disabled: its events are lost.`,
      `aws events enable-rule --name ${name}${bus === undefined ? '' : ` --event-bus-name ${bus}`}`,
    );
  } catch (error) {
    if ((error as Error).name !== 'ResourceNotFoundException') throw error;
    return failure(`${name} does not exist: its events are lost.`, 'Deploy the stack again.');
  }
}
