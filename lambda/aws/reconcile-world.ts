import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { ReconcileWorld } from '../flow/reconcile.ts';
import { AWS_CLIENT } from './clients.ts';
import { SsmConfiguration } from './configuration.ts';
import { ContactsTable } from './contacts-table.ts';
import { environment } from './environment.ts';
import { Queues } from './queues.ts';
import type { PowertoolsTelemetry } from './telemetry.ts';

/** The world of the handlers that reconcile contacts, as the stack set it up. */
export interface AwsReconcileWorld extends ReconcileWorld {
  readonly contacts: ContactsTable;
  readonly outbox: Queues;
  readonly sqs: SQSClient;
}

/** @throws EnvironmentError when a variable of the stack's is missing. */
export function awsReconcileWorld(telemetry: PowertoolsTelemetry): AwsReconcileWorld {
  const sqs = new SQSClient(AWS_CLIENT);
  const configuration = awsConfiguration(telemetry);
  return {
    sqs,
    contacts: new ContactsTable(new DynamoDBClient(AWS_CLIENT), environment('contactsTable')),
    outbox: new Queues(sqs, environment('ruleMessagesQueueUrl'), environment('dispatchQueueUrl')),
    clock: { now: Date.now },
    configuration: () => configuration.current(),
    region: environment('region'),
    instances: environment('instanceIds').split(','),
  };
}

/** Policies and settings from SSM, with what is wrong in them told to whoever operates the system. */
export function awsConfiguration(telemetry: PowertoolsTelemetry): SsmConfiguration {
  return new SsmConfiguration(
    new SSMClient(AWS_CLIENT),
    environment('parameterPrefix'),
    (parameter, problems) => telemetry.invalidParameter(parameter, problems),
    (error) => telemetry.parametersUnreadable(error),
  );
}
