import { estimate, pairedEstimate } from './estimate.ts';
import type { Starvation } from './result.ts';
import type { SetTally } from './set-tally.ts';
import type { TierTally } from './tier-tally.ts';

/** A starved tier's mean wait is at least so many times as long as under the baseline, */
export const STARVATION_WAIT_RATIO = 1.5;

/** and somebody of it waited at least so many times the service level; */
export const STARVATION_SERVICE_LEVELS = 10;

/** or its share of contacts that gave up, or were never served, rose by at least so much. */
export const STARVATION_SHARE = 0.1;

/** A mean wait below this is taken for this when waits are compared, in seconds. */
const MIN_WAIT_SECONDS = 1;

/**
 * The tiers that a policy set starves. A tier is starved when contacts of other tiers that came later and that a
 * policy had escalated went before its own, and, with the confidence of the result, its mean wait or its abandonment
 * rose against the baseline, by as much as the constants above say.
 */
export function findStarvation(
  tally: SetTally,
  baseline: SetTally,
  serviceLevelSeconds: number,
): Starvation[] {
  return [...tally.tiers].flatMap(([tier, now]) => {
    const before = baseline.tiers.get(tier);
    const starvation = before && tierStarvation(tier, now, before, serviceLevelSeconds);
    return starvation ? [starvation] : [];
  });
}

function tierStarvation(
  tier: string,
  now: TierTally,
  before: TierTally,
  serviceLevelSeconds: number,
): Starvation | undefined {
  const policy = now.mostOvertakenBy;
  if (policy === undefined) return undefined;
  const [wait, waitBefore] = [estimate(now.meanWaits).value, estimate(before.meanWaits).value];
  const timesAsLong = Math.max(MIN_WAIT_SECONDS, wait) / Math.max(MIN_WAIT_SECONDS, waitBefore);
  const longestWaitSeconds = now.waits.max;
  const waitsLonger =
    timesAsLong >= STARVATION_WAIT_RATIO &&
    longestWaitSeconds >= STARVATION_SERVICE_LEVELS * serviceLevelSeconds &&
    pairedEstimate(now.meanWaits, before.meanWaits).low > 0;
  const unserved = pairedEstimate(now.unservedShares, before.unservedShares);
  const givesUp = unserved.value >= STARVATION_SHARE && unserved.low > 0;
  if (!waitsLonger && !givesUp) return undefined;
  const reasons = [
    ...(waitsLonger
      ? [
          `waits ${timesAsLong.toFixed(1)} times as long on average (${wait.toFixed(0)} s instead of ${waitBefore.toFixed(0)} s), and up to ${longestWaitSeconds.toFixed(0)} s`,
        ]
      : []),
    ...(givesUp ? [`${(unserved.value * 100).toFixed(0)} more of a hundred are never served`] : []),
  ];
  return {
    tier,
    policy,
    waitRatio: timesAsLong,
    maxWaitSeconds: longestWaitSeconds,
    reason: `${tier} ${reasons.join(', and ')}: contacts of other tiers that ${policy} raises go first although they came later.`,
  };
}
