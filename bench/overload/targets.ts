import { formatPercent } from './format.ts';
import { offeredLoad, TIER_NAMES } from './load.ts';
import { type LoadReport, throttledShare, usefulShare } from './load-report.ts';
import { SETTINGS } from './testbed.ts';

/** What this system promises under load, alone on the quota. */
export const TARGETS = { usefulShare: 0.99, throttledShare: 0.005, mostUrgentOnTime: 0.99 } as const;

/**
 * The promises that were not kept, in words; none when all were. The most urgent tier is on time where it alone fits
 * into the share of the quota that this system uses.
 */
export function missedTargets(account: LoadReport, load: number): string[] {
  const [mostUrgent = 'platinum'] = TIER_NAMES;
  const onTime = account.onTime[mostUrgent];
  const fits = offeredLoad(mostUrgent, load) < SETTINGS.updateShare;
  return [
    ...(usefulShare(account) >= TARGETS.usefulShare
      ? []
      : [
          `${formatPercent(usefulShare(account))} of the tokens were spent usefully, not ${formatPercent(TARGETS.usefulShare)}`,
        ]),
    ...(throttledShare(account) <= TARGETS.throttledShare
      ? []
      : [
          `${formatPercent(throttledShare(account))} of the calls were throttled, not at most ${formatPercent(TARGETS.throttledShare)}`,
        ]),
    ...(!fits || onTime >= TARGETS.mostUrgentOnTime
      ? []
      : [
          `${formatPercent(onTime)} of ${mostUrgent} were on time, not ${formatPercent(TARGETS.mostUrgentOnTime)}`,
        ]),
  ];
}
