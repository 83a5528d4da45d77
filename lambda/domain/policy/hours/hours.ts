import { DAY_MS, firstInstantOf, monotonicLocalTime } from './time-zone.ts';

import type { During, Hours } from './types.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** How far ahead {@link nextTransition} looks. No contact waits so long. */
const MAX_LOOKAHEAD_DAYS = 400;

/**
 * Days without an exception after which all is known. A week shows the same hours as the next, but where clocks jump
 * over hours it does not show them; so it takes two, and a day for hours that go over midnight.
 */
const REPEATING_DAYS = 15;

/**
 * True when the hours hold the moment.
 *
 * Hours begin and end at the first moment at which local clocks show the time or a later one. So what falls into an
 * hour that clocks jump over happens when they jump, and hours that lie wholly in it are left out that day. Of an
 * hour that clocks show twice, a time happens the first time; whatever holds at its end holds all through the second
 * time. Hours are never interrupted, then, and two policies whose hours complement each other never both hold.
 *
 * @param at - milliseconds since the epoch.
 */
export function isOpen(during: During, at: number): boolean {
  return isOpenAtLocalTime(during, monotonicLocalTime(during.timezone, at));
}

/**
 * The next moment, strictly after `at`, at which {@link isOpen} changes.
 *
 * @param at - milliseconds since the epoch.
 * @returns milliseconds since the epoch; undefined when it does not change within 400 days.
 */
export function nextTransition(during: During, at: number): number | undefined {
  const reading = monotonicLocalTime(during.timezone, at);
  const isOpenNow = isOpenAtLocalTime(during, reading);
  const today = Math.floor(reading / DAY_MS);
  const lastDay = lookaheadEnd(during, today);
  for (let day = today; day <= lastDay; day++) {
    for (const minute of transitionMinutes(during, day)) {
      const boundary = day * DAY_MS + minute * MINUTE_MS;
      if (boundary <= reading || isOpenAtLocalTime(during, boundary) === isOpenNow) continue;
      const next = firstInstantOf(during.timezone, boundary);
      // Where clocks jump over hours as a whole, their beginning and their end come to nothing.
      if (isOpen(during, next) !== isOpenNow) return next;
    }
  }
  return undefined;
}

function isOpenAtLocalTime(during: During, reading: number): boolean {
  const day = Math.floor(reading / DAY_MS);
  const minute = (reading - day * DAY_MS) / MINUTE_MS;
  return coversMinute(during, day, minute) || coversMinute(during, day - 1, minute + DAY_MINUTES);
}

function coversMinute(during: During, day: number, minute: number): boolean {
  if (during.except.has(day)) return false;
  for (const { fromMinute, untilMinute } of hoursOnDay(during, day)) {
    if (fromMinute <= minute && minute < untilMinute) return true;
  }
  return false;
}

function hoursOnDay({ week }: During, day: number): readonly Hours[] {
  // 1970-01-01 was a Thursday.
  return week[(((day + 3) % 7) + 7) % 7] ?? [];
}

/** Minutes of a day at which hours begin or end, its exceptions aside; in order. */
function transitionMinutes(during: During, day: number): number[] {
  const minutes: number[] = [];
  for (const { untilMinute } of hoursOnDay(during, day - 1)) minutes.push(untilMinute - DAY_MINUTES);
  for (const { fromMinute, untilMinute } of hoursOnDay(during, day)) minutes.push(fromMinute, untilMinute);
  return minutes.filter((minute) => minute >= 0 && minute < DAY_MINUTES).sort((a, b) => a - b);
}

function lookaheadEnd({ except }: During, today: number): number {
  const horizon = today + MAX_LOOKAHEAD_DAYS;
  let last = today;
  for (const day of except) if (day > last && day <= horizon) last = day;
  return Math.min(horizon, last + REPEATING_DAYS);
}
