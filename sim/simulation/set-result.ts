import { defined } from '../../lambda/domain/json.ts';
import type { Scenario } from '../scenario/index.ts';
import { estimate, pairedEstimate, shareEstimate } from './estimate.ts';
import type { SetPair, TierChange, TierResult } from './result.ts';
import type { SetTally } from './set-tally.ts';
import type { TierTally } from './tier-tally.ts';
import { WAIT_BUCKET_BOUNDS } from './wait-buckets.ts';

/**
 * The results of the tiers of a set, with the difference to the baseline unless the set is the baseline.
 *
 * @param bucketCount - the number of buckets of the histogram of waits.
 */
export function tierResults(
  { tiers }: Scenario,
  tally: SetTally,
  baseline: SetTally,
  bucketCount: number,
): TierResult[] {
  return tiers.flatMap((tier) => {
    const tierTally = tally.tiers.get(tier);
    const baselineTally = tally === baseline ? undefined : baseline.tiers.get(tier);
    return tierTally ? [tierResult(tier, tierTally, baselineTally, bucketCount)] : [];
  });
}

/** The number of buckets that covers every wait of all sets. */
export function visibleBucketCount(tallies: readonly SetTally[]): number {
  const counts = tallies.flatMap(({ tiers }) =>
    [...tiers.values()].map(({ waitBucketCounts }) => waitBucketCounts),
  );
  return 1 + Math.max(0, ...counts.map((one) => one.findLastIndex((count) => count > 0)));
}

/** Compares each tier of a set with that of another one; those without contacts are left out. */
export function pairedTiers({ tiers }: SetTally, against: SetTally): SetPair['tiers'] {
  return [...tiers].flatMap(([tier, tally]) => {
    const other = against.tiers.get(tier);
    return other && tally.contacts > 0 ? [{ tier, change: changeAgainst(other, tally) }] : [];
  });
}

function changeAgainst(baseline: TierTally, tally: TierTally): TierChange {
  return {
    serviceLevel: pairedEstimate(tally.serviceLevels, baseline.serviceLevels),
    abandoned: pairedEstimate(tally.abandonmentRates, baseline.abandonmentRates),
    meanWaitSeconds: pairedEstimate(tally.meanWaits, baseline.meanWaits),
    p90WaitSeconds: pairedEstimate(tally.p90Waits, baseline.p90Waits),
  };
}

function tierResult(
  tier: string,
  tally: TierTally,
  baseline: TierTally | undefined,
  bucketCount: number,
): TierResult {
  return {
    tier,
    contacts: tally.contacts,
    serviceLevel: shareEstimate(tally.serviceLevels),
    abandoned: shareEstimate(tally.abandonmentRates),
    meanWaitSeconds: estimate(tally.meanWaits),
    medianWaitSeconds: tally.waits.quantile(0.5),
    p90WaitSeconds: tally.waits.quantile(0.9),
    p99WaitSeconds: tally.waits.quantile(0.99),
    maxWaitSeconds: tally.meanLongestWait,
    unserved: tally.stillWaiting,
    escalated: shareEstimate(tally.escalationRates),
    waitHistogram: {
      upToSeconds: WAIT_BUCKET_BOUNDS.slice(0, bucketCount),
      counts: tally.waitBucketCounts.slice(0, bucketCount),
    },
    ...defined({ change: baseline && changeAgainst(baseline, tally) }),
  };
}
