import { ConnectClient } from '@aws-sdk/client-connect';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import { backOff } from '../aws/back-off.ts';
import { AWS_CLIENT, AWS_NETWORK, type Network } from '../aws/clients.ts';
import { awsCompilerPorts } from '../aws/configuration-ports.ts';
import { ConfigurationTable } from '../aws/configuration-table.ts';
import { SearchContacts } from '../aws/contact-search.ts';
import { ContactsTable } from '../aws/contacts-table.ts';
import { environment, instanceIds } from '../aws/environment.ts';
import { messageOf } from '../aws/errors.ts';
import { DefaultEventBus } from '../aws/event-bus.ts';
import { PublishedVersionReader } from '../aws/published-version.ts';
import { Queues } from '../aws/queues.ts';
import { QuotaTable } from '../aws/quota-table.ts';
import { SweepPositionTable } from '../aws/sweep-position-table.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import type { CompilerPorts } from '../flow/configuration/ports.ts';
import { reportChanges } from '../flow/configuration/report-changes.ts';
import { watchConfiguration } from '../flow/configuration/watch.ts';
import { throwReasons } from '../flow/reasons.ts';
import { type SendEventsPorts, sendEvents } from '../flow/send-events.ts';
import { type SweepPorts, sweep } from '../flow/sweep.ts';

/** What a sweep needs, on AWS. */
interface AwsSweepPorts {
  readonly sweep: SweepPorts & SendEventsPorts;
  readonly compiler: CompilerPorts;
}

export const handler = createHandler(new PowertoolsTelemetry());

/**
 * The handler of one execution environment. It recovers from lost messages, and from changes of the configuration that
 * were not processed, and sends events to EventBridge, once a minute. None of them stops another. The Scheduler's event
 * carries no information.
 */
export function createHandler(
  telemetry: PowertoolsTelemetry,
  network: Network = AWS_NETWORK,
): (event: unknown, context: Context) => Promise<void> {
  let ports: AwsSweepPorts | undefined;
  return async (_event, context) => {
    telemetry.begin(context);
    try {
      ports ??= awsPorts(telemetry, network);
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
  };
}

function awsPorts(telemetry: PowertoolsTelemetry, network: Network): AwsSweepPorts {
  const dynamoDb = new DynamoDBClient(network(AWS_CLIENT));
  const sqs = new SQSClient(network(AWS_CLIENT));
  const table = environment('contactsTable');
  const configuration = new PublishedVersionReader(new ConfigurationTable(dynamoDb, table), telemetry);
  return {
    sweep: {
      contacts: new ContactsTable(dynamoDb, table, (_key, error) =>
        telemetry.eventsUnsent(1, messageOf(error)),
      ),
      eventBus: new DefaultEventBus(new EventBridgeClient(network(AWS_CLIENT))),
      outbox: new Queues(sqs, environment('wakeUpsQueueUrl'), environment('dispatchQueueUrl')),
      quota: new QuotaTable(dynamoDb, table),
      position: new SweepPositionTable(dynamoDb, table),
      telemetry,
      search: new SearchContacts(new ConnectClient(network(AWS_CLIENT))),
      clock: {
        now: Date.now,
        sleep: (durationMs: number) => new Promise<void>((done) => setTimeout(done, durationMs)),
      },
      backOff,
      region: environment('region'),
      settings: () => configuration.settings(),
      usesConditions: () => configuration.usesConditions(),
      instances: instanceIds(),
    },
    compiler: awsCompilerPorts(dynamoDb, sqs, telemetry, network),
  };
}
