import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { scaledDate } from './scaled-date.ts';
import { SharedClock } from './shared-clock.ts';
import { timerFunctions } from './timer-functions.ts';

export { realNow } from './shared-clock.ts';

/** The clock of this thread. */
let clock = new SharedClock();
let uninstall: (() => void) | undefined;

/**
 * Puts this thread into scaled time: `Date`, `setTimeout` and `setInterval`, and their equivalents in
 * `node:timers` and `node:timers/promises`, follow the clock. At factor 1, the initial factor, they behave
 * like the real ones.
 *
 * - Timers follow changes of the factor, those that are set already, too. At factor 0 time stands still: no timer fires.
 * - When the clock is advanced, `Date.now()` follows at once; timers wait as long as they would have waited.
 * - Above factor 1 an interval is at least 5 real ms (or its own length, if that is less), to limit the CPU
 *   usage of polling.
 * - `performance.now()`, `process.hrtime`, `AbortSignal.timeout` and Node.js's internal timers, such as those
 *   of sockets, follow real time.
 *
 * @param buffer - the {@link clockBuffer} of another thread, to share its clock. Default: this thread's own
 *   clock.
 * @returns a function that restores the real ones.
 */
export function installClock(buffer?: SharedArrayBuffer): () => void {
  if (buffer) clock = new SharedClock(buffer);
  uninstall ??= replaceGlobals(clock);
  return () => {
    uninstall?.();
    uninstall = undefined;
  };
}

/** The buffer with which another thread can share this thread's clock, for {@link installClock}. */
export function clockBuffer(): SharedArrayBuffer {
  return clock.buffer;
}

/** Simulated milliseconds per real millisecond; 0 while time stands still. */
export function clockFactor(): number {
  return clock.factor;
}

/**
 * Runs time `factor` times as fast as real time, in every thread that shares the clock; 0 lets it stand still. Only the
 * thread that created the clock may call it.
 *
 * @throws ClockFactorError unless 0 <= factor <= 1000.
 */
export function setClockFactor(factor: number): void {
  clock.setFactor(factor);
}

/** Real milliseconds since the clock was created, without those in which time stood still. */
export function ranMs(): number {
  return clock.ran();
}

/**
 * Moves time forward at once, in every thread that shares the clock. Only the thread that created the clock
 * may call it.
 *
 * @throws RangeError when `durationMs` is negative.
 */
export function advanceClock(durationMs: number): void {
  clock.advance(durationMs);
}

/**
 * Moves time at once, forward or back, in every thread that shares the clock. Only the thread that created the clock may
 * call it. Nothing that has taken the time before may run.
 *
 * @param at - milliseconds since the epoch.
 */
export function startClockAt(at: number): void {
  clock.jumpTo(at);
}

function replaceGlobals(followed: SharedClock): () => void {
  const { globals, promises, rearm } = timerFunctions(followed);
  const replaced = [
    replaceMembers(globalThis, { Date: scaledDate(Date, () => followed.now()), ...globals }),
    replaceMembers(timers, globals),
    replaceMembers(timersPromises, promises),
  ];
  syncBuiltinESMExports();
  let isInstalled = true;
  async function follow(): Promise<void> {
    let { version } = followed;
    while (isInstalled) {
      await followed.changed(version);
      // Before the timers are fitted, so that a change meanwhile is not missed.
      version = followed.version;
      rearm();
    }
  }
  void follow();
  return () => {
    isInstalled = false;
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
