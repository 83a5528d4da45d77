import { ConnectClient } from '@aws-sdk/client-connect';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSEvent } from 'aws-lambda';
import { AWS_CLIENT } from '../aws/clients.ts';
import { CONNECT_CLIENT } from '../aws/connect.ts';
import { ContactsTable } from '../aws/contacts-table.ts';
import { environment } from '../aws/environment.ts';
import { IdempotentConnect } from '../aws/idempotent-connect.ts';
import { Queues } from '../aws/queues.ts';
import { QuotaTable } from '../aws/quota-table.ts';
import { awsSettings } from '../aws/settings.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import type { ContactKey } from '../domain/contact.ts';
import { type DrainWorld, drain } from '../flow/drain.ts';
import { FairShares } from '../flow/fair-shares.ts';
import { Quota } from '../flow/quota.ts';

/** Longer than a slow call takes: the outcome of the last round must still be recorded. */
const RESERVED_MS = 15_000;

const telemetry = new PowertoolsTelemetry();
let world: (DrainWorld & { readonly connect: IdempotentConnect }) | undefined;

/**
 * Does the pending work, most urgent first, at the pace of the quota: the only caller of UpdateContactRoutingData.
 * The messages only name contacts that have work; when one is lost nothing is, and twice the same does no harm.
 */
export async function handler(event: SQSEvent, context: Context): Promise<void> {
  telemetry.begin(context);
  world ??= awsDrainWorld();
  world.connect.begin(context);
  try {
    const named = event.Records.map(({ body }) => JSON.parse(body) as ContactKey);
    const deadlineAt = Date.now() + context.getRemainingTimeInMillis() - RESERVED_MS;
    const end = await drain(named, world, deadlineAt);
    telemetry.logger.debug('Drained', { named: named.length, end });
  } finally {
    telemetry.end();
  }
}

function awsDrainWorld() {
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
