import { currentQueue } from '../domain/contact/facts.ts';
import type { ContactRecord } from '../domain/contact/record.ts';
import { QUEUE_STATE_PROPAGATION_SECONDS } from '../domain/deployment-constants.ts';
import { defined } from '../domain/json.ts';
import type { QueueSignal } from '../domain/messages/rule-message.ts';
import type { PolicySet } from '../domain/policy/policy-set.ts';
import { isNameDue, withQueueName } from '../domain/queue/queue-name.ts';
import { type QueueState, withSignal, withQueueState as withState } from '../domain/queue/queue-state.ts';
import type { Staffing } from '../domain/queue/staffing.ts';
import type { BackOff } from './back-off.ts';
import type { Clock, Outbox, QueueStateStore } from './ports.ts';

/** Others kept changing the state of a queue at the same time. */
export class ContendedQueueError extends Error {
  override readonly name = 'ContendedQueueError';
}

const MAX_TRIES = 16;

/** A record with what its queue has. */
interface WithQueueState {
  readonly record: ContactRecord;
  /** The queue whose name is to be looked up; absent: none. */
  readonly unnamed?: string;
  /** The figures of the queue in which it waits; absent: nothing is known, or no policy uses them. */
  readonly staffing?: Staffing;
}

/**
 * The record of a contact with what the queue has in which it waits, and with its name. The state of the queue is read
 * where some policy names signals or the name of the queue, or leaves out unstaffed steps, and not otherwise.
 */
export async function withQueueState(
  record: ContactRecord,
  {
    namesSignals,
    namesQueues,
    skipsUnstaffed,
  }: Pick<PolicySet, 'namesSignals' | 'namesQueues' | 'skipsUnstaffed'>,
  now: number,
  queueStates: Pick<QueueStateStore, 'load'>,
): Promise<WithQueueState> {
  const queue = currentQueue(record.facts);
  if (!queue || !(namesSignals || namesQueues || skipsUnstaffed)) return { record };
  const { state } = await queueStates.load(queue.arn);
  const signalled = namesSignals ? withState(record, queue.arn, state, now) : record;
  const staffing = skipsUnstaffed ? state.staffing : undefined;
  if (!namesQueues || queue.type === 'AGENT') return defined({ record: signalled, staffing });
  const unnamed = isNameDue(queue.arn, state, now) ? queue.arn : undefined;
  return defined({ record: withQueueName(signalled, queue.arn, state), unnamed, staffing });
}

/** What a change of a queue's state needs from outside. */
export interface ChangeQueuePorts extends BackOff {
  readonly queueStates: QueueStateStore;
  readonly outbox: Pick<Outbox, 'sendWakeUps'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Changes the state of a queue, on top of what others wrote meanwhile, and has the contacts reconciled that wait there.
 * The message for that is sent before the state is written, and arrives after it: a crash in between leaves a redundant
 * message, never contacts that nobody looks at.
 *
 * @param queue - its ARN or its id.
 * @param change - returns the new state; undefined: nothing is to be changed.
 * @param lookedAt - the ARNs of the queues whose contacts look at the change.
 * @throws ContendedQueueError after too many conflicts.
 */
export async function changeQueueState(
  queue: string,
  change: (state: QueueState, now: number) => QueueState | undefined,
  lookedAt: (before: QueueState, after: QueueState) => readonly string[],
  { queueStates, outbox, clock, backOff }: ChangeQueuePorts,
): Promise<void> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    if (attempt > 0) await backOff(attempt);
    const { state, revision } = await queueStates.load(queue);
    const now = clock.now();
    const after = change(state, now);
    if (!after) return;
    const messages = lookedAt(state, after).map((queueArn) => ({
      body: { type: 'reevaluate-queue', id: `${queueArn}@${now}`, queueArn },
      delaySeconds: QUEUE_STATE_PROPAGATION_SECONDS,
    }));
    if (messages.length > 0) await outbox.sendWakeUps(messages);
    if (await queueStates.save(queue, after, revision, now)) return;
  }
  throw new ContendedQueueError(
    `The state of the queue ${queue} was changed by others ${MAX_TRIES} times in a row. It is tried again.`,
  );
}

/**
 * Has a signal stick to its queue until its end, for the contacts that enter the queue later. One without an end is for
 * those that wait now. Those that enter the queue while its copies are sent are reconciled once more.
 *
 * @throws ContendedQueueError after too many conflicts.
 */
export async function keepSignal(
  { queueArn, signal, at, until }: QueueSignal,
  { namesSignals }: Pick<PolicySet, 'namesSignals'>,
  ports: ChangeQueuePorts,
): Promise<void> {
  if (until === undefined) return;
  await changeQueueState(
    queueArn,
    (state, now) => (until > now ? withSignal(state, signal, { at, until }, now) : undefined),
    () => (namesSignals ? [queueArn] : []),
    ports,
  );
}
