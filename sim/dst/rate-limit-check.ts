import type { QuotaLimits } from '../../lambda/domain/routing/token-bucket.ts';
import type { InvariantChecker } from './invariant-checker.ts';

/** Tolerance for rounding errors. */
const EPSILON = 1e-6;

/**
 * Checks invariant 3 at the end of a run: any window of T seconds has at most `burst + rate x T` calls. A
 * call counts when its token is taken, because it may be delayed afterwards. The check does not share code with
 * the token bucket.
 */
export function checkRateLimit(checker: InvariantChecker, { ratePerSecond, burst }: QuotaLimits): void {
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
        `${(-tokens).toFixed(3)} calls too many up to the one whose token was taken at ${at}`,
      );
      return;
    }
  }
}
