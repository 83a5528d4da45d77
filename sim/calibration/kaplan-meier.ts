import { NORMAL_95 } from './parameter.ts';
import { type EndedWait, sortWaits } from './waits.ts';

/** The share of customers who would wait for longer than a time, with its 95 % interval. */
export interface SurvivalPoint {
  readonly seconds: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The share of customers who would still wait, by time, as far as waits tell that ended before patience did: the
 * product-limit estimate (Kaplan and Meier 1958) with the variance of Greenwood (1926), and intervals on the scale of
 * log(-log), which stay between 0 and 1.
 *
 * @returns a point for each time at which somebody abandoned, in order.
 */
export function kaplanMeier(waits: readonly EndedWait[]): SurvivalPoint[] {
  const sorted = sortWaits(waits);
  const points: SurvivalPoint[] = [];
  let share = 1;
  let greenwood = 0;
  for (let index = 0; index < sorted.length; ) {
    const seconds = sorted[index]?.seconds ?? 0;
    const atRisk = sorted.length - index;
    let [abandoned, ended] = [0, 0];
    while (sorted[index + ended]?.seconds === seconds) {
      if (sorted[index + ended]?.isAbandoned) abandoned += 1;
      ended += 1;
    }
    index += ended;
    if (abandoned === 0) continue;
    share *= 1 - abandoned / atRisk;
    greenwood += abandoned / (atRisk * (atRisk - abandoned));
    points.push({ seconds, share, ...intervalOf(share, greenwood) });
  }
  return points;
}

function intervalOf(share: number, greenwood: number): { low: number; high: number } {
  if (share <= 0 || share >= 1) return { low: 0, high: share };
  const spread = Math.exp((NORMAL_95 * Math.sqrt(greenwood)) / Math.abs(Math.log(share)));
  return { low: share ** spread, high: share ** (1 / spread) };
}

/**
 * At most so many of the points, evenly spread over the shares, the first and the last included: for a picture.
 *
 * @param most - from 2.
 */
export function thinned(points: readonly SurvivalPoint[], most: number): SurvivalPoint[] {
  if (points.length <= most) return [...points];
  return Array.from({ length: most }, (_, index) => {
    return points[Math.round((index * (points.length - 1)) / (most - 1))] as SurvivalPoint;
  });
}
