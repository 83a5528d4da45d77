import { type Account, throttledShare, usefulShare } from './ledger.ts';
import { loadOf, TIER_NAMES } from './load.ts';
import { percent } from './report.ts';
import { SETTINGS } from './site.ts';

/** What this system promises under load, alone on the quota. */
export const PROMISED = { usefulShare: 0.99, throttledShare: 0.005, mostUrgentOnTime: 0.99 } as const;

/**
 * The promises that were not kept, in words; none when all were. The most urgent tier is on time where it alone fits
 * into the share of the quota that this system uses.
 */
export function brokenPromises(account: Account, load: number): string[] {
  const [mostUrgent = 'platinum'] = TIER_NAMES;
  const onTime = account.onTime[mostUrgent];
  const fits = loadOf(mostUrgent, load) < SETTINGS.updateShare;
  return [
    ...(usefulShare(account) >= PROMISED.usefulShare
      ? []
      : [
          `${percent(usefulShare(account))} of the tokens were spent usefully, not ${percent(PROMISED.usefulShare)}`,
        ]),
    ...(throttledShare(account) <= PROMISED.throttledShare
      ? []
      : [
          `${percent(throttledShare(account))} of the calls were throttled, not at most ${percent(PROMISED.throttledShare)}`,
        ]),
    ...(!fits || onTime >= PROMISED.mostUrgentOnTime
      ? []
      : [`${percent(onTime)} of ${mostUrgent} were on time, not ${percent(PROMISED.mostUrgentOnTime)}`]),
  ];
}
