import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, EventBridgeEvent } from 'aws-lambda';
import { AWS_CLIENT, AWS_NETWORK, type Network } from '../aws/clients.ts';
import { awsCompilerPorts } from '../aws/configuration-ports.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import type { CompilerPorts } from '../flow/configuration/ports.ts';
import { publishConfiguration } from '../flow/configuration/publish.ts';

/** `Parameter Store Change` of SSM; without a detail at each deployment. */
type ParameterChange = Partial<
  EventBridgeEvent<'Parameter Store Change', { name: string; operation: string }>
>;

export const handler = createHandler(new PowertoolsTelemetry());

/**
 * The handler of one execution environment. It compiles the policies and settings after a change below the parameter
 * prefix, and publishes them to the handlers. An invalid parameter changes nothing: its last valid version stays in
 * force.
 */
export function createHandler(
  telemetry: PowertoolsTelemetry,
  network: Network = AWS_NETWORK,
): (event: ParameterChange | undefined, context: Context) => Promise<void> {
  let ports: CompilerPorts | undefined;
  return async (event, context) => {
    telemetry.begin(context);
    try {
      ports ??= awsCompilerPorts(
        new DynamoDBClient(network(AWS_CLIENT)),
        new SQSClient(network(AWS_CLIENT)),
        telemetry,
        network,
      );
      telemetry.logger.info('Policies or settings may have changed', { ...event?.detail });
      await publishConfiguration(ports);
    } finally {
      telemetry.end();
    }
  };
}
