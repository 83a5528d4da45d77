import type { Context } from 'aws-lambda';
import { awsReconcilePorts } from '../aws/reconcile-ports.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import { MalformedEventError } from '../domain/contact/parse-event.ts';
import { type ContactEventPorts, handleContactEvent } from '../flow/handle-contact-event.ts';

const telemetry = new PowertoolsTelemetry();
let ports: ContactEventPorts | undefined;

/**
 * Merges a contact event into its contact's record, and acts on what that changes.
 *
 * @param event - the EventBridge envelope of an Amazon Connect contact event.
 * @throws MalformedEventError when the event cannot be parsed; it ends in the dead-letter queue.
 */
export async function handler(event: unknown, context: Context): Promise<void> {
  telemetry.begin(context);
  ports ??= { ...awsReconcilePorts(telemetry), telemetry };
  try {
    await handleContactEvent(event, ports);
  } catch (error) {
    if (error instanceof MalformedEventError) {
      telemetry.malformedEvent((event as { id?: unknown } | null)?.id, error);
    }
    throw error;
  } finally {
    telemetry.end();
  }
}
