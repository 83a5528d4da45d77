import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import { AWS_CLIENT } from '../aws/clients.ts';
import { awsCompilerPorts } from '../aws/configuration-ports.ts';
import { ConfigurationTable } from '../aws/configuration-table.ts';
import { ContactsTable } from '../aws/contacts-table.ts';
import { environment, instanceIds } from '../aws/environment.ts';
import { PublishedConfigurationReader } from '../aws/published-configuration.ts';
import { Queues } from '../aws/queues.ts';
import { QuotaTable } from '../aws/quota-table.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import type { CompilerPorts } from '../flow/configuration/ports.ts';
import { watchConfiguration } from '../flow/configuration/watch.ts';
import { type SweepPorts, sweep, throwReasons } from '../flow/sweep.ts';

const telemetry = new PowertoolsTelemetry();
let ports: { readonly sweep: SweepPorts; readonly compiler: CompilerPorts } | undefined;

/**
 * Recovers from lost messages, and from changes of the configuration that were not processed, once a minute. Neither
 * stops the other. The Scheduler's event carries no information.
 */
export async function handler(_event: unknown, context: Context): Promise<void> {
  telemetry.begin(context);
  try {
    ports ??= awsPorts();
    const results = await Promise.allSettled([sweep(ports.sweep), watchConfiguration(ports.compiler)]);
    throwReasons(results);
  } finally {
    telemetry.end();
  }
}

function awsPorts() {
  const dynamoDb = new DynamoDBClient(AWS_CLIENT);
  const sqs = new SQSClient(AWS_CLIENT);
  const table = environment('contactsTable');
  const configuration = new PublishedConfigurationReader(new ConfigurationTable(dynamoDb, table), telemetry);
  return {
    sweep: {
      contacts: new ContactsTable(dynamoDb, table),
      outbox: new Queues(sqs, environment('ruleMessagesQueueUrl'), environment('dispatchQueueUrl')),
      quota: new QuotaTable(dynamoDb, table),
      telemetry,
      clock: { now: Date.now },
      settings: () => configuration.settings(),
      instances: instanceIds(),
    },
    compiler: awsCompilerPorts(dynamoDb, sqs, telemetry),
  };
}
