import { formatPercent } from './format.ts';
import { offeredLoad, QUOTA, TIER_NAMES } from './load.ts';
import { type LoadReport, throttledShare, usefulShare } from './load-report.ts';
import { SETTINGS } from './testbed.ts';

/** The targets of this system under load, when no other system uses the quota. */
const TARGETS = { usefulShare: 0.99, throttledShare: 0.005, mostUrgentOnTime: 0.99 } as const;

/**
 * Formats the targets that were missed; empty when all were met. The target of the most urgent tier applies
 * when its changes alone fit into what this system may do.
 *
 * @param maxPerSecond - the changes that it may make in a second. Default: its share of the quota.
 */
export function missedTargets(
  report: LoadReport,
  load: number,
  maxPerSecond = SETTINGS.updateShare * QUOTA.ratePerSecond,
): string[] {
  const [mostUrgent = 'platinum'] = TIER_NAMES;
  const useful = usefulShare(report);
  const throttled = throttledShare(report);
  const onTime = report.onTime[mostUrgent];
  const fits = offeredLoad(mostUrgent, load) * QUOTA.ratePerSecond < maxPerSecond;
  const targets: readonly (readonly [isMet: boolean, message: string])[] = [
    [
      useful >= TARGETS.usefulShare,
      `${formatPercent(useful)} of the granted calls were useful; the target is at least ` +
        formatPercent(TARGETS.usefulShare),
    ],
    [
      throttled <= TARGETS.throttledShare,
      `${formatPercent(throttled)} of the calls were throttled; the target is at most ` +
        formatPercent(TARGETS.throttledShare),
    ],
    [
      !fits || onTime >= TARGETS.mostUrgentOnTime,
      `${formatPercent(onTime)} of the changes of ${mostUrgent} were on time; the target is at least ` +
        formatPercent(TARGETS.mostUrgentOnTime),
    ],
  ];
  return targets.flatMap(([isMet, message]) => (isMet ? [] : message));
}
