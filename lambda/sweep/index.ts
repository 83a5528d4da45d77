import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import { AWS_CLIENT } from '../aws/clients.ts';
import { ContactsTable } from '../aws/contacts-table.ts';
import { environment } from '../aws/environment.ts';
import { Queues } from '../aws/queues.ts';
import { awsSettings } from '../aws/settings.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import { type SweepPorts, sweep } from '../flow/sweep.ts';

const telemetry = new PowertoolsTelemetry();
let ports: SweepPorts | undefined;

/** Recovers from lost messages, once a minute. The Scheduler's event carries no information. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  telemetry.begin(context);
  ports ??= awsSweepPorts();
  try {
    await sweep(ports);
  } finally {
    telemetry.end();
  }
}

function awsSweepPorts(): SweepPorts {
  const settings = awsSettings(telemetry);
  return {
    contacts: new ContactsTable(new DynamoDBClient(AWS_CLIENT), environment('contactsTable')),
    outbox: new Queues(
      new SQSClient(AWS_CLIENT),
      environment('ruleMessagesQueueUrl'),
      environment('dispatchQueueUrl'),
    ),
    telemetry,
    clock: { now: Date.now },
    settings: () => settings.current(),
    instances: environment('instanceIds').split(','),
  };
}
