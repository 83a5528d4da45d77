import type { Calendar, Hours } from './calendar.ts';
import { DAY_MS, firstInstantOf, monotonicLocalTime } from './time-zone.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** The days that {@link nextTransition} searches. No contact waits longer. */
const MAX_LOOKAHEAD_DAYS = 400;

/**
 * The days without an exception after which the hours repeat. Each week has the same hours, except for hours
 * that a clock change skips. So the search covers two weeks, plus a day for hours that end after midnight.
 */
const REPEATING_DAYS = 15;

/**
 * Returns whether a time is within the hours.
 *
 * Hours begin and end at the first moment at which local clocks show their time or a later one. When clocks
 * are set forward, a time in the skipped hour counts as the moment of the change, and hours entirely within
 * the skipped hour do not occur that day. When clocks are set back, a time in the repeated hour counts as its
 * first occurrence, and the state at the end of the first occurrence holds until the end of the second one.
 * So a clock change never interrupts hours, and two policies with complementary hours are never open at the
 * same time.
 *
 * @param at - milliseconds since the epoch.
 */
export function isOpen(calendar: Calendar, at: number): boolean {
  return isOpenAtLocalTime(calendar, monotonicLocalTime(calendar.timezone, at));
}

/**
 * Returns the next moment, strictly after `at`, at which {@link isOpen} changes.
 *
 * @param at - milliseconds since the epoch.
 * @returns milliseconds since the epoch; undefined if it does not change within 400 days.
 */
export function nextTransition(calendar: Calendar, at: number): number | undefined {
  const localTime = monotonicLocalTime(calendar.timezone, at);
  const isOpenNow = isOpenAtLocalTime(calendar, localTime);
  const today = Math.floor(localTime / DAY_MS);
  const lastDay = lookaheadEnd(calendar, today);
  for (let day = today; day <= lastDay; day++) {
    for (const minute of transitionMinutes(calendar, day)) {
      const transition = day * DAY_MS + minute * MINUTE_MS;
      if (transition <= localTime || isOpenAtLocalTime(calendar, transition) === isOpenNow) continue;
      const next = firstInstantOf(calendar.timezone, transition);
      // Hours that a clock change skips entirely begin and end at the same moment.
      if (isOpen(calendar, next) !== isOpenNow) return next;
    }
  }
  return undefined;
}

function isOpenAtLocalTime(calendar: Calendar, localTime: number): boolean {
  const day = Math.floor(localTime / DAY_MS);
  const minute = (localTime - day * DAY_MS) / MINUTE_MS;
  return coversMinute(calendar, day, minute) || coversMinute(calendar, day - 1, minute + DAY_MINUTES);
}

function coversMinute(calendar: Calendar, day: number, minute: number): boolean {
  if (calendar.except.has(day)) return false;
  for (const { fromMinute, untilMinute } of hoursOnDay(calendar, day)) {
    if (fromMinute <= minute && minute < untilMinute) return true;
  }
  return false;
}

function hoursOnDay({ week }: Calendar, day: number): readonly Hours[] {
  // 1970-01-01 was a Thursday.
  return week[(((day + 3) % 7) + 7) % 7] ?? [];
}

/** Returns the minutes of a day at which hours begin or end, in order. Exceptions are not considered. */
function transitionMinutes(calendar: Calendar, day: number): number[] {
  const minutes: number[] = [];
  for (const { untilMinute } of hoursOnDay(calendar, day - 1)) minutes.push(untilMinute - DAY_MINUTES);
  for (const { fromMinute, untilMinute } of hoursOnDay(calendar, day)) minutes.push(fromMinute, untilMinute);
  return minutes.filter((minute) => minute >= 0 && minute < DAY_MINUTES).sort((a, b) => a - b);
}

/** Returns the last day that {@link nextTransition} searches. */
function lookaheadEnd({ except }: Calendar, today: number): number {
  const lastDay = today + MAX_LOOKAHEAD_DAYS;
  let lastException = today;
  for (const day of except) if (day > lastException && day <= lastDay) lastException = day;
  return Math.min(lastDay, lastException + REPEATING_DAYS);
}
