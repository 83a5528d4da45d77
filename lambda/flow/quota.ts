import {
  emptyBucket,
  type QuotaLimits,
  refilled,
  slowedDown,
  taken,
  untilTokenMs,
} from '../domain/pacing.ts';
import { describeLimits, type Settings, updateLimits } from '../domain/settings.ts';
import type { Clock, QuotaState, QuotaStore } from './ports.ts';

/** The two APIs that are called, each with a quota of its own. */
export type Api = keyof QuotaState;

/**
 * The quotas, kept in a store that outlives the process: tokens are taken by a conditional write just before the
 * calls they pay for, so that cold starts, crashes and two dispatchers at once never spend more than was earned.
 */
export class Quota {
  readonly #store: QuotaStore;
  readonly #clock: Pick<Clock, 'now'>;
  #known: { state: QuotaState; revision: number } | undefined;

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

  /** After a throttle: spends what is left and earns half as fast. */
  async slowDown(api: Api, settings: Settings): Promise<void> {
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
