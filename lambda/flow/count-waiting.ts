import type { QueueLoad } from '../domain/condition/condition.ts';
import { queueStateKey } from '../domain/queue/queue-state.ts';
import type { Clock, ContactStore } from './ports.ts';

/** A queue in which contacts wait, as the index of queued contacts shows it. */
export interface WaitingQueue extends QueueLoad {
  readonly instanceId: string;
  readonly arn: string;
}

/** So many contacts wait that they cannot be counted in time. */
export class TooManyWaitError extends Error {
  override readonly name = 'TooManyWaitError';
}

/** A third of the time that the function has. */
const MAX_COUNT_MS = 10_000;

/**
 * Counts the contacts that wait in each queue.
 *
 * @returns the queues in which some wait, by their keys.
 * @throws TooManyWaitError after ten seconds, and what the table answers.
 */
export async function countWaiting(
  now: number,
  {
    contacts,
    clock,
  }: { readonly contacts: Pick<ContactStore, 'queued'>; readonly clock: Pick<Clock, 'now'> },
): Promise<ReadonlyMap<string, WaitingQueue>> {
  const queues = new Map<string, WaitingQueue>();
  let counted = 0;
  for await (const { contacts: page, next } of contacts.queued()) {
    counted += page.length;
    for (const { instanceId, queue } of page) {
      if (!queue) continue;
      const key = queueStateKey(queue.arn);
      const { waiting = 0, oldestSeconds = 0 } = queues.get(key) ?? {};
      queues.set(key, {
        instanceId,
        arn: queue.arn,
        waiting: waiting + 1,
        oldestSeconds: Math.max(oldestSeconds, Math.floor((now - queue.enqueuedAt) / 1_000)),
      });
    }
    if (next !== undefined && clock.now() - now >= MAX_COUNT_MS) {
      throw new TooManyWaitError(
        `More than ${counted} contacts wait, too many to count in ${MAX_COUNT_MS / 1_000} seconds. Conditions that ` +
          'name queues and a channel or agents are decided all the same.',
      );
    }
  }
  return queues;
}
