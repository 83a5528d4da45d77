import { interval } from '../statistics/index.ts';
import type { Estimate } from './result.ts';

/** The confidence level of all intervals of a result. */
export const CONFIDENCE = 0.95;

/**
 * Estimates a figure from its values in the runs.
 *
 * @param values - NaN for a run without the figure, such as the share of an empty class; such runs are
 * ignored.
 * @param confidence - that of the interval, between 0 and 1. Default: {@link CONFIDENCE}.
 */
export function estimate(values: readonly number[], confidence = CONFIDENCE): Estimate {
  const measured = values.filter((value) => !Number.isNaN(value));
  if (measured.length === 0) return { value: 0, low: 0, high: 0 };
  const { mean, halfWidth } = interval(measured, confidence);
  if (!Number.isFinite(halfWidth)) return { value: mean, low: mean, high: mean };
  return { value: mean, low: mean - halfWidth, high: mean + halfWidth };
}

/** Estimates a share; its interval is within 0 to 1. */
export function shareEstimate(values: readonly number[], confidence = CONFIDENCE): Estimate {
  const { value, low, high } = estimate(values, confidence);
  return { value, low: Math.max(0, low), high: Math.min(1, high) };
}

/**
 * Estimates the difference to the baseline. The values are paired by run, because both sets have the same
 * customers.
 */
export function pairedEstimate(
  values: readonly number[],
  baseline: readonly number[],
  confidence = CONFIDENCE,
): Estimate {
  return estimate(
    values.map((value, run) => value - (baseline[run] ?? Number.NaN)),
    confidence,
  );
}
