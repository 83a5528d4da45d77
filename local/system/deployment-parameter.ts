import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { DEPLOYMENT_PARAMETER, type Deployment } from '../../lambda/aws/deployment.ts';
import { VERSION } from '../../lambda/domain/version.ts';
import type { ClientConfig } from './client-config.ts';
import type { LocalQueues } from './queues.ts';
import { RESOURCES } from './resource-names.ts';

/** Writes the parameter with the names and URLs of the deployment's resources, as the stack does. */
export async function putDeploymentParameter(
  config: ClientConfig,
  prefix: string,
  contactsTable: string,
  queues: LocalQueues,
  instanceIds: readonly string[],
): Promise<void> {
  const deployment: Deployment = {
    version: VERSION,
    instanceIds,
    contactsTable,
    ruleMessagesQueueUrl: queues.ruleMessages.url,
    operatorMessagesQueueUrl: queues.operatorMessages.url,
    wakeUpsQueueUrl: queues.wakeUps.url,
    dispatchQueueUrl: queues.dispatch.url,
    deadLetterQueueUrls: {
      ContactEventsDlq: queues.contactEventsDlq.url,
      RuleMessagesDlq: queues.ruleMessagesDlq.url,
      OperatorMessagesDlq: queues.operatorMessagesDlq.url,
      WakeUpsDlq: queues.wakeUpsDlq.url,
      DispatchDlq: queues.dispatchDlq.url,
      PolicyChangesDlq: queues.policyChangesDlq.url,
    },
    resources: RESOURCES,
  };
  const client = new SSMClient(config);
  await client.send(
    new PutParameterCommand({
      Name: `${prefix}/${DEPLOYMENT_PARAMETER}`,
      Value: JSON.stringify(deployment),
      Type: 'String',
    }),
  );
  client.destroy();
}
