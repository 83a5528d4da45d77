import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { CompilerPorts } from '../flow/configuration/ports.ts';
import { Verdicts } from '../flow/configuration/verdicts.ts';
import { backOff } from './back-off.ts';
import { AWS_CLIENT, AWS_NETWORK, type Network } from './clients.ts';
import { ConfigurationTable } from './configuration-table.ts';
import { environment } from './environment.ts';
import { sendMessages } from './queues.ts';
import { ReportedTable } from './reported-table.ts';
import { SsmParameters } from './ssm-parameters.ts';
import type { PowertoolsTelemetry } from './telemetry.ts';

/**
 * A push of many parameters starts a compiler for each, and SSM grants 40 reads a second to all of them: a client that
 * is throttled slows down instead of giving up.
 */
const SSM_CLIENT = { ...AWS_CLIENT, retryMode: 'adaptive', maxAttempts: 8 } as const;

/**
 * What compiling the configuration needs, as the stack configured it.
 *
 * @throws EnvironmentError when an environment variable of the stack is missing.
 */
export function awsCompilerPorts(
  dynamoDb: DynamoDBClient,
  sqs: SQSClient,
  telemetry: PowertoolsTelemetry,
  network: Network = AWS_NETWORK,
): CompilerPorts {
  const queueUrl = environment('wakeUpsQueueUrl');
  return {
    parameters: new SsmParameters(new SSMClient(network(SSM_CLIENT)), environment('parameterPrefix')),
    published: new ConfigurationTable(dynamoDb, environment('contactsTable')),
    reported: new ReportedTable(dynamoDb, environment('contactsTable')),
    outbox: { sendWakeUps: (messages) => sendMessages(sqs, queueUrl, messages) },
    telemetry,
    clock: { now: Date.now },
    verdicts: new Verdicts(),
    backOff,
    newId: randomUUID,
  };
}
