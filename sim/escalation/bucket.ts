import {
  emptyBucket,
  type QuotaLimits,
  refilled,
  type TokenBucket,
  taken,
  untilTokenMs,
} from '../../lambda/domain/pacing.ts';

/** What may be used of the quota of one API: the domain's bucket, empty when it is first asked, as in the flow. */
export class Bucket {
  readonly #limits: QuotaLimits;
  #bucket: TokenBucket | undefined;

  constructor(limits: QuotaLimits) {
    this.#limits = limits;
  }

  /** Takes a token. @returns the milliseconds until there will be one; 0 where one was taken. */
  take(now: number): number {
    const waitMs = this.untilTokenMs(now);
    if (waitMs === 0 && this.#bucket) this.#bucket = taken(this.#bucket, 1);
    return waitMs;
  }

  /** Milliseconds until there is a token; 0 where there is one. */
  untilTokenMs(now: number): number {
    this.#bucket = refilled(this.#bucket ?? emptyBucket(this.#limits, now), this.#limits, now);
    return untilTokenMs(this.#bucket);
  }
}
