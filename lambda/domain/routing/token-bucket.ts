import { CLOCK_SKEW_MS } from '../deployment-constants.ts';

/** The part of an API's quota that may be used. */
export interface QuotaLimits {
  /** Calls per second, at most. */
  readonly ratePerSecond: number;
  /** Calls that may be saved up for a burst, at most. */
  readonly burst: number;
}

/**
 * A token bucket that is refilled continuously. It is stored outside of any process, so that neither a cold
 * start nor a crash gives tokens that were not earned.
 */
export interface TokenBucket {
  /** Calls that may be made at once; may be a fraction. */
  readonly tokens: number;
  /** When that was so, in milliseconds since the epoch. */
  readonly at: number;
  /** Calls per second earned now: at most the limit, less after a throttle. */
  readonly ratePerSecond: number;
  /** The limit of that time; absent: not known. A rate below it was lowered by throttles. */
  readonly limitPerSecond?: number;
  /** Tokens that a process took ahead; absent: none did. */
  readonly ahead?: TokensAhead;
}

/**
 * Tokens that a process took ahead, so that it need not write for each call. While it may use them, so many fewer are
 * saved up in the bucket: together they are never more than the burst.
 */
export interface TokensAhead {
  readonly count: number;
  /** When they lapse, in milliseconds since the epoch. */
  readonly until: number;
}

/** At most so many tokens are taken ahead, of a bucket that stays half full. */
const MAX_AHEAD = 5;

/** After so many milliseconds they lapse: a process that ended keeps them from the others for no longer. */
const AHEAD_MS = 300_000;

/** Seconds in which the rate climbs from nothing to its limit. Slow, since others may share the quota. */
const RECOVERY_SECONDS = 120;

/** Lower bound of the rate, so that probing continues. */
const MIN_RATE_PER_SECOND = 0.5;

/** A new bucket: empty. */
export function emptyBucket(limits: QuotaLimits, now: number): TokenBucket {
  const { ratePerSecond } = limits;
  return { tokens: 0, at: now, ratePerSecond, limitPerSecond: ratePerSecond };
}

/**
 * The bucket at `now`, with the tokens earned since. A clock that runs back (another machine's) earns nothing and
 * changes nothing. Another limit holds at once: only a rate that throttles lowered climbs slowly.
 */
export function refill(bucket: TokenBucket, limits: QuotaLimits, now: number): TokenBucket {
  const elapsedSeconds = Math.max(0, now - bucket.at) / 1_000;
  const { tokens, ratePerSecond } = earn(bucket, limits.ratePerSecond, elapsedSeconds);
  return {
    ...bucket,
    tokens: Math.min(limits.burst - (heldAhead(bucket, now)?.count ?? 0), tokens),
    at: Math.max(bucket.at, now),
    ratePerSecond,
    limitPerSecond: limits.ratePerSecond,
  };
}

/** The tokens that a process may still use. */
function heldAhead({ ahead }: TokenBucket, now: number): TokensAhead | undefined {
  return ahead && now < ahead.until + CLOCK_SKEW_MS ? ahead : undefined;
}

/**
 * The bucket after a process took tokens ahead, and what it has then; the same bucket where there are too few, or another
 * process has some.
 *
 * @param own - what the process has from before; it replaces that.
 */
export function takeAhead(
  bucket: TokenBucket,
  { burst }: QuotaLimits,
  now: number,
  own: TokensAhead | undefined,
): TokenBucket {
  const held = heldAhead(bucket, now);
  const isOwn = own !== undefined && held?.until === own.until;
  const count = Math.min(MAX_AHEAD, Math.floor(burst / 4));
  const missing = count - (isOwn ? own.count : 0);
  if ((held && !isOwn) || missing < 1 || bucket.tokens - missing < burst / 2) return bucket;
  return { ...bucket, tokens: bucket.tokens - missing, ahead: { count, until: now + AHEAD_MS } };
}

function earn({ tokens, ratePerSecond, limitPerSecond }: TokenBucket, limit: number, elapsedSeconds: number) {
  if (limitPerSecond !== undefined && ratePerSecond >= limitPerSecond) {
    // When the limit changed since is not known: nothing was earned at the higher one.
    return { tokens: tokens + Math.min(limitPerSecond, limit) * elapsedSeconds, ratePerSecond: limit };
  }
  const rate = Math.min(ratePerSecond, limit);
  const slope = limit / RECOVERY_SECONDS;
  const secondsToLimit = (limit - rate) / slope;
  const climbSeconds = Math.min(elapsedSeconds, secondsToLimit);
  const reached = climbSeconds === secondsToLimit ? limit : rate + slope * climbSeconds;
  const earned = ((rate + reached) / 2) * climbSeconds + limit * (elapsedSeconds - climbSeconds);
  return { tokens: tokens + earned, ratePerSecond: reached };
}

/** The bucket after taking `count` tokens, which it must have. */
export function take(bucket: TokenBucket, count: number): TokenBucket {
  return { ...bucket, tokens: bucket.tokens - count };
}

/** The bucket after the API throttled a call: empty, and earning half as fast. */
export function backOff(bucket: TokenBucket): TokenBucket {
  return {
    ...bucket,
    tokens: Math.min(0, bucket.tokens),
    ratePerSecond: Math.max(MIN_RATE_PER_SECOND, bucket.ratePerSecond / 2),
  };
}

/** Milliseconds until a refilled bucket has a whole token; 0 when it has one. The rate may climb meanwhile, so this is an upper bound. */
export function msUntilToken(bucket: TokenBucket): number {
  return bucket.tokens >= 1 ? 0 : Math.ceil(((1 - bucket.tokens) / bucket.ratePerSecond) * 1_000);
}
