import type { Scenario } from '../scenario/index.ts';
import { CallTally } from './call-tally.ts';
import { TierTally } from './tier-tally.ts';

/** What one policy set did, over all runs. */
export class SetTally {
  readonly tiers: ReadonlyMap<string, TierTally>;
  readonly calls: CallTally;
  readonly #governed: number[] = [];

  constructor({ tiers, serviceLevelSeconds, startsAt }: Scenario) {
    this.tiers = new Map(tiers.map((tier) => [tier, new TierTally(serviceLevelSeconds)]));
    this.calls = new CallTally(startsAt);
  }

  beginRun(): void {
    for (const tier of this.tiers.values()) tier.beginRun();
    this.calls.beginRun();
    this.#governed.push(0);
  }

  /** A policy governs one contact more. */
  addGoverned(): void {
    const run = this.#governed.length - 1;
    this.#governed[run] = (this.#governed[run] ?? 0) + 1;
  }

  /** Contacts that a policy governed, by run. */
  get governedContacts(): readonly number[] {
    return this.#governed;
  }
}
