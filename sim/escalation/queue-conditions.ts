import { type Condition, needsMetrics, type QueueLoad } from '../../lambda/domain/condition/condition.ts';
import {
  type HeldConditions,
  holdOn,
  nextConditions,
} from '../../lambda/domain/condition/held-conditions.ts';
import { queueStateKey } from '../../lambda/domain/queue/queue-state.ts';
import type { CentrePort } from './options.ts';

/** A contact that waits, as far as its queue's load needs it. */
interface WaitingContact {
  readonly enqueuedAt: number;
}

/** The contacts that wait in each queue, by the queue's key. */
type WaitingByQueue = ReadonlyMap<string, ReadonlySet<WaitingContact>>;

/** Of a queue in which nobody waits. */
const NO_LOAD: QueueLoad = { waiting: 0, oldestSeconds: 0, agentsStaffed: 0, agentsAvailable: 0 };

/**
 * The conditions that hold for the queues of a centre. A second, synchronous implementation of
 * lambda/flow/poll-queues.ts, like the dispatcher: the figures come from the same places.
 */
export class QueueConditions {
  readonly #conditions: readonly Condition[];
  readonly #centre: Pick<CentrePort, 'queueLoads'>;
  readonly #held = new Map<string, HeldConditions>();

  /** @param conditions - those that policies name, in order of name. */
  constructor(conditions: readonly Condition[], centre: Pick<CentrePort, 'queueLoads'>) {
    this.#conditions = conditions;
    this.#centre = centre;
  }

  /** The conditions that hold for a queue. */
  heldIn(key: string): HeldConditions {
    return this.#held.get(key) ?? {};
  }

  /**
   * Reads the load of the queues, and decides which conditions hold from now on.
   *
   * @param onHeld - receives each condition that holds in a queue, and whether it has begun now.
   * @returns the keys of the queues in which one began or ended.
   */
  poll(waiting: WaitingByQueue, now: number, onHeld: (condition: string, begins: boolean) => void): string[] {
    const loads = new Map<Condition['channel'], ReadonlyMap<string, QueueLoad>>();
    for (const { channel } of this.#conditions.filter(needsMetrics)) {
      if (!loads.has(channel)) loads.set(channel, this.#centre.queueLoads(now, channel));
    }
    const loadOf = (condition: Condition, key: string): QueueLoad => {
      if (!needsMetrics(condition)) return countedLoad(waiting.get(key), now);
      return loads.get(condition.channel)?.get(key) ?? NO_LOAD;
    };
    const occupied = [...waiting].filter(([, { size }]) => size > 0).map(([key]) => key);
    const keysOf = ({ queues }: Condition) => queues?.map(queueStateKey) ?? occupied;
    return [...new Set([...occupied, ...this.#conditions.flatMap(keysOf)])].filter((key) => {
      const measured = this.#conditions
        .filter((condition) => keysOf(condition).includes(key))
        .map((condition) => ({ condition, load: loadOf(condition, key) }));
      const before = this.heldIn(key);
      const after = nextConditions(before, measured, now);
      this.#held.set(key, after);
      for (const [name, { since }] of Object.entries(after)) onHeld(name, since === now);
      return !holdOn(before, after);
    });
  }
}

function countedLoad(waiting: ReadonlySet<WaitingContact> = new Set(), now: number): QueueLoad {
  let oldestSeconds = 0;
  // The oldest may come last: contacts can keep the enqueue time of earlier ones.
  for (const { enqueuedAt } of waiting)
    oldestSeconds = Math.max(oldestSeconds, Math.floor((now - enqueuedAt) / 1_000));
  return { waiting: waiting.size, oldestSeconds };
}
