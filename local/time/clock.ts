import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { scaledDate } from './scaled-date.ts';
import { scaledTimers } from './scaled-timers.ts';
import { SharedClock } from './shared-clock.ts';

export { ClockFactorError, realNow } from './shared-clock.ts';

/** The clock of this thread. There is one, as there is one `Date`. */
let clock = new SharedClock();
let uninstall: (() => void) | undefined;

/**
 * Puts this thread into scaled time: `Date`, `setTimeout` and `setInterval`, with their twins in `node:timers`
 * and `node:timers/promises`, follow the clock from now on. At factor 1, where every clock begins, they behave
 * as the real ones do.
 *
 * - A timer's real delay is fixed when it is set. When the factor changes, timers already running fire on
 *   their old schedule; none is lost. Time itself (`Date.now()`) follows at once and never jumps.
 * - Above factor 1 an interval is never shorter than 5 real ms (or its own length, if that is less), so that
 *   polling does not burn the processor.
 * - `performance.now()`, `process.hrtime`, `AbortSignal.timeout` and Node.js's own timers, such as those of
 *   sockets, stay in real time.
 *
 * @param buffer of another thread's {@link clockBuffer}, to share its clock; without it, this thread's own.
 * @returns a function that puts the real ones back.
 */
export function installClock(buffer?: SharedArrayBuffer): () => void {
  if (buffer) clock = new SharedClock(buffer);
  uninstall ??= replaceGlobals();
  return () => {
    uninstall?.();
    uninstall = undefined;
  };
}

/** What another thread needs for {@link installClock}, to live in the same time as this one. */
export function clockBuffer(): SharedArrayBuffer {
  return clock.buffer;
}

/**
 * Runs time `factor` times as fast as real time from now on, in every thread that shares the clock. Only the
 * thread that made the clock may call it.
 *
 * @throws ClockFactorError unless 0 < factor <= 1000.
 */
export function setClockFactor(factor: number): void {
  clock.setFactor(factor);
}

/** Simulated milliseconds that pass in a real one. */
export function clockFactor(): number {
  return clock.factor;
}

function replaceGlobals(): () => void {
  const { setTimeout, setInterval, promises } = scaledTimers(() => clock.factor);
  const replaced = [
    replaceMembers(globalThis, { Date: scaledDate(Date, () => clock.now()), setTimeout, setInterval }),
    replaceMembers(timers, { setTimeout, setInterval }),
    replaceMembers(timersPromises, promises),
  ];
  syncBuiltinESMExports();
  return () => {
    for (const restore of replaced) restore();
    syncBuiltinESMExports();
  };
}

function replaceMembers<T extends object>(target: T, replacements: object): () => void {
  const names = Object.keys(replacements) as (keyof T)[];
  const originals = Object.fromEntries(names.map((name) => [name, target[name]]));
  Object.assign(target, replacements);
  return () => Object.assign(target, originals);
}
