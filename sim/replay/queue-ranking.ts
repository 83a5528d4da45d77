import { DEFAULT_ROUTING, type Routing } from '../../lambda/domain/routing/routing.ts';
import { compareRank, type Rankable } from '../centre/contact.ts';
import type { QueueTracker, QueueVisit } from './queue-tracker.ts';

/** A contact and another one that it has overtaken. */
type OvertakingPair = readonly [overtaker: QueueVisit, overtaken: QueueVisit];

type Rank = Rankable['effective'];

const DEFAULT_RANK: Rank = { priority: DEFAULT_ROUTING.priority, ageSeconds: DEFAULT_ROUTING.ageSeconds };

/**
 * The ranks of waiting contacts under one policy set, as in Connect. Contacts without changes have the
 * default routing.
 */
export class QueueRanking {
  readonly #tracker: QueueTracker;
  readonly #ranks = new Map<string, Rank>();

  constructor(tracker: QueueTracker) {
    this.#tracker = tracker;
  }

  /**
   * Applies a routing change of a waiting contact.
   *
   * @returns the overtakings that it causes.
   */
  applyChange(contact: QueueVisit, { priority, ageSeconds }: Routing): OvertakingPair[] {
    const before = this.#rankable(contact);
    const effective = {
      priority: priority ?? before.effective.priority,
      ageSeconds: ageSeconds ?? before.effective.ageSeconds,
    };
    const after = { ...before, effective };
    this.#ranks.set(contact.key, effective);
    const pairs: OvertakingPair[] = [];
    for (const other of this.#tracker.visitsIn(contact.queueArn)) {
      if (other.key === contact.key) continue;
      const otherRank = this.#rankable(other);
      const [orderBefore, orderAfter] = [compareRank(before, otherRank), compareRank(after, otherRank)];
      if (orderBefore > 0 && orderAfter < 0) pairs.push([contact, other]);
      if (orderBefore < 0 && orderAfter > 0) pairs.push([other, contact]);
    }
    return pairs;
  }

  /** The queue visit of a contact has ended. */
  remove({ key }: QueueVisit): void {
    this.#ranks.delete(key);
  }

  #rankable({ key, enqueuedAt }: QueueVisit): Rankable {
    // Of contacts that were enqueued at the same time, a recording does not tell which is served first.
    return { enqueuedAt, order: 0, effective: this.#ranks.get(key) ?? DEFAULT_RANK };
  }
}
