import type { CallOutcome } from '../domain/outcome.ts';
import {
  emptyBucket,
  type QuotaLimits,
  refilled,
  slowedDown,
  taken,
  untilTokenMs,
} from '../domain/pacing.ts';
import { describeLimits, type Settings, updateLimits } from '../domain/settings.ts';
import type { Clock, DescribeOutcome, QuotaState, QuotaStore } from './ports.ts';

/** The two APIs that are called, each with a quota of its own. */
export type Api = keyof QuotaState;

/** After so many calls in a row without an answer the API is taken to be down. */
const OUTAGE_CALLS = 5;

/**
 * The quotas, kept in a store that outlives the process: tokens are taken by a conditional write just before the
 * calls they pay for, so that cold starts, crashes and two dispatchers at once never spend more than was earned.
 */
export class Quota {
  readonly #store: QuotaStore;
  readonly #clock: Pick<Clock, 'now'>;
  #known: { state: QuotaState; revision: number } | undefined;
  /** Calls in a row of which nobody knows what came. */
  readonly #unanswered: Record<Api, number> = { update: 0, describe: 0 };

  constructor(store: QuotaStore, clock: Pick<Clock, 'now'>) {
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * Takes up to `count` tokens.
   *
   * @returns how many were granted, and with none the milliseconds until there will be one.
   */
  async take(api: Api, count: number, settings: Settings): Promise<{ granted: number; waitMs: number }> {
    if (count <= 0) return { granted: 0, waitMs: 0 };
    return this.#change(settings, (state) => {
      const bucket = state[api];
      const granted = Math.min(count, Math.floor(bucket.tokens));
      if (granted <= 0) return { result: { granted: 0, waitMs: untilTokenMs(bucket) } };
      return {
        result: { granted, waitMs: 0 },
        state: { ...state, [api]: taken(bucket, granted) },
      };
    });
  }

  /**
   * Heeds what came of calls: after a throttle, and while one call after the other fails without an answer, what is
   * left is spent and tokens are earned half as fast. So others get their part of the quota, and an API that is
   * down is only probed, and not run over when it is back.
   *
   * @param outcomes - in any order; those of one round.
   */
  async heed(
    api: Api,
    outcomes: readonly (CallOutcome | DescribeOutcome)['kind'][],
    settings: Settings,
  ): Promise<void> {
    if (outcomes.length === 0) return;
    const unanswered = outcomes.every((kind) => kind === 'unknown');
    this.#unanswered[api] = unanswered ? this.#unanswered[api] + outcomes.length : 0;
    if (!outcomes.includes('throttled') && this.#unanswered[api] < OUTAGE_CALLS) return;
    await this.#change(settings, (state) => ({
      result: undefined,
      state: { ...state, [api]: slowedDown(state[api]) },
    }));
  }

  async #change<T>(
    settings: Settings,
    step: (state: QuotaState) => { result: T; state?: QuotaState },
  ): Promise<T> {
    for (;;) {
      this.#known ??= (await this.#store.load()) ?? { state: this.#empty(settings), revision: 0 };
      const { result, state } = step(this.#refilled(this.#known.state, settings));
      if (!state) return result;
      const revision = await this.#store.save(state, this.#known.revision);
      this.#known = revision === undefined ? undefined : { state, revision };
      if (revision !== undefined) return result;
    }
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
    const at = (api: Api, limits: QuotaLimits) => refilled(state[api], limits, now);
    return {
      update: at('update', updateLimits(settings)),
      describe: at('describe', describeLimits(settings)),
    };
  }
}
