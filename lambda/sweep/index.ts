import { ConnectClient } from '@aws-sdk/client-connect';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import { AWS_CLIENT } from '../aws/clients.ts';
import { awsCompilerPorts } from '../aws/configuration-ports.ts';
import { ConfigurationTable } from '../aws/configuration-table.ts';
import { SearchContacts } from '../aws/contact-search.ts';
import { ContactsTable } from '../aws/contacts-table.ts';
import { environment, instanceIds } from '../aws/environment.ts';
import { messageOf } from '../aws/errors.ts';
import { DefaultEventBus } from '../aws/event-bus.ts';
import { PublishedConfigurationReader } from '../aws/published-configuration.ts';
import { Queues } from '../aws/queues.ts';
import { QuotaTable } from '../aws/quota-table.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import type { CompilerPorts } from '../flow/configuration/ports.ts';
import { reportChanges } from '../flow/configuration/report-changes.ts';
import { watchConfiguration } from '../flow/configuration/watch.ts';
import { throwReasons } from '../flow/reasons.ts';
import { type SendEventsPorts, sendEvents } from '../flow/send-events.ts';
import { type SweepPorts, sweep } from '../flow/sweep.ts';

const telemetry = new PowertoolsTelemetry();
let ports: { readonly sweep: SweepPorts & SendEventsPorts; readonly compiler: CompilerPorts } | undefined;

/**
 * Recovers from lost messages, and from changes of the configuration that were not processed, and sends events to
 * EventBridge, once a minute. None of them stops another. The Scheduler's event carries no information.
 */
export async function handler(_event: unknown, context: Context): Promise<void> {
  telemetry.begin(context);
  try {
    ports ??= awsPorts();
    const { sweep: sweepPorts, compiler } = ports;
    const report = () => reportChanges({ ...sweepPorts, ...compiler, telemetry });
    const watched = watchConfiguration(compiler);
    const results = await Promise.allSettled([
      sweep(sweepPorts),
      watched,
      watched.then(report, report),
      sendEvents(sweepPorts),
    ]);
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
      contacts: new ContactsTable(dynamoDb, table, (_key, error) =>
        telemetry.eventsUnsent(1, messageOf(error)),
      ),
      eventBus: new DefaultEventBus(new EventBridgeClient(AWS_CLIENT)),
      outbox: new Queues(sqs, environment('wakeUpsQueueUrl'), environment('dispatchQueueUrl')),
      quota: new QuotaTable(dynamoDb, table),
      telemetry,
      search: new SearchContacts(new ConnectClient(AWS_CLIENT)),
      clock: {
        now: Date.now,
        sleep: (durationMs: number) => new Promise<void>((done) => setTimeout(done, durationMs)),
      },
      region: environment('region'),
      settings: () => configuration.settings(),
      instances: instanceIds(),
    },
    compiler: awsCompilerPorts(dynamoDb, sqs, telemetry),
  };
}
