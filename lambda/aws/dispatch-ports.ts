import { ConnectClient } from '@aws-sdk/client-connect';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { FairQueue } from '../flow/dispatch/fair-queue.ts';
import type { NotificationPorts } from '../flow/dispatch/notifications.ts';
import type { DispatchPorts } from '../flow/dispatch/ports.ts';
import { RateLimiter } from '../flow/dispatch/rate-limiter.ts';
import type { Connect } from '../flow/ports.ts';
import { backOff } from './back-off.ts';
import { AWS_NETWORK, DISPATCH_CLIENT, type Network } from './clients.ts';
import { ConfigurationTable } from './configuration-table.ts';
import { CONNECT_CLIENT } from './connect.ts';
import { ContactsTable } from './contacts-table.ts';
import { DeadLetterSender } from './dead-letters.ts';
import { environment, instanceIds } from './environment.ts';
import { IdempotentConnect } from './idempotent-connect.ts';
import { PublishedVersionReader } from './published-version.ts';
import { Queues } from './queues.ts';
import { QuotaTable } from './quota-table.ts';
import type { PowertoolsTelemetry } from './telemetry.ts';

/** What dispatch needs, on AWS. */
export interface AwsDispatchPorts extends DispatchPorts, NotificationPorts {
  readonly telemetry: PowertoolsTelemetry;
  readonly connect: Connect & Pick<IdempotentConnect, 'begin'>;
}

/**
 * The ports of dispatch, as the stack configured them.
 *
 * @throws EnvironmentError when an environment variable of the stack is missing.
 */
export function awsDispatchPorts(
  telemetry: PowertoolsTelemetry,
  network: Network = AWS_NETWORK,
): AwsDispatchPorts {
  const clock = {
    now: Date.now,
    sleep: (durationMs: number) => new Promise<void>((done) => setTimeout(done, durationMs)),
  };
  const dynamoDb = new DynamoDBClient(network(DISPATCH_CLIENT));
  const table = environment('contactsTable');
  const configuration = new PublishedVersionReader(new ConfigurationTable(dynamoDb, table), telemetry);
  const sqs = new SQSClient(network(DISPATCH_CLIENT));
  return {
    contacts: new ContactsTable(dynamoDb, table, (key, error) => telemetry.contactFailed(key, error)),
    outbox: new Queues(sqs, environment('wakeUpsQueueUrl'), environment('dispatchQueueUrl')),
    deadLetters: new DeadLetterSender(sqs, environment('dispatchDlqUrl')),
    connect: new IdempotentConnect(new ConnectClient(network(CONNECT_CLIENT))),
    rateLimiter: new RateLimiter(new QuotaTable(dynamoDb, table), clock),
    fairQueues: { updates: new FairQueue(), questions: new FairQueue() },
    instances: instanceIds(),
    telemetry,
    clock,
    backOff,
    settings: () => configuration.settings(),
    storedNames: () => configuration.storedNames(),
  };
}
