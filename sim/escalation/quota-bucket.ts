import {
  emptyBucket,
  msUntilToken,
  type QuotaLimits,
  refill,
  type TokenBucket,
  take,
} from '../../lambda/domain/routing/token-bucket.ts';

/**
 * The usable quota of one API: a mutable wrapper of the domain's token bucket, which starts empty as in the
 * flow.
 */
export class QuotaBucket {
  readonly #limits: QuotaLimits;
  #bucket: TokenBucket | undefined;

  constructor(limits: QuotaLimits) {
    this.#limits = limits;
  }

  /**
   * Takes a token, if there is one.
   *
   * @returns milliseconds until there is one; 0 when it was taken.
   */
  take(now: number): number {
    const waitMs = this.msUntilToken(now);
    if (waitMs === 0 && this.#bucket) this.#bucket = take(this.#bucket, 1);
    return waitMs;
  }

  /** Milliseconds until there is a token; 0 when there is one. */
  msUntilToken(now: number): number {
    this.#bucket = refill(this.#bucket ?? emptyBucket(this.#limits, now), this.#limits, now);
    return msUntilToken(this.#bucket);
  }
}
