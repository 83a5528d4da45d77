import type { DescribeResult } from '../../domain/reconcile/description.ts';
import type { UpdateResult } from '../../domain/reconcile/update-result.ts';
import {
  backOff,
  emptyBucket,
  msUntilToken,
  type QuotaLimits,
  refill,
  type TokensAhead,
  take,
  takeAhead,
} from '../../domain/routing/token-bucket.ts';
import { describeLimits, type Settings, updateLimits } from '../../domain/settings.ts';
import type { Clock, QuotaState, QuotaStore } from '../ports.ts';

/** The two APIs that are called, each with a quota of its own. */
export type Api = keyof QuotaState;

const APIS = ['update', 'describe'] as const satisfies Api[];

/** The part of each quota that may be used. */
const LIMITS: Readonly<Record<Api, (settings: Settings) => QuotaLimits>> = {
  update: updateLimits,
  describe: describeLimits,
};

/** After so many calls in a row without an answer the API counts as down. */
const OUTAGE_THRESHOLD = 5;

/**
 * Limits the rate of calls to the quotas. Their state is in a store that outlives the process, and tokens are taken by
 * a conditional write just before the calls that they pay for, so that cold starts, crashes and two dispatchers at once
 * never spend more than was earned. While the bucket is more than half full, a write takes some tokens ahead, for calls
 * that come alone: see {@link TokensAhead}.
 */
export class RateLimiter {
  readonly #store: QuotaStore;
  readonly #clock: Pick<Clock, 'now'>;
  #known: { state: QuotaState; revision: number } | undefined;
  /** Tokens that this process has taken ahead, and not used. */
  readonly #ahead: Partial<Record<Api, TokensAhead>> = {};
  /** Calls in a row whose result is unknown. */
  readonly #consecutiveFailures: Record<Api, number> = { update: 0, describe: 0 };

  constructor(store: QuotaStore, clock: Pick<Clock, 'now'>) {
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * Takes up to `count` tokens.
   *
   * @param reserve - tokens to leave for others.
   * @returns how many were granted and, where none was, the milliseconds until the next one.
   */
  async take(
    api: Api,
    count: number,
    settings: Settings,
    reserve = 0,
  ): Promise<{ granted: number; waitMs: number }> {
    if (count <= 0) return { granted: 0, waitMs: 0 };
    if (reserve === 0 && this.#takeOwn(api, count, settings)) return { granted: count, waitMs: 0 };
    return this.#change(settings, (state) => {
      const bucket = state[api];
      const granted = Math.min(count, Math.floor(bucket.tokens - reserve));
      if (granted <= 0) return { result: { granted: 0, waitMs: msUntilToken(bucket) } };
      return {
        result: { granted, waitMs: 0 },
        state: this.#withAhead({ ...state, [api]: take(bucket, granted) }, settings),
      };
    });
  }

  /** Takes tokens that this process has taken ahead: all of them, or none. */
  #takeOwn(api: Api, count: number, settings: Settings): boolean {
    const own = this.#ahead[api];
    const known = this.#known?.state[api];
    const isSameLimit = known?.limitPerSecond === LIMITS[api](settings).ratePerSecond;
    if (!own || !isSameLimit || own.count < count || this.#clock.now() >= own.until) return false;
    this.#ahead[api] = { ...own, count: own.count - count };
    return true;
  }

  /** The state with tokens taken ahead of both buckets, since it is written anyway. */
  #withAhead(state: QuotaState, settings: Settings): QuotaState {
    const now = this.#clock.now();
    const of = (api: Api) => takeAhead(state[api], LIMITS[api](settings), now, this.#ahead[api]);
    return { update: of('update'), describe: of('describe') };
  }

  /**
   * Adapts to results: a throttle, or five unanswered calls in a row, empties the bucket and halves its rate. So others
   * get their part of the quota, and an API that is down is only probed, and not flooded when it is back.
   *
   * @param results - of the calls of one round, in any order.
   */
  async recordResults(
    api: Api,
    results: readonly (UpdateResult | DescribeResult)['kind'][],
    settings: Settings,
  ): Promise<void> {
    if (results.length === 0) return;
    const areUnanswered = results.every((kind) => kind === 'unknown');
    this.#consecutiveFailures[api] = areUnanswered ? this.#consecutiveFailures[api] + results.length : 0;
    if (!results.includes('throttled') && this.#consecutiveFailures[api] < OUTAGE_THRESHOLD) return;
    delete this.#ahead[api];
    await this.#change(settings, (state) => ({
      result: undefined,
      state: { ...state, [api]: backOff(state[api]) },
    }));
  }

  async #change<T>(
    settings: Settings,
    step: (state: QuotaState) => { result: T; state?: QuotaState },
  ): Promise<T> {
    for (;;) {
      this.#known ??= await this.#load(settings);
      const before = this.#known.state;
      const refilled = this.#refilled(before, settings);
      const { result, state = limitsDiffer(before, refilled) ? refilled : undefined } = step(refilled);
      if (!state) return result;
      const revision = await this.#store.save(state, this.#known.revision);
      this.#known = revision === undefined ? undefined : { state, revision };
      if (revision === undefined) continue;
      for (const api of APIS) {
        const { ahead } = state[api];
        if (ahead && ahead !== before[api].ahead) this.#ahead[api] = ahead;
      }
      return result;
    }
  }

  /** The stored state; without a usable one, empty buckets: they grant nothing that was not earned. */
  async #load(settings: Settings): Promise<{ state: QuotaState; revision: number }> {
    const { state, revision = 0 } = (await this.#store.load()) ?? {};
    return { state: isUsable(state) ? state : this.#empty(settings), revision };
  }

  #empty(settings: Settings): QuotaState {
    const now = this.#clock.now();
    return {
      update: emptyBucket(updateLimits(settings), now),
      describe: emptyBucket(describeLimits(settings), now),
    };
  }

  #refilled(state: QuotaState, settings: Settings): QuotaState {
    const now = this.#clock.now();
    const at = (api: Api) => refill(state[api], LIMITS[api](settings), now);
    return { update: at('update'), describe: at('describe') };
  }
}

/** False of a state that is damaged: by one that counts in something else than numbers, no call would ever be granted. */
function isUsable(state: QuotaState | undefined): state is QuotaState {
  return [state?.update, state?.describe].every(
    (bucket) => bucket && [bucket.tokens, bucket.at, bucket.ratePerSecond].every(Number.isFinite),
  );
}

/** True where other limits hold: from now on tokens are earned by them. */
function limitsDiffer(a: QuotaState, b: QuotaState): boolean {
  const differs = (api: Api) => a[api].limitPerSecond !== b[api].limitPerSecond;
  return differs('update') || differs('describe');
}
