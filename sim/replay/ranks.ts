import { DEFAULT_ROUTING, type Routing } from '../../lambda/domain/routing.ts';
import { compareRank, type Ranked } from '../centre/contact.ts';
import type { WaitingContact, Waits } from './waits.ts';

/** A change of places: the first came to stand before the second. */
export type Passing = readonly [overtaker: WaitingContact, overtaken: WaitingContact];

type Place = Ranked['inForce'];

const DEFAULT_PLACE: Place = { priority: DEFAULT_ROUTING.priority, ageSeconds: DEFAULT_ROUTING.ageSeconds };

/** How contacts that wait rank under one policy set, as Connect ranks them. What nobody changed has the defaults. */
export class Ranks {
  readonly #waits: Waits;
  readonly #places = new Map<string, Place>();

  constructor(waits: Waits) {
    this.#waits = waits;
  }

  /** Lets a change of a contact that waits take effect. @returns who passed whom by it. */
  change(contact: WaitingContact, { priority, ageSeconds }: Routing): Passing[] {
    const before = this.#ranked(contact);
    const inForce = {
      priority: priority ?? before.inForce.priority,
      ageSeconds: ageSeconds ?? before.inForce.ageSeconds,
    };
    const after = { ...before, inForce };
    this.#places.set(contact.key, inForce);
    const passings: Passing[] = [];
    for (const other of this.#waits.in(contact.queueArn)) {
      if (other.key === contact.key) continue;
      const place = this.#ranked(other);
      const [stood, stands] = [compareRank(before, place), compareRank(after, place)];
      if (stood > 0 && stands < 0) passings.push([contact, other]);
      if (stood < 0 && stands > 0) passings.push([other, contact]);
    }
    return passings;
  }

  /** The stay of a contact is over. */
  left({ key }: WaitingContact): void {
    this.#places.delete(key);
  }

  #ranked({ key, enqueuedAt, order }: WaitingContact): Ranked {
    return { enqueuedAt, order, inForce: this.#places.get(key) ?? DEFAULT_PLACE };
  }
}
