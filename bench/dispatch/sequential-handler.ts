import type { Context } from 'aws-lambda';
import { type AwsDispatchPorts, awsDispatchPorts } from '../../lambda/aws/dispatch-ports.ts';
import { PowertoolsTelemetry } from '../../lambda/aws/telemetry.ts';
import { pendingWork } from '../../lambda/domain/reconcile/pending-work.ts';
import { runRound } from '../../lambda/flow/dispatch/round.ts';
import { publishThreadUsage } from './thread-usage.ts';

const telemetry = new PowertoolsTelemetry();
let ports: AwsDispatchPorts | undefined;

publishThreadUsage();

/**
 * A comparison for dispatch: the same rounds, with the same marks in the record, idempotency and rate limit,
 * but with one contact at a time, which is read alone.
 */
export async function handler(_event: unknown, context: Context): Promise<void> {
  telemetry.begin(context);
  ports ??= awsDispatchPorts(telemetry);
  ports.connect.begin(context);
  const settings = await ports.settings();
  for (;;) {
    const [next] = (await Promise.all(ports.instances.map((id) => pending(id)))).flat();
    if (!next) break;
    const stored = await ports.contacts.load(next);
    const work = pendingWork(stored.record);
    const { waitMs } = await runRound(
      { updates: work ? [{ ...stored, work }] : [], questions: [] },
      settings,
      ports,
    );
    if (waitMs > 0) await ports.clock.sleep(waitMs);
  }
  telemetry.end();
}

const pending = async (instanceId: string) =>
  (await ports?.contacts.pending(instanceId, 'updates', 1, Date.now())) ?? [];
