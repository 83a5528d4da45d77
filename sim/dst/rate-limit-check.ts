import type { QuotaLimits } from '../../lambda/domain/routing/token-bucket.ts';
import type { InvariantChecker } from './invariant-checker.ts';

/** Rounding of sums of fractions of tokens. */
const EPSILON = 1e-6;

/**
 * In any window of T seconds at most `burst + rate x T` calls are made, each counted when the tokens that paid for it
 * were taken: it may be on its way for a while after. Written apart from the bucket that it is held against.
 */
export function checkRateLimit(watcher: InvariantChecker, { ratePerSecond, burst }: QuotaLimits): void {
  let room = burst;
  let last = Number.NEGATIVE_INFINITY;
  for (const at of watcher.tokensTakenAt.sort((a, b) => a - b)) {
    watcher.checks += 1;
    if (last !== Number.NEGATIVE_INFINITY)
      room = Math.min(burst, room + ((at - last) / 1_000) * ratePerSecond);
    room -= 1;
    last = at;
    if (room < -EPSILON) {
      watcher.reportViolation(3, `${(-room).toFixed(3)} calls too many up to the one paid for at ${at}`);
      return;
    }
  }
}
