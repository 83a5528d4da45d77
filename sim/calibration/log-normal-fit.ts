import { sampleVariance } from '../statistics/index.ts';
import { type Fitted, logNormalInterval } from './parameter.ts';

/** Handling times, as a scenario has them. */
export interface LogNormalFit {
  readonly meanSeconds: Fitted;
  /** The standard deviation divided by the mean. */
  readonly variation: Fitted;
  readonly count: number;
  /** The greatest distance between the distribution of the values and the fitted one (Kolmogorov and Smirnov). */
  readonly distance: number;
}

/** Fewer values say nothing of the variation. */
const MIN_COUNT = 10;

/**
 * Fits a log-normal distribution by maximum likelihood.
 *
 * @param values - in seconds, sorted; those of 0 are left out.
 * @returns undefined for fewer than ten values, or where all are equal.
 */
export function fitLogNormal(values: readonly number[]): LogNormalFit | undefined {
  const logs = values.filter((value) => value > 0).map(Math.log);
  const count = logs.length;
  if (count < MIN_COUNT) return undefined;
  const location = logs.reduce((sum, log) => sum + log, 0) / count;
  const variance = sampleVariance(logs, location);
  if (!(variance > 1e-12)) return undefined;
  const variation = Math.sqrt(Math.expm1(variance));
  // The variance of `variance` is 2 variance^2 / count, and location and variance are independent.
  const ofVariance = Math.sqrt(2 / count) * variance;
  return {
    meanSeconds: logNormalInterval(
      Math.exp(location + variance / 2),
      Math.hypot(Math.sqrt(variance / count), ofVariance / 2),
    ),
    variation: logNormalInterval(variation, (ofVariance * Math.exp(variance)) / (2 * variation ** 2)),
    count,
    distance: distanceTo(logs, location, Math.sqrt(variance)),
  };
}

function distanceTo(sortedLogs: readonly number[], location: number, sigma: number): number {
  let greatest = 0;
  for (const [index, log] of sortedLogs.entries()) {
    const share = normalShare((log - location) / sigma);
    const below = index / sortedLogs.length;
    greatest = Math.max(greatest, share - below, below + 1 / sortedLogs.length - share);
  }
  return greatest;
}

/**
 * The distribution function of the normal distribution, to seven digits (Abramowitz and Stegun, Handbook of Mathematical
 * Functions, 26.2.17).
 */
export function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const above = (Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return z >= 0 ? 1 - above : above;
}
