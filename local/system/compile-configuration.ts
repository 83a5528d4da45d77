import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { backOff } from '../../lambda/aws/back-off.ts';
import { ConfigurationTable } from '../../lambda/aws/configuration-table.ts';
import { sendMessages } from '../../lambda/aws/queues.ts';
import { ReportedTable } from '../../lambda/aws/reported-table.ts';
import { SsmParameters } from '../../lambda/aws/ssm-parameters.ts';
import { publishConfiguration } from '../../lambda/flow/configuration/publish.ts';
import { Verdicts } from '../../lambda/flow/configuration/verdicts.ts';
import type { ClientConfig } from './client-config.ts';

interface CompileOptions {
  readonly clientConfig: ClientConfig;
  /** SSM path above the policies and settings. */
  readonly prefix: string;
  readonly tableName: string;
  readonly wakeUpsQueueUrl: string;
}

/** Compiles the configuration in this process, as policy-changes does at each deployment. */
export async function compileConfiguration(options: CompileOptions): Promise<void> {
  const { clientConfig, prefix, tableName, wakeUpsQueueUrl } = options;
  const dynamoDb = new DynamoDBClient(clientConfig);
  const ssm = new SSMClient(clientConfig);
  const sqs = new SQSClient(clientConfig);
  try {
    await publishConfiguration({
      parameters: new SsmParameters(ssm, prefix),
      published: new ConfigurationTable(dynamoDb, tableName),
      reported: new ReportedTable(dynamoDb, tableName),
      outbox: { sendWakeUps: (messages) => sendMessages(sqs, wakeUpsQueueUrl, messages) },
      telemetry: { configurationPublished() {}, historyUnreadable() {}, configurationState() {} },
      clock: { now: Date.now },
      verdicts: new Verdicts(),
      backOff,
      newId: randomUUID,
    });
  } finally {
    for (const client of [dynamoDb, ssm, sqs]) client.destroy();
  }
}
