import { chiSquareQuantile } from '../statistics/gamma-distribution.ts';
import type { Fitted } from './parameter.ts';

/** Fewer degrees of freedom say nothing of the scatter of days. */
const MIN_DEGREES = 4;

/**
 * How much whole days differ beyond the scatter of a Poisson process: the coefficient of variation of a factor that each
 * day multiplies its arrivals by. The variance of a count is then mean + (variation mean)^2. The interval is that of a
 * variance by the chi-square distribution.
 *
 * @param groups - the counts of days that should be alike, such as those of all Mondays.
 * @returns undefined where there are too few days that can be compared.
 */
export function dayVariation(groups: readonly (readonly number[])[]): Fitted | undefined {
  let [degrees, squares, poisson] = [0, 0, 0];
  for (const counts of groups) {
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    if (counts.length < 2 || mean <= 0) continue;
    degrees += counts.length - 1;
    squares += counts.reduce((sum, count) => sum + ((count - mean) / mean) ** 2, 0);
    poisson += (counts.length - 1) / mean;
  }
  if (degrees < MIN_DEGREES) return undefined;
  const variationOf = (variance: number) => Math.sqrt(Math.max(0, variance - poisson / degrees));
  return {
    value: variationOf(squares / degrees),
    low: variationOf(squares / chiSquareQuantile(0.975, degrees)),
    high: variationOf(squares / chiSquareQuantile(0.025, degrees)),
  };
}
