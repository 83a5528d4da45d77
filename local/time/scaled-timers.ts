import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';

/** The maximum delay of a timer. Node.js fires timers with longer delays at once, with a warning. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** The minimum interval of a scaled timer, in real milliseconds. */
const MIN_INTERVAL_MS = 5;

type Callback = (...values: unknown[]) => void;

/**
 * Timers whose delays pass `factor()` times as fast as those of the real ones. They return real timers, so
 * `clearTimeout`, `unref`, `refresh` and `promisify` work.
 */
export function scaledTimers(factor: () => number) {
  const { setTimeout: realSetTimeout, setInterval: realSetInterval } = timers;
  const real = { ...timersPromises };

  const delay = (delayMs: number | undefined) => realDelayMs(delayMs, factor());
  const interval = (delayMs: number | undefined) => realIntervalMs(delayMs, factor());

  const promises = {
    setTimeout: <T>(delayMs?: number, value?: T, options?: object) =>
      real.setTimeout(delay(delayMs), value, options),
    setInterval: <T>(delayMs?: number, value?: T, options?: object) =>
      real.setInterval(interval(delayMs), value, options),
    scheduler: Object.assign(Object.create(real.scheduler), {
      wait: (delayMs: number, options?: object) => real.setTimeout(delay(delayMs), undefined, options),
      yield: () => real.scheduler.yield(),
    }),
  };

  const setTimeout = (callback: Callback, delayMs?: number, ...values: unknown[]) =>
    realSetTimeout(callback, delay(delayMs), ...values);
  Object.defineProperty(setTimeout, promisify.custom, { enumerable: true, get: () => promises.setTimeout });

  const setInterval = (callback: Callback, delayMs?: number, ...values: unknown[]) =>
    realSetInterval(callback, interval(delayMs), ...values);

  return { setTimeout, setInterval, promises };
}

/** Does not change a delay at factor 1, or a value that Node.js does not accept as a delay. */
function realDelayMs(delayMs: number | undefined, factor: number): number | undefined {
  if (delayMs === undefined || factor === 1 || !(delayMs >= 1 && delayMs <= MAX_DELAY_MS)) return delayMs;
  return Math.min(MAX_DELAY_MS, Math.ceil(delayMs / factor));
}

function realIntervalMs(delayMs: number | undefined, factor: number): number | undefined {
  const real = realDelayMs(delayMs, factor);
  if (delayMs === undefined || real === undefined || factor <= 1) return real;
  return Math.max(real, Math.min(delayMs, MIN_INTERVAL_MS));
}
