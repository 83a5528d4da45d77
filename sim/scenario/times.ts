import type { TimeRange } from '../workload/index.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const TIME = /^(\d{2}):(\d{2})$/;
const START = /^\d{4}-\d{2}-\d{2}T(\d{2}):(\d{2})(?::(\d{2}))?(?:Z|[+-]\d{2}:\d{2})$/;

/** How a stretch of the day is written, for error messages. */
export const TIME_RANGE_FORM =
  'a stretch of the day such as "08:00-17:00"; one that passes midnight ends earlier';

/** How a beginning is written. */
export const START_FORM = 'a time with its distance from UTC, such as 2026-11-23T08:00:00+01:00';

/** `08:30` in milliseconds after midnight; undefined where the text is no time from 00:00 to 24:00. */
export function parseTimeOfDay(text: string): number | undefined {
  const [, hours, minutes] = TIME.exec(text) ?? [];
  const ms = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return Number(minutes) < 60 && ms <= DAY_MS ? ms : undefined;
}

/** `08:00-17:00`; undefined where the text is nothing of the kind. */
export function parseTimeRange(text: string): TimeRange | undefined {
  const [from = '', to = '', ...more] = text.split('-');
  const [fromMs, toMs] = [parseTimeOfDay(from), parseTimeOfDay(to)];
  if (fromMs === undefined || toMs === undefined || fromMs === toMs || fromMs === DAY_MS || more.length > 0)
    return undefined;
  return { fromMs, toMs: toMs > fromMs ? toMs : toMs + DAY_MS };
}

/** What to write where nothing but the zero before an hour of one digit is missing: `; write "09:30"`. */
export function leadingZeroHint(text: string): string {
  const written = text.replaceAll(/(?<!\d)\d:/g, '0$&');
  const isRight = parseTimeOfDay(written) !== undefined || parseTimeRange(written) !== undefined;
  return written !== text && isRight ? `; write ${JSON.stringify(written)}` : '';
}

/** When a scenario begins and when its day began, by the clock that the text is written by; undefined: no time. */
export function parseStart(text: string): { startsAt: number; dayBeganAt: number } | undefined {
  const [, hours, minutes, seconds] = START.exec(text) ?? [];
  const startsAt = Date.parse(text);
  if (hours === undefined || Number.isNaN(startsAt)) return undefined;
  const sinceMidnightMs = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds ?? 0)) * 1_000;
  return { startsAt, dayBeganAt: startsAt - sinceMidnightMs };
}

/** A break as part of a stretch of work: moved to the next day where the stretch has passed midnight by then. */
export function breakWithin(rest: TimeRange, work: TimeRange): TimeRange | undefined {
  const moved = [rest, { fromMs: rest.fromMs + DAY_MS, toMs: rest.toMs + DAY_MS }];
  return moved.find(({ fromMs, toMs }) => fromMs >= work.fromMs && toMs <= work.toMs);
}
