import type { Process } from '../../sim/dst/process.ts';

const BETA = 0.7;
const SCALE = 0.4;
const SMOOTHING = 0.8;
const MIN_CAPACITY = 1;
const MIN_RATE = 0.5;

/**
 * The rate limiter of the SDK's adaptive retry mode, in virtual time: it limits nothing until the first
 * throttle, and then follows CUBIC. Each client, and so each execution environment, has its own.
 *
 * Source: @smithy/core 3.41.0, dist-es/submodules/retry/util-retry/DefaultRateLimiter.js, whose clock cannot
 * be replaced.
 */
export class CubicRateLimiter {
  readonly #process: Process;
  #isOn = false;
  #tokens = 0;
  #capacity = MIN_CAPACITY;
  #ratePerSecond = MIN_RATE;
  #filledAt: number | undefined;
  #lastMaxRate = 0;
  #throttledAt: number;
  #measuredRate = 0;
  #requests = 0;
  #measuredAt: number;

  constructor(process: Process) {
    this.#process = process;
    this.#throttledAt = this.#nowSeconds();
    this.#measuredAt = Math.floor(this.#nowSeconds());
  }

  /** Resolves when the next request may be sent. */
  async acquire(): Promise<void> {
    if (!this.#isOn) return;
    this.#fill();
    while (this.#tokens < 1) {
      // Timers have whole milliseconds.
      await this.#process.sleep(Math.ceil(((1 - this.#tokens) / this.#ratePerSecond) * 1_000));
      this.#fill();
    }
    this.#tokens -= 1;
  }

  /** Adapts to the result of a request. */
  recordResult(isThrottled: boolean): void {
    this.#measure();
    const rate = isThrottled ? this.#afterThrottle() : this.#afterSuccess();
    this.#fill();
    const next = Math.min(rate, 2 * this.#measuredRate);
    this.#ratePerSecond = Math.max(next, MIN_RATE);
    this.#capacity = Math.max(next, MIN_CAPACITY);
    this.#tokens = Math.min(this.#tokens, this.#capacity);
  }

  #afterThrottle(): number {
    const rate = this.#isOn ? Math.min(this.#measuredRate, this.#ratePerSecond) : this.#measuredRate;
    this.#lastMaxRate = rate;
    this.#throttledAt = this.#nowSeconds();
    this.#isOn = true;
    return rate * BETA;
  }

  #afterSuccess(): number {
    const window = ((this.#lastMaxRate * (1 - BETA)) / SCALE) ** (1 / 3);
    return SCALE * (this.#nowSeconds() - this.#throttledAt - window) ** 3 + this.#lastMaxRate;
  }

  #fill(): void {
    const now = this.#nowSeconds();
    const earned = (now - (this.#filledAt ?? now)) * this.#ratePerSecond;
    this.#tokens = Math.min(this.#capacity, this.#tokens + earned);
    this.#filledAt = now;
  }

  #measure(): void {
    const halfSecond = Math.floor(this.#nowSeconds() * 2) / 2;
    this.#requests += 1;
    if (halfSecond <= this.#measuredAt) return;
    const rate = this.#requests / (halfSecond - this.#measuredAt);
    this.#measuredRate = rate * SMOOTHING + this.#measuredRate * (1 - SMOOTHING);
    this.#requests = 0;
    this.#measuredAt = halfSecond;
  }

  #nowSeconds(): number {
    return this.#process.now / 1_000;
  }
}
