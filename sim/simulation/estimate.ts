import { interval } from '../statistics/index.ts';
import type { Estimate } from './result.ts';

/** Of every interval in a result. */
export const CONFIDENCE = 0.95;

/**
 * A figure from its values in the runs.
 *
 * @param values - not numbers where a run has none, such as a share of nobody; these are left out.
 */
export function estimate(values: readonly number[]): Estimate {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return { value: 0, low: 0, high: 0 };
  const { mean, halfWidth } = interval(known, CONFIDENCE);
  if (!Number.isFinite(halfWidth)) return { value: mean, low: mean, high: mean };
  return { value: mean, low: mean - halfWidth, high: mean + halfWidth };
}

/** A share from its values in the runs: its interval stays within what a share can be. */
export function shareEstimate(values: readonly number[]): Estimate {
  const { value, low, high } = estimate(values);
  return { value, low: Math.max(0, low), high: Math.min(1, high) };
}

/** How much more there is than in the baseline, run by run: both met the same customers. */
export function pairedEstimate(values: readonly number[], baseline: readonly number[]): Estimate {
  return estimate(values.map((value, run) => value - (baseline[run] ?? Number.NaN)));
}
