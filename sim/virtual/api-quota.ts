import type { QuotaLimits } from '../../lambda/domain/routing/token-bucket.ts';

/**
 * The quota of one API: a bucket that begins full, is refilled continuously and gives one token a call. It is
 * written apart from the pacing that is tried out against it, so that a fault in that shows here.
 */
export class ApiQuota {
  readonly #limits: QuotaLimits;
  #tokens: number;
  #at = Number.NEGATIVE_INFINITY;

  constructor(limits: QuotaLimits) {
    this.#limits = limits;
    this.#tokens = limits.burst;
  }

  /** @returns false where the quota is spent, which costs nothing. */
  take(now: number): boolean {
    const { ratePerSecond, burst } = this.#limits;
    if (now > this.#at) {
      this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) / 1_000) * ratePerSecond);
      this.#at = now;
    }
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
