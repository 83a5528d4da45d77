import type { TimeRange } from '../workload/index.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const TIME = /^(\d{2}):(\d{2})$/;
const START = /^\d{4}-\d{2}-\d{2}T(\d{2}):(\d{2})(?::(\d{2}))?(?:Z|[+-]\d{2}:\d{2})$/;

/** The format of a time range, for error messages. */
export const TIME_RANGE_FORM = 'a time range such as "08:00-17:00", or "22:00-06:00" across midnight';

/** The format of a start time, for error messages. */
export const START_FORM = 'a time with its offset from UTC, such as 2026-11-23T08:00:00+01:00';

/** Parses `08:30` to milliseconds after midnight; undefined unless it is a time from 00:00 to 24:00. */
export function parseTimeOfDay(text: string): number | undefined {
  const [, hours, minutes] = TIME.exec(text) ?? [];
  const ms = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return Number(minutes) < 60 && ms <= DAY_MS ? ms : undefined;
}

/** The format of a time of day, for error messages. */
export const TIME_OF_DAY_FORM = 'a time of day from "00:00" to "23:59"';

/** True for a time of day from 00:00 to 23:59. */
export function isTimeOfDay(text: string): boolean {
  return (parseTimeOfDay(text) ?? DAY_MS) < DAY_MS;
}

/** Formats milliseconds after midnight as `08:30`. */
export function formatTimeOfDay(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Formats milliseconds after the midnight before a scenario: `08:30` on its first day, later `08:30 on day 2`. */
export function formatTimeAndDay(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  const text = formatTimeOfDay(ms - day * DAY_MS);
  return day === 0 ? text : `${text} on day ${day + 1}`;
}

/** Parses `08:00-17:00`; undefined when it is malformed. */
export function parseTimeRange(text: string): TimeRange | undefined {
  const [from = '', to = '', ...more] = text.split('-');
  const [fromMs, toMs] = [parseTimeOfDay(from), parseTimeOfDay(to)];
  if (fromMs === undefined || toMs === undefined || fromMs === toMs || fromMs === DAY_MS || more.length > 0)
    return undefined;
  return { fromMs, toMs: toMs > fromMs ? toMs : toMs + DAY_MS };
}

/** A hint for a missing leading zero: `; write "09:30"`. Empty otherwise. */
export function leadingZeroHint(text: string): string {
  const corrected = text.replaceAll(/(?<!\d)\d:/g, '0$&');
  const isValid = parseTimeOfDay(corrected) !== undefined || parseTimeRange(corrected) !== undefined;
  return corrected !== text && isValid ? `; write ${JSON.stringify(corrected)}` : '';
}

/**
 * Parses a start time: its milliseconds since the epoch, those of the start of its day, and the weekday of that day,
 * where 0 is Monday; undefined when it is malformed.
 */
export function parseStart(
  text: string,
): { startsAt: number; dayBeganAt: number; weekday: number } | undefined {
  const [, hours, minutes, seconds] = START.exec(text) ?? [];
  const startsAt = Date.parse(text);
  if (hours === undefined || Number.isNaN(startsAt)) return undefined;
  const sinceMidnightMs = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds ?? 0)) * 1_000;
  const weekday = (new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDay() + 6) % 7;
  return { startsAt, dayBeganAt: startsAt - sinceMidnightMs, weekday };
}

/**
 * A break within a range of working hours, moved to the next day if the range passes midnight before it;
 * undefined when it is outside.
 */
export function breakWithin(breakTime: TimeRange, workingHours: TimeRange): TimeRange | undefined {
  const candidates = [breakTime, { fromMs: breakTime.fromMs + DAY_MS, toMs: breakTime.toMs + DAY_MS }];
  return candidates.find(({ fromMs, toMs }) => fromMs >= workingHours.fromMs && toMs <= workingHours.toMs);
}
