import type { Context, SQSEvent } from 'aws-lambda';
import { type AwsDrainWorld, awsDrainWorld } from '../aws/drain-world.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import type { ContactKey } from '../domain/contact.ts';
import { drain } from '../flow/drain.ts';

/** Longer than a slow call takes: the outcome of the last round must still be recorded. */
const RESERVED_MS = 15_000;

const telemetry = new PowertoolsTelemetry();
let world: AwsDrainWorld | undefined;

/**
 * Does the pending work, most urgent first, at the pace of the quota: the only caller of UpdateContactRoutingData.
 * The messages only name contacts that have work; when one is lost nothing is, and twice the same does no harm.
 */
export async function handler(event: SQSEvent, context: Context): Promise<void> {
  telemetry.begin(context);
  world ??= awsDrainWorld(telemetry);
  world.connect.begin(context);
  try {
    const named = event.Records.map(({ body }) => JSON.parse(body) as ContactKey);
    const deadlineAt = Date.now() + context.getRemainingTimeInMillis() - RESERVED_MS;
    const end = await drain(named, world, deadlineAt);
    telemetry.logger.debug('Drained', { named: named.length, end });
  } finally {
    telemetry.end();
  }
}
