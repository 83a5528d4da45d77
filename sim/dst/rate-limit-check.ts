import type { QuotaLimits } from '../../lambda/domain/routing/token-bucket.ts';
import type { InvariantChecker } from './invariant-checker.ts';

/** Tolerance for rounding errors. */
const EPSILON = 1e-6;

/**
 * Checks invariant 3 at the end of a run: every call has a token, and any window of T seconds has at most
 * `burst + rate x T` tokens. A token counts when it is taken, because its call may be delayed afterwards. The check does
 * not share code with the token bucket.
 */
export function checkRateLimit(checker: InvariantChecker, { ratePerSecond, burst }: QuotaLimits): void {
  const granted = checker.tokensTakenAt.length;
  checker.checks += 1;
  if (checker.calls > granted) {
    checker.reportViolation(3, `${checker.calls} calls were sent with ${granted} tokens`);
  }
  let tokens = burst;
  let last = Number.NEGATIVE_INFINITY;
  for (const at of checker.tokensTakenAt.sort((a, b) => a - b)) {
    checker.checks += 1;
    if (last !== Number.NEGATIVE_INFINITY)
      tokens = Math.min(burst, tokens + ((at - last) / 1_000) * ratePerSecond);
    tokens -= 1;
    last = at;
    if (tokens < -EPSILON) {
      checker.reportViolation(
        3,
        `${(-tokens).toFixed(3)} tokens too many up to the one that was taken at ${at}`,
      );
      return;
    }
  }
}
