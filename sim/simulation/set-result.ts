import type { Scenario } from '../scenario/index.ts';
import { estimate, pairedEstimate, shareEstimate } from './estimate.ts';
import type { TierResult } from './result.ts';
import type { SetTally } from './set-tally.ts';
import type { TierTally } from './tier-tally.ts';
import { WAIT_BUCKET_BOUNDS } from './wait-buckets.ts';

/** The tiers of a set; against the baseline, where it is not the baseline. @param shown - how many buckets of waits. */
export function tierResults(
  { tiers }: Scenario,
  tally: SetTally,
  baseline: SetTally,
  shown: number,
): TierResult[] {
  return tiers.flatMap((tier) => {
    const [now, before] = [tally.tiers.get(tier), baseline.tiers.get(tier)];
    return now && before ? [tierResult(tier, now, tally === baseline ? undefined : before, shown)] : [];
  });
}

/** How many of the buckets of waits it takes to show every wait of all sets. */
export function visibleBucketCount(tallies: readonly SetTally[]): number {
  const counts = tallies.flatMap(({ tiers }) =>
    [...tiers.values()].map(({ waitBucketCounts: shownWaits }) => shownWaits),
  );
  return 1 + Math.max(0, ...counts.map((one) => one.findLastIndex((count) => count > 0)));
}

function tierResult(tier: string, now: TierTally, before: TierTally | undefined, shown: number): TierResult {
  return {
    tier,
    contacts: now.contacts,
    serviceLevel: shareEstimate(now.serviceLevels),
    abandoned: shareEstimate(now.abandonmentRates),
    meanWaitSeconds: estimate(now.meanWaits),
    medianWaitSeconds: now.waits.quantile(0.5),
    p90WaitSeconds: now.waits.quantile(0.9),
    p99WaitSeconds: now.waits.quantile(0.99),
    maxWaitSeconds: now.waits.max,
    escalated: shareEstimate(now.escalationRates),
    waitHistogram: {
      upToSeconds: WAIT_BUCKET_BOUNDS.slice(0, shown),
      counts: now.waitBucketCounts.slice(0, shown),
    },
    ...(before
      ? {
          change: {
            serviceLevel: pairedEstimate(now.serviceLevels, before.serviceLevels),
            abandoned: pairedEstimate(now.abandonmentRates, before.abandonmentRates),
            meanWaitSeconds: pairedEstimate(now.meanWaits, before.meanWaits),
          },
        }
      : {}),
  };
}
