import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, EventBridgeEvent } from 'aws-lambda';
import { AWS_CLIENT } from '../aws/clients.ts';
import { environment } from '../aws/environment.ts';
import { CONFIGURATION_MAX_AGE_SECONDS } from '../aws/kept.ts';
import { sendRuleMessages } from '../aws/queues.ts';
import { awsConfiguration } from '../aws/reconcile-world.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';

/** The handlers that decide may still have the old policies for so long. */
const EVERYBODY_KNOWS_SECONDS = CONFIGURATION_MAX_AGE_SECONDS + 5;

const telemetry = new PowertoolsTelemetry();
const sqs = new SQSClient(AWS_CLIENT);

/**
 * Checks what changed below the parameters' prefix, says what is wrong with it, and has the contacts that wait looked
 * at again once every handler decides by the change. An invalid policy changes nothing: its last valid version stays
 * in force.
 *
 * @param event - `Parameter Store Change` of SSM.
 */
export async function handler(
  event: EventBridgeEvent<'Parameter Store Change', { name: string; operation: string }>,
  context: Context,
): Promise<void> {
  telemetry.begin(context);
  try {
    // Read anew, and not as another invocation of this function saw it: reading is what tells of problems.
    await awsConfiguration(telemetry).current();
    telemetry.logger.info('Policies or settings changed', { ...event.detail });
    await sendRuleMessages(sqs, environment('ruleMessagesQueueUrl'), [
      { body: { type: 'reevaluate', id: event.id }, delaySeconds: EVERYBODY_KNOWS_SECONDS },
    ]);
  } finally {
    telemetry.end();
  }
}
