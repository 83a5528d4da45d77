import { AsyncLocalStorage } from 'node:async_hooks';
import type { Settings } from '../../lambda/domain/settings.ts';
import { type Api, RateLimiter } from '../../lambda/flow/dispatch/rate-limiter.ts';
import type { Clock, QuotaStore } from '../../lambda/flow/ports.ts';

/** Called with the tokens for updates that were granted, and when their take was written. */
export type OnTokensGranted = (count: number, takenAt: number) => void;

/**
 * The rate limiter of dispatch, which also says when the tokens for updates were taken. A round takes tokens in several
 * places at once, so the time belongs to the take, not to the process.
 */
export class ObservedRateLimiter extends RateLimiter {
  readonly #onTokensGranted: OnTokensGranted;
  readonly #clock: Pick<Clock, 'now'>;
  /** When this process last wrote. */
  readonly #written: { at: number };
  readonly #takes: AsyncLocalStorage<{ writtenAt?: number }>;

  constructor(store: QuotaStore, clock: Pick<Clock, 'now'>, onTokensGranted: OnTokensGranted) {
    const takes = new AsyncLocalStorage<{ writtenAt?: number }>();
    const written = { at: 0 };
    super(
      {
        load: () => store.load(),
        async save(state, revision) {
          const saved = await store.save(state, revision);
          const current = takes.getStore();
          if (saved !== undefined) {
            written.at = state.update.at;
            if (current) current.writtenAt = state.update.at;
          }
          return saved;
        },
      },
      clock,
    );
    this.#takes = takes;
    this.#clock = clock;
    this.#written = written;
    this.#onTokensGranted = onTokensGranted;
  }

  override async take(api: Api, count: number, settings: Settings, reserve?: number) {
    const current: { writtenAt?: number } = {};
    const taken = await this.#takes.run(current, () => super.take(api, count, settings, reserve));
    if (api === 'update' && taken.granted > 0) {
      // Those that were taken ahead count when they are used, and not before the write that took them.
      const usedAt = Math.max(this.#clock.now(), this.#written.at);
      this.#onTokensGranted(taken.granted, current.writtenAt ?? usedAt);
    }
    return taken;
  }
}
