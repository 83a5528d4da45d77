import { ConnectClient } from '@aws-sdk/client-connect';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { RuleMessagePorts } from '../flow/handle-rule-message.ts';
import type { MessageSource } from '../flow/ports.ts';
import type { ReconcilePorts } from '../flow/reconcile.ts';
import { backOff } from './back-off.ts';
import { AWS_CLIENT, AWS_NETWORK, type Network } from './clients.ts';
import { ConfigurationTable } from './configuration-table.ts';
import { CONNECT_CLIENT } from './connect.ts';
import { ContactsTable } from './contacts-table.ts';
import { CustomerContactsTable } from './customer-contacts-table.ts';
import { environment, instanceIds } from './environment.ts';
import { FanOutTable } from './fan-out-table.ts';
import { ConnectLoadMetrics } from './load-metrics.ts';
import { messageSource } from './message-sources.ts';
import { PublishedConfigurationReader } from './published-configuration.ts';
import { QueueStateTable } from './queue-state-table.ts';
import { Queues, sendMessages } from './queues.ts';
import type { PowertoolsTelemetry } from './telemetry.ts';

/**
 * The ports of a function that reconciles contacts, as the stack configured them.
 *
 * @throws EnvironmentError when an environment variable of the stack is missing.
 */
export function awsReconcilePorts(
  telemetry: PowertoolsTelemetry,
  network: Network = AWS_NETWORK,
  sqs: SQSClient = new SQSClient(network(AWS_CLIENT)),
  dynamoDb: DynamoDBClient = new DynamoDBClient(network(AWS_CLIENT)),
): ReconcilePorts & Pick<RuleMessagePorts, 'queueStates'> {
  const table = environment('contactsTable');
  const configuration = new PublishedConfigurationReader(new ConfigurationTable(dynamoDb, table), telemetry);
  return {
    // Only fan-outs read several records: contacts whose record cannot be read are reconciled, which says why.
    contacts: new ContactsTable(dynamoDb, table, () => {}),
    customers: new CustomerContactsTable(dynamoDb, table),
    queueStates: new QueueStateTable(dynamoDb, table),
    outbox: new Queues(sqs, environment('wakeUpsQueueUrl'), environment('dispatchQueueUrl')),
    clock: { now: Date.now },
    telemetry,
    configuration: () => configuration.current(),
    region: environment('region'),
    instances: instanceIds(),
    backOff,
  };
}

/** The ports of the function rule-messages, and where its messages come from. */
export interface AwsRuleMessagePorts extends RuleMessagePorts {
  source(eventSourceArn: string): MessageSource;
}

/**
 * The ports of the function rule-messages, as the stack configured them.
 *
 * @throws EnvironmentError when an environment variable of the stack is missing.
 */
export function awsRuleMessagePorts(
  telemetry: PowertoolsTelemetry,
  network: Network = AWS_NETWORK,
): AwsRuleMessagePorts {
  const sqs = new SQSClient(network(AWS_CLIENT));
  const dynamoDb = new DynamoDBClient(network(AWS_CLIENT));
  const ports = awsReconcilePorts(telemetry, network, sqs, dynamoDb);
  const { outbox } = ports;
  const ruleMessagesQueueUrl = environment('ruleMessagesQueueUrl');
  return {
    ...ports,
    outbox: {
      sendWakeUps: (messages) => outbox.sendWakeUps(messages),
      notifyDispatch: (...notification) => outbox.notifyDispatch(...notification),
      sendSignals: (messages) => sendMessages(sqs, ruleMessagesQueueUrl, messages),
    },
    telemetry,
    metrics: new ConnectLoadMetrics(new ConnectClient(network(CONNECT_CLIENT))),
    fanOuts: new FanOutTable(dynamoDb, environment('contactsTable')),
    source: (eventSourceArn) => messageSource(sqs, eventSourceArn),
  };
}
