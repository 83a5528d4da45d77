import type { QueueDepth } from '../services/sqs.ts';
import { realNow } from '../time/clock.ts';

/** Observes the activity of the system. */
export interface ActivityProbe {
  /** Number of events, invocations and deliveries in progress. */
  pending(): number;
  /** Increases with every request. Two equal values mean that nothing happened in between. */
  activityCount(): number;
  /** The depths of the queues that have a consumer. */
  depths(): Promise<readonly QueueDepth[]>;
}

const POLL_INTERVAL_MS = 20;

/**
 * Waits until nothing is in progress and no queue has a visible or in-flight message.
 *
 * @param limitMs - how long it waits at most, in real milliseconds. Default: without limit.
 * @returns false when the limit was reached before.
 */
export async function waitUntilIdle(
  probe: ActivityProbe,
  limitMs = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const endsAt = realNow() + limitMs;
  while (!(await isIdle(probe))) {
    if (realNow() >= endsAt) return false;
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
  }
  return true;
}

/** Checks twice, because work may move between a queue and a function while the depths are read. */
async function isIdle(probe: ActivityProbe): Promise<boolean> {
  const before = probe.activityCount();
  if (probe.pending() > 0) return false;
  const depths = await probe.depths();
  const empty = depths.every(({ visible, inFlight }) => visible === 0 && inFlight === 0);
  return empty && probe.pending() === 0 && probe.activityCount() === before;
}
