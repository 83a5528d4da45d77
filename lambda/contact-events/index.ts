import type { Context } from 'aws-lambda';
import { awsReconcilePorts } from '../aws/reconcile-ports.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import { MalformedEventError } from '../domain/contact/parse-event.ts';
import { handleContactEvent } from '../flow/handle-contact-event.ts';
import type { ReconcilePorts } from '../flow/reconcile.ts';

export const handler = createHandler(new PowertoolsTelemetry(), awsReconcilePorts);

/**
 * The handler of one execution environment. It merges a contact event into its contact's record, and acts on what that
 * changes.
 *
 * @param portsOf - called at the first invocation.
 * @returns a function of the EventBridge envelope of an Amazon Connect contact event. It throws MalformedEventError when
 *   the event cannot be parsed; it ends in the dead-letter queue.
 */
export function createHandler(
  telemetry: PowertoolsTelemetry,
  portsOf: (telemetry: PowertoolsTelemetry) => ReconcilePorts,
): (event: unknown, context: Context) => Promise<void> {
  let ports: ReconcilePorts | undefined;
  return async (event, context) => {
    telemetry.begin(context);
    ports ??= portsOf(telemetry);
    try {
      await handleContactEvent(event, { ...ports, telemetry });
    } catch (error) {
      if (error instanceof MalformedEventError) {
        telemetry.malformedEvent((event as { id?: unknown } | null)?.id, error);
      }
      throw error;
    } finally {
      telemetry.end();
    }
  };
}
