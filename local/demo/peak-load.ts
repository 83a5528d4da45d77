/** The most events in any window of that length, and in any window at all beyond what a token bucket grants. */
export function peakLoad(
  times: readonly number[],
  limits: { readonly ratePerSecond: number; readonly burst: number },
): { readonly maxPerSecond: number; readonly overBudget: number } {
  const sorted = [...times].sort((a, b) => a - b);
  let start = 0;
  let maxPerSecond = 0;
  // The bucket that would just have granted every call so far: how far below empty it ever came.
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
