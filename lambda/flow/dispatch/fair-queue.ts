/**
 * Shares the quota evenly among the instances of the account: the next update goes to the instance with work that has
 * been served least, so that a flood in one contact centre does not delay another. What one instance does not need
 * goes to the others, and an instance that was idle has saved nothing up. The state is per process: a cold start costs
 * an instance at most one turn.
 *
 * Source: start-time fair queueing (Goyal, Vin, Cheng 1996), with a call as the unit of service.
 */
export class FairQueue {
  /** Services that each instance has had; one that returns from being idle starts at the virtual time. */
  readonly #served = new Map<string, number>();
  /** The fewest services of an instance with work, when contacts were last put in order. */
  #virtualTime = 0;

  /** Puts contacts in the order in which to serve them; those of one instance stay in the order given. */
  order<T>(contacts: readonly T[], instanceOf: (contact: T) => string): T[] {
    const byInstance = [...Map.groupBy(contacts, instanceOf)];
    const starts = byInstance.map(([instanceId]) => this.#startOf(instanceId));
    if (starts.length > 0) this.#virtualTime = Math.min(...starts);
    return byInstance
      .flatMap(([instanceId, waiting]) =>
        waiting.map((contact, index) => ({ contact, turn: this.#startOf(instanceId) + index })),
      )
      .sort((a, b) => a.turn - b.turn)
      .map(({ contact }) => contact);
  }

  /** A contact of the instance had an update, or a place in a round in which it could only wait for a question. */
  recordService(instanceId: string): void {
    this.#served.set(instanceId, this.#startOf(instanceId) + 1);
  }

  #startOf(instanceId: string): number {
    return Math.max(this.#virtualTime, this.#served.get(instanceId) ?? 0);
  }
}
