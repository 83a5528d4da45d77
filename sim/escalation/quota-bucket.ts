import {
  emptyBucket,
  msUntilToken,
  type QuotaLimits,
  refill,
  type TokenBucket,
  take,
} from '../../lambda/domain/routing/token-bucket.ts';

/** What may be used of the quota of one API: the domain's bucket, empty when it is first asked, as in the flow. */
export class QuotaBucket {
  readonly #limits: QuotaLimits;
  #bucket: TokenBucket | undefined;

  constructor(limits: QuotaLimits) {
    this.#limits = limits;
  }

  /** Takes a token. @returns the milliseconds until there will be one; 0 where one was taken. */
  take(now: number): number {
    const waitMs = this.msUntilToken(now);
    if (waitMs === 0 && this.#bucket) this.#bucket = take(this.#bucket, 1);
    return waitMs;
  }

  /** Milliseconds until there is a token; 0 where there is one. */
  msUntilToken(now: number): number {
    this.#bucket = refill(this.#bucket ?? emptyBucket(this.#limits, now), this.#limits, now);
    return msUntilToken(this.#bucket);
  }
}
