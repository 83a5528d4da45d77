import type { Context } from 'aws-lambda';
import { type AwsReconcileWorld, awsReconcileWorld } from '../aws/reconcile-world.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import { MalformedEventError, parseContactEvent } from '../domain/contact-event.ts';
import { takeEvent } from '../flow/take-event.ts';

const telemetry = new PowertoolsTelemetry();
let world: AwsReconcileWorld | undefined;

/**
 * Folds a contact event into its contact's record, and acts on what that changes.
 *
 * @param event - the EventBridge envelope of an Amazon Connect contact event.
 * @throws MalformedEventError when the event cannot be understood; it ends in the dead-letter queue.
 */
export async function handler(event: unknown, context: Context): Promise<void> {
  telemetry.begin(context);
  world ??= awsReconcileWorld(telemetry);
  try {
    await takeEvent(parseContactEvent(event).facts, world);
  } catch (error) {
    if (error instanceof MalformedEventError)
      telemetry.malformedEvent((event as { id?: unknown } | null)?.id, error);
    throw error;
  } finally {
    telemetry.end();
  }
}
