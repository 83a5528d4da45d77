/**
 * The maximum number of calls within one second, and by how many calls a token bucket with these limits would
 * have been exceeded.
 *
 * @param times - the times of the calls in milliseconds, in any order.
 */
export function peakLoad(
  times: readonly number[],
  limits: { readonly ratePerSecond: number; readonly burst: number },
): { readonly maxPerSecond: number; readonly overBudget: number } {
  const sorted = [...times].sort((a, b) => a - b);
  let start = 0;
  let maxPerSecond = 0;
  // A bucket that grants every call. Its lowest level below zero is the number of calls that exceed the
  // budget.
  let tokens = limits.burst;
  let previous = sorted[0] ?? 0;
  let lowest = tokens;
  for (const [index, at] of sorted.entries()) {
    while (at - (sorted[start] ?? at) > 1_000) start += 1;
    maxPerSecond = Math.max(maxPerSecond, index - start + 1);
    tokens = Math.min(limits.burst, tokens + ((at - previous) / 1_000) * limits.ratePerSecond) - 1;
    previous = at;
    lowest = Math.min(lowest, tokens);
  }
  return { maxPerSecond, overBudget: Math.max(0, Math.ceil(-lowest)) };
}
