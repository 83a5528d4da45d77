import timers from 'node:timers';

/** The maximum delay of a timer. Node.js fires timers with longer delays at once, with a warning. */
export const MAX_DELAY_MS = 2 ** 31 - 1;

/** The minimum interval of a scaled timer, in real milliseconds. */
const MIN_INTERVAL_MS = 5;

/** Node.js may fire a timer so much early, in real milliseconds. */
const EARLY_MS = 1;

const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = timers;

/** The clock that timers follow. */
export interface TimerClock {
  /** Simulated milliseconds per real millisecond; 0 while time stands still. */
  readonly factor: number;
  /** Simulated milliseconds since some moment, without jumps. */
  elapsed(): number;
}

interface TimerOptions {
  readonly callback: () => void;
  /** Simulated milliseconds, from 1 to {@link MAX_DELAY_MS}. */
  readonly delayMs: number;
  /** Whether it fires again and again, as `setInterval` has it. */
  readonly repeats: boolean;
}

/** The timers of a thread that have not fired, by the number that stands for each. */
export class ScaledTimers {
  readonly clock: TimerClock;
  readonly armed = new Map<number, ScaledTimer>();
  #lastId = 0;

  constructor(clock: TimerClock) {
    this.clock = clock;
  }

  /** Those of Node.js are positive. */
  nextId(): number {
    this.#lastId -= 1;
    return this.#lastId;
  }

  /** Fits every timer to the clock, which has changed. */
  rearm(): void {
    for (const timer of this.armed.values()) timer.rearm();
  }
}

/** A timer that fires when so much simulated time has passed, however often the speed of the clock changes. */
export class ScaledTimer {
  readonly #timers: ScaledTimers;
  readonly #options: TimerOptions;
  readonly #id: number;
  #dueAt = 0;
  #real: NodeJS.Timeout | undefined;
  #hasRef = true;

  constructor(timers: ScaledTimers, options: TimerOptions) {
    this.#timers = timers;
    this.#options = options;
    this.#id = timers.nextId();
    this.refresh();
  }

  refresh(): this {
    this.#dueAt = this.#timers.clock.elapsed() + this.#options.delayMs;
    this.#timers.armed.set(this.#id, this);
    this.rearm();
    return this;
  }

  rearm(): void {
    realClearTimeout(this.#real);
    this.#real = realSetTimeout(() => this.#fire(), this.#realDelayMs());
    if (!this.#hasRef) this.#real.unref();
  }

  ref(): this {
    this.#hasRef = true;
    this.#real?.ref();
    return this;
  }

  unref(): this {
    this.#hasRef = false;
    this.#real?.unref();
    return this;
  }

  hasRef(): boolean {
    return this.#hasRef;
  }

  close(): this {
    realClearTimeout(this.#real);
    this.#timers.armed.delete(this.#id);
    return this;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  [Symbol.toPrimitive](): number {
    return this.#id;
  }

  #fire(): void {
    if (this.#remainingMs() > EARLY_MS) {
      this.rearm();
      return;
    }
    if (this.#options.repeats) this.refresh();
    else this.close();
    this.#options.callback();
  }

  /** Real milliseconds until it is due at the present speed; infinite while time stands still. */
  #remainingMs(): number {
    const { clock } = this.#timers;
    const remainingMs = this.#dueAt - clock.elapsed();
    return remainingMs <= 0 ? 0 : remainingMs / clock.factor;
  }

  #realDelayMs(): number {
    const { repeats, delayMs } = this.#options;
    const leastMs = repeats && this.#timers.clock.factor > 1 ? Math.min(delayMs, MIN_INTERVAL_MS) : 1;
    return Math.min(MAX_DELAY_MS, Math.max(leastMs, Math.ceil(this.#remainingMs())));
  }
}
