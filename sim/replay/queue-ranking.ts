import { DEFAULT_ROUTING, type Routing } from '../../lambda/domain/routing/routing.ts';
import { compareRank, type Rankable } from '../centre/contact.ts';
import type { QueueTracker, QueueVisit } from './queue-tracker.ts';

/** A change of places: the first came to stand before the second. */
export type OvertakingPair = readonly [overtaker: QueueVisit, overtaken: QueueVisit];

type Rank = Rankable['effective'];

const DEFAULT_RANK: Rank = { priority: DEFAULT_ROUTING.priority, ageSeconds: DEFAULT_ROUTING.ageSeconds };

/** How contacts that wait rank under one policy set, as Connect ranks them. What nobody changed has the defaults. */
export class QueueRanking {
  readonly #waits: QueueTracker;
  readonly #ranks = new Map<string, Rank>();

  constructor(waits: QueueTracker) {
    this.#waits = waits;
  }

  /** Lets a change of a contact that waits take effect. @returns who passed whom by it. */
  applyChange(contact: QueueVisit, { priority, ageSeconds }: Routing): OvertakingPair[] {
    const before = this.#rankable(contact);
    const inForce = {
      priority: priority ?? before.effective.priority,
      ageSeconds: ageSeconds ?? before.effective.ageSeconds,
    };
    const after = { ...before, effective: inForce };
    this.#ranks.set(contact.key, inForce);
    const passings: OvertakingPair[] = [];
    for (const other of this.#waits.visitsIn(contact.queueArn)) {
      if (other.key === contact.key) continue;
      const place = this.#rankable(other);
      const [stood, stands] = [compareRank(before, place), compareRank(after, place)];
      if (stood > 0 && stands < 0) passings.push([contact, other]);
      if (stood < 0 && stands > 0) passings.push([other, contact]);
    }
    return passings;
  }

  /** The stay of a contact is over. */
  remove({ key }: QueueVisit): void {
    this.#ranks.delete(key);
  }

  #rankable({ key, enqueuedAt, order }: QueueVisit): Rankable {
    return { enqueuedAt, order, effective: this.#ranks.get(key) ?? DEFAULT_RANK };
  }
}
