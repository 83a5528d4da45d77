/** What may be used of an API's quota. */
export interface QuotaLimits {
  /** Calls per second, at most. */
  readonly ratePerSecond: number;
  /** Calls that may be saved up, at most. */
  readonly burst: number;
}

/**
 * A token bucket that is refilled continuously. It is kept outside of any process, so that neither a cold
 * start nor a crash brings tokens that were not earned.
 */
export interface TokenBucket {
  /** Calls that may be made at once. Fractions are kept. */
  readonly tokens: number;
  /** When that was so, in milliseconds since the epoch. */
  readonly at: number;
  /** Calls per second earned now: at most the limit, less after a throttle. */
  readonly ratePerSecond: number;
}

/** Seconds in which the rate climbs from nothing to its limit. Slow, since others may share the quota. */
const RECOVERY_SECONDS = 120;

/** The rate is never halved below this, lest nothing be tried any more. */
const LEAST_RATE_PER_SECOND = 0.5;

/** A bucket as it begins: empty. */
export function emptyBucket(limits: QuotaLimits, now: number): TokenBucket {
  return { tokens: 0, at: now, ratePerSecond: limits.ratePerSecond };
}

/**
 * The bucket at `now`, with what it has earned since. A clock that runs back (another machine's) earns
 * nothing and changes nothing.
 */
export function refilled(bucket: TokenBucket, limits: QuotaLimits, now: number): TokenBucket {
  const elapsedSeconds = Math.max(0, now - bucket.at) / 1_000;
  const rate = Math.min(bucket.ratePerSecond, limits.ratePerSecond);
  const slope = limits.ratePerSecond / RECOVERY_SECONDS;
  const climbSeconds = Math.min(elapsedSeconds, (limits.ratePerSecond - rate) / slope);
  const reached = rate + slope * climbSeconds;
  const earned =
    ((rate + reached) / 2) * climbSeconds + limits.ratePerSecond * (elapsedSeconds - climbSeconds);
  return {
    tokens: Math.min(limits.burst, bucket.tokens + earned),
    at: Math.max(bucket.at, now),
    ratePerSecond: reached,
  };
}

/** The bucket after taking `count` tokens, which it must have. */
export function taken(bucket: TokenBucket, count: number): TokenBucket {
  return { ...bucket, tokens: bucket.tokens - count };
}

/** The bucket after the API refused a call: empty, and earning half as fast. */
export function slowedDown(bucket: TokenBucket): TokenBucket {
  return {
    ...bucket,
    tokens: Math.min(0, bucket.tokens),
    ratePerSecond: Math.max(LEAST_RATE_PER_SECOND, bucket.ratePerSecond / 2),
  };
}

/** Milliseconds until a refilled bucket has a whole token, 0 when it has one; never more than needed by much. */
export function untilTokenMs(bucket: TokenBucket): number {
  return bucket.tokens >= 1 ? 0 : Math.ceil(((1 - bucket.tokens) / bucket.ratePerSecond) * 1_000);
}
