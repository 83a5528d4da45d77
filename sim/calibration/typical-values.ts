/**
 * Values that stand for many: the means of groups of equal size, in order. Drawing one of them at random has the mean of
 * all values, and nearly their scatter.
 *
 * @param values - sorted.
 * @param most - how many groups, at most.
 */
export function typicalValues(values: readonly number[], most: number): number[] {
  const groups = Math.min(most, values.length);
  return Array.from({ length: groups }, (_, index) => {
    const from = Math.round((index * values.length) / groups);
    const to = Math.round(((index + 1) * values.length) / groups);
    return values.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from);
  });
}
