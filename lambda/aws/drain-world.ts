import { ConnectClient } from '@aws-sdk/client-connect';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { DrainWorld } from '../flow/drain.ts';
import { FairShares } from '../flow/fair-shares.ts';
import { Quota } from '../flow/quota.ts';
import { AWS_CLIENT } from './clients.ts';
import { CONNECT_CLIENT } from './connect.ts';
import { ContactsTable } from './contacts-table.ts';
import { environment } from './environment.ts';
import { IdempotentConnect } from './idempotent-connect.ts';
import { Queues } from './queues.ts';
import { QuotaTable } from './quota-table.ts';
import { awsSettings } from './settings.ts';
import type { PowertoolsTelemetry } from './telemetry.ts';

/** What draining needs, on AWS. */
export interface AwsDrainWorld extends DrainWorld {
  readonly connect: IdempotentConnect;
}

/** The world of dispatch, as its environment says. */
export function awsDrainWorld(telemetry: PowertoolsTelemetry): AwsDrainWorld {
  const clock = {
    now: Date.now,
    sleep: (durationMs: number) => new Promise<void>((done) => setTimeout(done, durationMs)),
  };
  const dynamoDb = new DynamoDBClient(AWS_CLIENT);
  const table = environment('contactsTable');
  const settings = awsSettings(telemetry);
  return {
    contacts: new ContactsTable(dynamoDb, table),
    outbox: new Queues(
      new SQSClient(AWS_CLIENT),
      environment('ruleMessagesQueueUrl'),
      environment('dispatchQueueUrl'),
    ),
    connect: new IdempotentConnect(new ConnectClient(CONNECT_CLIENT), dynamoDb, table),
    quota: new Quota(new QuotaTable(dynamoDb, table), clock),
    shares: new FairShares(),
    instances: environment('instanceIds').split(','),
    telemetry,
    clock,
    settings: () => settings.current(),
  };
}
