import { DEFAULT_ROUTING, type Routing } from '../../lambda/domain/routing/routing.ts';
import { compareRank, type Rankable } from '../centre/contact.ts';
import type { QueueVisit } from './queue-tracker.ts';

/** A contact and another one that it has overtaken. */
type OvertakingPair = readonly [overtaker: QueueVisit, overtaken: QueueVisit];

type Rank = Rankable['effective'];

/** A visit in the order of its queue. */
interface Entry extends Rankable {
  readonly visit: QueueVisit;
}

const DEFAULT_RANK: Rank = { priority: DEFAULT_ROUTING.priority, ageSeconds: DEFAULT_ROUTING.ageSeconds };

/**
 * The ranks of waiting contacts under one policy set, as in Connect. Contacts without changes have the
 * default routing. The queues are kept in order, so that a change looks only at the contacts that it passes.
 */
export class QueueRanking {
  readonly #compare: typeof compareRank;
  /** The entries of each queue, by rank. */
  readonly #queues = new Map<string, Entry[]>();
  readonly #entries = new Map<string, Entry>();

  /** @param compare - which of two contacts is served first. */
  constructor(compare = compareRank) {
    this.#compare = compare;
  }

  /** A queue visit has started, or what is known of the current one has changed. */
  put(visit: QueueVisit): void {
    const before = this.#entries.get(visit.key);
    const isSameVisit = before?.visit.order === visit.order;
    this.#replace(before, toEntry(visit, isSameVisit ? before.effective : DEFAULT_RANK));
  }

  /**
   * Applies a routing change of a waiting contact.
   *
   * @returns the overtakings that it causes, in the order in which the others were queued.
   */
  applyChange({ key }: QueueVisit, { priority, ageSeconds }: Routing): OvertakingPair[] {
    const before = this.#entries.get(key);
    if (!before) return [];
    const { effective, visit } = before;
    const after = toEntry(visit, {
      priority: priority ?? effective.priority,
      ageSeconds: ageSeconds ?? effective.ageSeconds,
    });
    this.#replace(before, after);
    const isRise = this.#compare(after, before) < 0;
    const [first, last] = isRise ? [after, before] : [before, after];
    const queue = this.#queueOf(visit);
    const start = this.#search(queue, (one) => this.#compare(one, first) <= 0);
    const end = this.#search(queue, (one) => this.#compare(one, last) < 0);
    return queue
      .slice(start, end)
      .map((other) => other.visit)
      .sort((a, b) => a.order - b.order)
      .map((other) => (isRise ? [visit, other] : [other, visit]));
  }

  /** The queue visit of a contact has ended. */
  remove({ key }: QueueVisit): void {
    this.#replace(this.#entries.get(key), undefined);
  }

  #replace(before: Entry | undefined, after: Entry | undefined): void {
    if (before) {
      const queue = this.#queueOf(before.visit);
      queue.splice(this.#indexOf(queue, before), 1);
      if (queue.length === 0) this.#queues.delete(before.visit.queueArn);
      this.#entries.delete(before.visit.key);
    }
    if (after) {
      const queue = this.#queueOf(after.visit);
      queue.splice(this.#indexOf(queue, after), 0, after);
      this.#queues.set(after.visit.queueArn, queue);
      this.#entries.set(after.visit.key, after);
    }
  }

  #queueOf({ queueArn }: QueueVisit): Entry[] {
    return this.#queues.get(queueArn) ?? [];
  }

  /** The index at which an entry is or would be inserted. */
  #indexOf(queue: readonly Entry[], entry: Entry): number {
    return this.#search(queue, (one) => {
      const order = this.#compare(one, entry);
      return order < 0 || (order === 0 && one.visit.order < entry.visit.order);
    });
  }

  /** The number of entries at the head of the queue for which a condition holds. */
  #search(queue: readonly Entry[], isBefore: (entry: Entry) => boolean): number {
    let [low, high] = [0, queue.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(queue[middle] as Entry)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function toEntry(visit: QueueVisit, effective: Rank): Entry {
  // Of contacts that were enqueued at the same time, a recording does not tell which is served first.
  return { visit, enqueuedAt: visit.enqueuedAt, order: 0, effective };
}
