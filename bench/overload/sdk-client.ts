import type { UpdateResult } from '../../lambda/domain/reconcile/update-result.ts';
import type { Process } from '../../sim/dst/process.ts';
import { CubicRateLimiter } from './cubic-rate-limiter.ts';
import { INSTANCE, type Testbed } from './testbed.ts';

/** The retry mode of the AWS SDK. */
export type RetryMode = 'standard' | 'adaptive';

/**
 * The constants of @smithy/core 3.41.0: dist-es/submodules/retry/util-retry, config.js, constants.js,
 * retries-2026-config.js.
 */
const MAX_ATTEMPTS = 3;
const THROTTLING_BASE_MS = 1_000;
const MAX_DELAY_MS = 20_000;
const CAPACITY = 500;
const THROTTLING_COST = 5;
const SUCCESS_GAIN = 1;

/** A call failed, and the SDK does not retry it any more. */
export class CallFailedError extends Error {
  override readonly name = 'CallFailedError';
  readonly kind: UpdateResult['kind'];

  constructor(kind: UpdateResult['kind']) {
    super(`UpdateContactRoutingData: ${kind}`);
    this.kind = kind;
  }
}

/**
 * The SDK's client of Connect in one execution environment, with its retries: up to three attempts,
 * exponential backoff with full jitter, and a retry quota that failures use and successes restore.
 *
 * Source: StandardRetryStrategy.js and AdaptiveRetryStrategy.js in the folder of the constants.
 */
export class SdkClient {
  readonly #process: Process;
  readonly #testbed: Testbed;
  readonly #limiter: CubicRateLimiter | undefined;
  readonly #gapMs: number;
  #capacity = CAPACITY;
  #calledAt = Number.NEGATIVE_INFINITY;

  /** @param gapMs - minimum milliseconds between two calls. */
  constructor(process: Process, testbed: Testbed, mode: RetryMode, gapMs: number) {
    this.#process = process;
    this.#testbed = testbed;
    this.#gapMs = gapMs;
    this.#limiter = mode === 'adaptive' ? new CubicRateLimiter(process) : undefined;
  }

  /** @throws CallFailedError when Connect rejects the call or throttles each attempt. */
  async setPriority(contactId: string, priority: number): Promise<void> {
    const call = { update: { QueuePriority: priority } };
    const waitMs = this.#calledAt + this.#gapMs - this.#process.now;
    if (waitMs > 0) await this.#process.sleep(waitMs);
    this.#calledAt = this.#process.now;
    for (let retries = 0; ; retries++) {
      await this.#limiter?.acquire();
      const { result } = await this.#process.request(
        'update',
        () => this.#testbed.connect.update(this.#process.now, { instanceId: INSTANCE, contactId }, call),
        'update',
      );
      const isThrottled = result.kind === 'throttled';
      this.#limiter?.recordResult(isThrottled);
      if (result.kind === 'done') {
        const gain = retries === 0 ? SUCCESS_GAIN : THROTTLING_COST;
        this.#capacity = Math.min(CAPACITY, this.#capacity + gain);
        return;
      }
      if (!isThrottled || retries + 1 >= MAX_ATTEMPTS || this.#capacity < THROTTLING_COST) {
        throw new CallFailedError(result.kind);
      }
      this.#capacity -= THROTTLING_COST;
      const maxDelayMs = Math.min(THROTTLING_BASE_MS * 2 ** retries, MAX_DELAY_MS);
      await this.#process.sleep(Math.floor(this.#testbed.random() * maxDelayMs));
    }
  }
}
