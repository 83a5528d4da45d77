import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type AwsDispatchPorts, awsDispatchPorts } from '../aws/dispatch-ports.ts';
import { receivedMessage } from '../aws/received-message.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import { dispatchBatch } from '../flow/dispatch/dispatch.ts';
import { readNotifications, setAside } from '../flow/dispatch/notifications.ts';

export const handler = createHandler(new PowertoolsTelemetry(), awsDispatchPorts);

/**
 * The handler of one execution environment. It sends pending updates, most urgent first, within the quota: the only
 * caller of UpdateContactRoutingData. Messages only name contacts that have work, so a lost message loses nothing, and a
 * repeated one does no harm. One that names no contact goes to the dead-letter queue with its error, and holds nothing
 * up.
 *
 * @param portsOf - called at the first invocation.
 */
export function createHandler(
  telemetry: PowertoolsTelemetry,
  portsOf: (telemetry: PowertoolsTelemetry) => AwsDispatchPorts,
): (event: SQSEvent, context: Context) => Promise<SQSBatchResponse> {
  let ports: AwsDispatchPorts | undefined;
  return async (event, context) => {
    telemetry.begin(context);
    ports ??= portsOf(telemetry);
    ports.connect.begin(context);
    try {
      const { named, malformed } = readNotifications(event.Records.map(receivedMessage));
      const [failed, end] = await Promise.all([
        setAside(malformed, ports),
        dispatchBatch(named, ports, context.getRemainingTimeInMillis()),
      ]);
      telemetry.logger.debug('Dispatch ended', { named: named.length, end });
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    } finally {
      telemetry.end();
    }
  };
}
