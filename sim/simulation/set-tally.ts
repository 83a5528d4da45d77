import type { Scenario } from '../scenario/index.ts';
import { CallTally } from './call-tally.ts';
import { TierTally } from './tier-tally.ts';

/** The statistics of one policy set over all runs. */
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

  /** Counts one more governed contact. */
  addGoverned(): void {
    const run = this.#governed.length - 1;
    this.#governed[run] = (this.#governed[run] ?? 0) + 1;
  }

  /** The number of governed contacts, by run. */
  get governedContacts(): readonly number[] {
    return this.#governed;
  }
}
