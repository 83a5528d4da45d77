import type { Context } from 'aws-lambda';
import { type AwsReconcileWorld, awsReconcileWorld } from '../aws/reconcile-world.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import { MalformedEventError, parseContactEvent } from '../domain/contact-event.ts';
import { foldFacts } from '../domain/fold.ts';
import { withoutPersonalData } from '../domain/personal-data.ts';
import { reconcile } from '../flow/reconcile.ts';

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
    const { facts } = parseContactEvent(event);
    const { policies } = await world.configuration();
    const kept = withoutPersonalData(facts, policies);
    await reconcile(facts, (record) => foldFacts(record, kept), world);
  } catch (error) {
    if (error instanceof MalformedEventError)
      telemetry.malformedEvent((event as { id?: unknown } | null)?.id, error);
    throw error;
  } finally {
    telemetry.end();
  }
}
