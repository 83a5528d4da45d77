import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { RuleMessagePorts } from '../flow/handle-rule-message.ts';
import type { ReconcilePorts } from '../flow/reconcile.ts';
import { AWS_CLIENT } from './clients.ts';
import { ConfigurationTable } from './configuration-table.ts';
import { ContactsTable } from './contacts-table.ts';
import { DeadLetterSender } from './dead-letters.ts';
import { environment, instanceIds } from './environment.ts';
import { PublishedConfigurationReader } from './published-configuration.ts';
import { Queues } from './queues.ts';
import type { PowertoolsTelemetry } from './telemetry.ts';

/**
 * The ports of a function that reconciles contacts, as the stack configured them.
 *
 * @throws EnvironmentError when an environment variable of the stack is missing.
 */
export function awsReconcilePorts(
  telemetry: PowertoolsTelemetry,
  sqs: SQSClient = new SQSClient(AWS_CLIENT),
): ReconcilePorts {
  const dynamoDb = new DynamoDBClient(AWS_CLIENT);
  const table = environment('contactsTable');
  const configuration = new PublishedConfigurationReader(new ConfigurationTable(dynamoDb, table), telemetry);
  return {
    contacts: new ContactsTable(dynamoDb, table),
    outbox: new Queues(sqs, environment('ruleMessagesQueueUrl'), environment('dispatchQueueUrl')),
    clock: { now: Date.now },
    telemetry,
    configuration: () => configuration.current(),
    region: environment('region'),
    instances: instanceIds(),
  };
}

/**
 * The ports of the function rule-messages, as the stack configured them.
 *
 * @throws EnvironmentError when an environment variable of the stack is missing.
 */
export function awsRuleMessagePorts(telemetry: PowertoolsTelemetry): RuleMessagePorts {
  const sqs = new SQSClient(AWS_CLIENT);
  return {
    ...awsReconcilePorts(telemetry, sqs),
    deadLetters: new DeadLetterSender(sqs, environment('ruleMessagesDlqUrl')),
    telemetry,
  };
}
