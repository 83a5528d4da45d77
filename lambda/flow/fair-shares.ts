import type { ContactKey } from '../domain/contact.ts';

/**
 * Shares the quota evenly among the instances of the account: the next call goes to the instance with work that
 * has had the fewest, so that a flood in one contact centre does not delay another. What an instance does not need
 * goes to the others, and an instance that was idle has saved nothing up. It forgets with its process, which costs
 * nobody more than a turn.
 *
 * Source: start-time fair queueing (Goyal, Vin, Cheng 1996), with a call as the unit of service.
 */
export class FairShares {
  /** Calls that each instance had; one that comes back from being idle begins at the level. */
  readonly #had = new Map<string, number>();
  /** The fewest calls that an instance with work had when this was last looked at. */
  #level = 0;

  /** Puts contacts in the order in which they are to be served; those of one instance stay in the order given. */
  order<T extends ContactKey>(contacts: readonly T[]): T[] {
    const lines = [...Map.groupBy(contacts, ({ instanceId }) => instanceId)];
    for (const [instanceId] of lines) this.#had.set(instanceId, this.#turnOf(instanceId));
    if (lines.length > 0) this.#level = Math.min(...lines.map(([instanceId]) => this.#turnOf(instanceId)));
    return lines
      .flatMap(([instanceId, waiting]) =>
        waiting.map((contact, place) => ({ contact, turn: this.#turnOf(instanceId) + place })),
      )
      .sort((a, b) => a.turn - b.turn)
      .map(({ contact }) => contact);
  }

  /** A contact of the instance had a call, or a place in a round in which it could only wait to be asked about. */
  served(instanceId: string): void {
    this.#had.set(instanceId, this.#turnOf(instanceId) + 1);
  }

  #turnOf(instanceId: string): number {
    return Math.max(this.#level, this.#had.get(instanceId) ?? 0);
  }
}
