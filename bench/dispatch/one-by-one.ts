import type { Context } from 'aws-lambda';
import { type AwsDrainWorld, awsDrainWorld } from '../../lambda/aws/drain-world.ts';
import { PowertoolsTelemetry } from '../../lambda/aws/telemetry.ts';
import { attend } from '../../lambda/flow/attend.ts';
import { tellOfThread } from './thread.ts';

const telemetry = new PowertoolsTelemetry();
let world: AwsDrainWorld | undefined;

tellOfThread();

/**
 * What dispatch is held against: the same attending, announced, idempotent and within the quota, but for one contact
 * at a time, each looked up by itself.
 */
export async function handler(_event: unknown, context: Context): Promise<void> {
  telemetry.begin(context);
  world ??= awsDrainWorld(telemetry);
  world.connect.begin(context);
  const settings = await world.settings();
  for (;;) {
    const [next] = (await Promise.all(world.instances.map((id) => pending(id)))).flat();
    if (!next) break;
    const { waitMs } = await attend([await world.contacts.load(next)], settings, world);
    if (waitMs > 0) await world.clock.sleep(waitMs);
  }
  telemetry.end();
}

const pending = async (instanceId: string) => (await world?.contacts.pending(instanceId, 1)) ?? [];
