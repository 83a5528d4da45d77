import { currentQueue } from '../domain/contact/facts.ts';
import type { ContactRecord } from '../domain/contact/record.ts';
import type { QueueSignal } from '../domain/messages/rule-message.ts';
import type { PolicySet } from '../domain/policy/policy-set.ts';
import { withSignal, withSignalsOfQueue } from '../domain/queue/queue-state.ts';
import type { BackOff } from './back-off.ts';
import type { QueueStateStore } from './ports.ts';

/** Others kept changing the state of a queue at the same time. */
export class ContendedQueueError extends Error {
  override readonly name = 'ContendedQueueError';
}

const MAX_TRIES = 16;

/**
 * The record of a contact with what the queue has in which it waits. The state of the queue is read where some policy
 * names signals, and not otherwise.
 */
export async function withQueueState(
  record: ContactRecord,
  { namesSignals }: Pick<PolicySet, 'namesSignals'>,
  now: number,
  queueStates: Pick<QueueStateStore, 'load'>,
): Promise<ContactRecord> {
  const queue = currentQueue(record.facts);
  if (!namesSignals || !queue) return record;
  const { state } = await queueStates.load(queue.arn);
  return withSignalsOfQueue(record, queue.arn, state, now);
}

/**
 * Has a signal stick to its queue until its end, for the contacts that enter the queue later. One without an end is for
 * those that wait now.
 *
 * @throws ContendedQueueError after too many conflicts.
 */
export async function keepSignal(
  { queueArn, signal, at, until }: QueueSignal,
  now: number,
  ports: BackOff & { readonly queueStates: QueueStateStore },
): Promise<void> {
  if (until === undefined || until <= now) return;
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    if (attempt > 0) await ports.backOff(attempt);
    const { state, revision } = await ports.queueStates.load(queueArn);
    const after = withSignal(state, signal, { at, until }, now);
    if (await ports.queueStates.save(queueArn, after, revision)) return;
  }
  throw new ContendedQueueError(
    `The state of the queue ${queueArn} was changed by others ${MAX_TRIES} times in a row. The message is tried again.`,
  );
}
