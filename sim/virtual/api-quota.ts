import type { QuotaLimits } from '../../lambda/domain/routing/token-bucket.ts';

/**
 * The quota of one API, as AWS enforces it: a token bucket that starts full. It does not share code with
 * lambda/domain/routing/token-bucket.ts, so that an error there shows in a simulation.
 */
export class ApiQuota {
  readonly #limits: QuotaLimits;
  #tokens: number;
  #at = Number.NEGATIVE_INFINITY;

  constructor(limits: QuotaLimits) {
    this.#limits = limits;
    this.#tokens = limits.burst;
  }

  /** @returns false when the quota is used up; such a call takes no token. */
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
