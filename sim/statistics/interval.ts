import { studentQuantile } from './student.ts';
import { sampleVariance } from './variance.ts';

/** The mean of independent runs and half of the width of its confidence interval. */
export interface Interval {
  readonly mean: number;
  /** Infinity for a single value. */
  readonly halfWidth: number;
}

/**
 * The confidence interval of the mean of independent and roughly normal values, such as the means of runs.
 *
 * @param values - at least one.
 * @param confidence - between 0 and 1: the share of such intervals that contain the true mean.
 */
export function interval(values: readonly number[], confidence: number): Interval {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2) return { mean, halfWidth: Number.POSITIVE_INFINITY };
  const standardError = Math.sqrt(sampleVariance(values, mean) / count);
  return { mean, halfWidth: studentQuantile(confidence, count - 1) * standardError };
}
