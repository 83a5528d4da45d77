import type { Scenario } from '../scenario/index.ts';
import { CallTally } from './call-tally.ts';
import { TierTally } from './tier-tally.ts';

/** What one policy set did, over all runs. */
export class SetTally {
  readonly tiers: ReadonlyMap<string, TierTally>;
  readonly calls: CallTally;

  constructor({ tiers, serviceLevelSeconds, startsAt }: Scenario) {
    this.tiers = new Map(tiers.map((tier) => [tier, new TierTally(serviceLevelSeconds)]));
    this.calls = new CallTally(startsAt);
  }

  beginRun(): void {
    for (const tier of this.tiers.values()) tier.beginRun();
    this.calls.beginRun();
  }
}
