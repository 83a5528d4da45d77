import type { Context, SQSEvent } from 'aws-lambda';
import { type AwsDispatchPorts, awsDispatchPorts } from '../aws/dispatch-ports.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import type { ContactKey } from '../domain/contact/contact-key.ts';
import { dispatchBatch } from '../flow/dispatch/dispatch.ts';

const telemetry = new PowertoolsTelemetry();
let ports: AwsDispatchPorts | undefined;

/**
 * Sends pending updates, most urgent first, within the quota: the only caller of UpdateContactRoutingData. Messages
 * only name contacts that have work, so a lost message loses nothing, and a repeated one does no harm.
 */
export async function handler(event: SQSEvent, context: Context): Promise<void> {
  telemetry.begin(context);
  ports ??= awsDispatchPorts(telemetry);
  ports.connect.begin(context);
  try {
    const named = event.Records.map(({ body }) => JSON.parse(body) as ContactKey);
    const end = await dispatchBatch(named, ports, context.getRemainingTimeInMillis());
    telemetry.logger.debug('Dispatch ended', { named: named.length, end });
  } finally {
    telemetry.end();
  }
}
