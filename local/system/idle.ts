import type { QueueDepth } from '../services/sqs.ts';

/** What tells whether something is under way. */
export interface ActivityProbe {
  /** Events, invocations and deliveries under way. */
  pending(): number;
  /** Grows with whatever happens, so that two looks can tell whether nothing did between them. */
  activityCount(): number;
  /** The queues whose messages somebody works off. */
  depths(): Promise<readonly QueueDepth[]>;
}

const POLL_INTERVAL_MS = 20;

/** Resolves when nothing is under way and no queue has a message that can be received or was. */
export async function waitUntilIdle(work: ActivityProbe): Promise<void> {
  while (!(await isIdle(work))) await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
}

/** The queues are asked in a moment of their own, in which work may have passed from one place to the other. */
async function isIdle(work: ActivityProbe): Promise<boolean> {
  const before = work.activityCount();
  if (work.pending() > 0) return false;
  const depths = await work.depths();
  const empty = depths.every(({ visible, inFlight }) => visible === 0 && inFlight === 0);
  return empty && work.pending() === 0 && work.activityCount() === before;
}
