import { estimate, pairedEstimate } from './estimate.ts';
import type { Starvation } from './result.ts';
import type { SetTally } from './set-tally.ts';
import type { TierTally } from './tier-tally.ts';

/** A tier is starved when its mean wait is at least this multiple of the baseline, */
const STARVATION_WAIT_RATIO = 1.5;

/** and the longest wait of a run is, on average, at least this multiple of the service level; */
const STARVATION_SERVICE_LEVELS = 10;

/** or when its share of contacts that were never served rises by at least this much. */
const STARVATION_SHARE = 0.1;

/** The lower bound of mean waits in the comparison, in seconds. */
const MIN_WAIT_SECONDS = 1;

/**
 * The tiers that a policy set starves. A tier is starved when escalated contacts of other tiers overtake its
 * contacts and, with the confidence of the result, its mean wait or its share of unserved contacts rises
 * against another set as the constants above say.
 *
 * @param against - the name of the other set.
 */
export function findStarvation(
  tally: SetTally,
  other: SetTally,
  serviceLevelSeconds: number,
  against: string,
): Starvation[] {
  return [...tally.tiers].flatMap(([tier, now]) => {
    const before = other.tiers.get(tier);
    const starvation = before && tierStarvation(tier, now, before, serviceLevelSeconds);
    return starvation ? [{ ...starvation, against }] : [];
  });
}

function tierStarvation(
  tier: string,
  now: TierTally,
  before: TierTally,
  serviceLevelSeconds: number,
): Omit<Starvation, 'against'> | undefined {
  const policy = now.mostOvertakenBy;
  if (policy === undefined) return undefined;
  const [wait, waitBefore] = [estimate(now.meanWaits).value, estimate(before.meanWaits).value];
  const waitRatio = Math.max(MIN_WAIT_SECONDS, wait) / Math.max(MIN_WAIT_SECONDS, waitBefore);
  const maxWaitSeconds = now.meanLongestWait;
  const waitsLonger =
    waitRatio >= STARVATION_WAIT_RATIO &&
    maxWaitSeconds >= STARVATION_SERVICE_LEVELS * serviceLevelSeconds &&
    pairedEstimate(now.meanWaits, before.meanWaits).low > 0;
  const unserved = pairedEstimate(now.unservedShares, before.unservedShares);
  const losesMore = unserved.value >= STARVATION_SHARE && unserved.low > 0;
  if (!waitsLonger && !losesMore) return undefined;
  const reasons = [
    ...(waitsLonger
      ? [
          `has ${waitRatio.toFixed(1)} times the mean wait (${wait.toFixed(0)} s instead of ${waitBefore.toFixed(0)} s) and a longest wait of ${maxWaitSeconds.toFixed(0)} s`,
        ]
      : []),
    ...(losesMore
      ? [`has ${(unserved.value * 100).toFixed(0)} percentage points more contacts that are never served`]
      : []),
  ];
  return {
    tier,
    policy,
    waitRatio,
    maxWaitSeconds,
    reason: `${tier} ${reasons.join(', and ')}: contacts of other tiers that ${policy} raises overtake its contacts.`,
  };
}
