/**
 * The sample variance.
 *
 * @param values - at least two.
 * @param mean - that of the values.
 */
export function sampleVariance(values: readonly number[], mean: number): number {
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
