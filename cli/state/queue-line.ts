import { arnId } from '../../lambda/domain/arn.ts';
import { namesOfHeld } from '../../lambda/domain/condition/held-conditions.ts';
import { isActive } from '../../lambda/domain/contact/signals.ts';
import { defined } from '../../lambda/domain/json.ts';
import { EMPTY_QUEUE_STATE, type QueueState, queueStateKey } from '../../lambda/domain/queue/queue-state.ts';
import { inOrder } from './queue-order.ts';
import type { WaitingContact } from './waiting-contact.ts';

/** A queue, and who waits there in the order in which Connect answers. */
export interface QueueLine {
  readonly arn: string;
  readonly id: string;
  /** As Connect shows it; absent where it is not known. */
  readonly name?: string;
  /** Since when the one who waits longest waits, in milliseconds since the epoch. */
  readonly oldestAt: number;
  /** Signals that were sent to the queue and hold, by name. */
  readonly signals: readonly string[];
  /** Conditions on its load that hold, by name. */
  readonly conditions: readonly string[];
  /** The first is answered next. Tasks that are paused come last: Connect offers them to nobody. */
  readonly contacts: readonly WaitingContact[];
}

/**
 * The queues in which contacts wait, those with most of them first.
 *
 * @param states - what queues have, by `queueStateKey`.
 * @param names - names of queues by their ids.
 * @param now - milliseconds since the epoch.
 */
export function queueLines(
  contacts: readonly WaitingContact[],
  states: ReadonlyMap<string, QueueState>,
  names: ReadonlyMap<string, string>,
  now: number,
): QueueLine[] {
  // Connect writes the ARN of an agent's own queue in two forms.
  const byQueue = Map.groupBy(contacts, ({ queueArn }) => queueStateKey(queueArn));
  return [...byQueue]
    .map(([key, line]) => {
      const arn = line[0]?.queueArn ?? key;
      const id = arnId(arn, 'queue') ?? arn;
      const { signals, conditions = {} } = states.get(key) ?? EMPTY_QUEUE_STATE;
      return {
        arn,
        id,
        ...defined({ name: names.get(id) }),
        oldestAt: Math.min(...line.map(({ enqueuedAt }) => enqueuedAt)),
        signals: Object.keys(signals).filter((name) => isActive(signals[name] ?? { at: 0, until: 0 }, now)),
        conditions: namesOfHeld(conditions, now),
        contacts: inOrder(line),
      };
    })
    .sort((a, b) => b.contacts.length - a.contacts.length || (a.id < b.id ? -1 : 1));
}
