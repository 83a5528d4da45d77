import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import { MAX_DELAY_MS, ScaledTimer, ScaledTimers, type TimerClock } from './scaled-timer.ts';

type Callback = (...values: unknown[]) => void;

interface WaitOptions {
  readonly signal?: AbortSignal;
  readonly ref?: boolean;
}

/**
 * The functions of `node:timers` and `node:timers/promises`, with timers that follow a clock. A delay that is not from
 * 1 ms to 24 days, of which Node.js makes 1 ms, is one in real time.
 *
 * @returns the functions, and `rearm`, which fits the timers to the clock after each change.
 */
export function timerFunctions(clock: TimerClock) {
  const { setTimeout: realSetTimeout, setInterval: realSetInterval, clearTimeout: realClear } = timers;
  const { scheduler } = timersPromises;
  const scaled = new ScaledTimers(clock);

  const setTimeout = (callback: Callback, delayMs?: number, ...values: unknown[]) =>
    canScale(callback, delayMs)
      ? new ScaledTimer(scaled, { callback: () => callback(...values), delayMs, repeats: false })
      : realSetTimeout(callback, delayMs, ...values);
  Object.defineProperty(setTimeout, promisify.custom, { enumerable: true, get: () => wait });

  const setInterval = (callback: Callback, delayMs?: number, ...values: unknown[]) =>
    canScale(callback, delayMs)
      ? new ScaledTimer(scaled, { callback: () => callback(...values), delayMs, repeats: true })
      : realSetInterval(callback, delayMs, ...values);

  function clear(timer?: ScaledTimer | NodeJS.Timeout | number | string): void {
    const found = typeof timer === 'object' ? timer : scaled.armed.get(Number(timer));
    if (found instanceof ScaledTimer) found.close();
    else realClear(timer as NodeJS.Timeout);
  }

  function wait<T>(delayMs?: number, value?: T, { signal, ref = true }: WaitOptions = {}): Promise<T> {
    return new Promise((resolve, reject) => {
      const abort = () => {
        clear(timer);
        reject(abortError(signal));
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve(value as T);
      }, delayMs);
      if (!ref) timer.unref();
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
  }

  async function* waitAgain<T>(delayMs?: number, value?: T, options?: WaitOptions) {
    for (;;) yield await wait(delayMs, value, options);
  }

  return {
    globals: { setTimeout, setInterval, clearTimeout: clear, clearInterval: clear },
    promises: {
      setTimeout: wait,
      setInterval: waitAgain,
      scheduler: Object.assign(Object.create(scheduler), {
        wait: (delayMs: number, options?: WaitOptions) => wait(delayMs, undefined, options),
        yield: () => scheduler.yield(),
      }),
    },
    rearm: () => scaled.rearm(),
  };
}

/** What Node.js rejects, or does not accept as a delay, is left to it. */
function canScale(callback: unknown, delayMs: number | undefined): delayMs is number {
  return typeof callback === 'function' && delayMs !== undefined && delayMs >= 1 && delayMs <= MAX_DELAY_MS;
}

/** The error of `node:timers/promises`. */
function abortError(signal: AbortSignal | undefined): Error {
  const error = new Error('The operation was aborted', { cause: signal?.reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}
