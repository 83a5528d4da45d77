/** The probability of at most so many successes. */
export function binomialShare(successes: number, trials: number, probability: number): number {
  let term = (1 - probability) ** trials;
  let sum = term;
  for (let count = 1; count <= successes; count += 1) {
    term *= ((trials - count + 1) / count) * (probability / (1 - probability));
    sum += term;
  }
  return Math.min(1, sum);
}

/**
 * The least and the most successes that do not contradict a probability: each more extreme count is rarer than half of
 * `risk` on its side.
 */
export function acceptanceBand(trials: number, probability: number, risk: number): readonly [number, number] {
  const counts = Array.from({ length: trials + 1 }, (_, count) => count);
  const low = counts.find((count) => binomialShare(count, trials, probability) > risk / 2) ?? 0;
  const high = counts.findLast(
    (count) => count === 0 || 1 - binomialShare(count - 1, trials, probability) > risk / 2,
  );
  return [low, high ?? trials];
}
