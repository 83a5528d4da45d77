import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, EventBridgeEvent } from 'aws-lambda';
import { AWS_CLIENT } from '../aws/clients.ts';
import { environment } from '../aws/environment.ts';
import { sendRuleMessages } from '../aws/queues.ts';
import { awsConfiguration } from '../aws/reconcile-ports.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import { CONFIGURATION_PROPAGATION_SECONDS } from '../domain/deployment-constants.ts';

const telemetry = new PowertoolsTelemetry();
const sqs = new SQSClient(AWS_CLIENT);

/**
 * Checks a change below the parameter prefix, reports its problems, and has the queued contacts reconciled once every
 * function decides by the change. An invalid policy changes nothing: its last valid version stays in use.
 *
 * @param event - `Parameter Store Change` of SSM.
 */
export async function handler(
  event: EventBridgeEvent<'Parameter Store Change', { name: string; operation: string }>,
  context: Context,
): Promise<void> {
  telemetry.begin(context);
  try {
    // Without the cache of earlier invocations: reading is what reports problems.
    await awsConfiguration(telemetry).current();
    telemetry.logger.info('Policies or settings changed', { ...event.detail });
    await sendRuleMessages(sqs, environment('ruleMessagesQueueUrl'), [
      { body: { type: 'reevaluate', id: event.id }, delaySeconds: CONFIGURATION_PROPAGATION_SECONDS },
    ]);
  } finally {
    telemetry.end();
  }
}
