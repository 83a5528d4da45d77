import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, EventBridgeEvent } from 'aws-lambda';
import { AWS_CLIENT } from '../aws/clients.ts';
import { awsCompilerPorts } from '../aws/configuration-ports.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import type { CompilerPorts } from '../flow/configuration/ports.ts';
import { publishConfiguration } from '../flow/configuration/publish.ts';

const telemetry = new PowertoolsTelemetry();
let ports: CompilerPorts | undefined;

/**
 * Compiles the policies and settings after a change below the parameter prefix, and publishes them to the handlers. An
 * invalid parameter changes nothing: its last valid version stays in force.
 *
 * @param event - `Parameter Store Change` of SSM; without a detail at each deployment.
 */
export async function handler(
  event: Partial<EventBridgeEvent<'Parameter Store Change', { name: string; operation: string }>> | undefined,
  context: Context,
): Promise<void> {
  telemetry.begin(context);
  try {
    ports ??= awsCompilerPorts(new DynamoDBClient(AWS_CLIENT), new SQSClient(AWS_CLIENT), telemetry);
    telemetry.logger.info('Policies or settings may have changed', { ...event?.detail });
    await publishConfiguration(ports);
  } finally {
    telemetry.end();
  }
}
