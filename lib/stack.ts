import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ConnectEscalator, type ConnectEscalatorProps } from './connect-escalator.ts';
import { parseInstanceArns } from './instance-arns.ts';

/**
 * The system as a stack, in the account and Region of the instances that it serves.
 *
 * @throws ConfigError if a property is invalid.
 */
export class ConnectEscalatorStack extends Stack {
  constructor(scope: Construct, id: string, props: ConnectEscalatorProps) {
    const { account, region } = parseInstanceArns(props.instanceArns);
    super(scope, id, {
      env: { account, region },
      description: 'Raises the urgency of waiting Amazon Connect contacts.',
    });
    const escalator = new ConnectEscalator(this, 'Escalator', props);
    const output = (id: string, value: string, description: string) =>
      new CfnOutput(this, id, { value, description });
    output(
      'RuleMessagesQueueUrl',
      escalator.ruleMessages.signals.queue.queueUrl,
      'Queue of signals, for other systems.',
    );
    output(
      'OperatorMessagesQueueUrl',
      escalator.ruleMessages.operators.queue.queueUrl,
      'Queue of overrides, releases and reevaluate, for operators.',
    );
    output(
      'WakeUpsQueueUrl',
      escalator.ruleMessages.wakeUps.queue.queueUrl,
      'Queue of wake-ups, to look at: only this system sends to it.',
    );
    output('ContactsTableName', escalator.contactsTable.table.tableName, 'Table of contact records.');
    output('PolicyPath', escalator.parameters.policyPath, 'Each SSM parameter below this path is a policy.');
    output('SettingsParameter', escalator.parameters.settingsParameter, 'SSM parameter of the settings.');
  }
}
