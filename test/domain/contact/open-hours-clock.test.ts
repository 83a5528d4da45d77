import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseCalendar } from '../../../lambda/domain/calendar/parse.ts';
import { whenClockShows } from '../../../lambda/domain/contact/pauses.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NEVER = Number.POSITIVE_INFINITY;

interface Source {
  readonly timezone: string;
  readonly hours: readonly string[];
  readonly except?: readonly string[];
}

function calendarOf(source: Source) {
  const { calendar, problems } = parseCalendar(source, []);
  expect(problems).toEqual([]);
  return calendar;
}

const OFFICE = calendarOf({
  timezone: 'Europe/Berlin',
  hours: ['Mon-Fri 09:00-18:00'],
  except: ['2026-12-25'],
});

describe('a clock that counts open hours only shows', () => {
  // The last day of November 2026 is a Monday.
  test.each<[string, string, number, string]>([
    ['its time within the hours', '2026-11-30T10:00:00+01:00', HOUR_MS, '2026-11-30T11:00:00+01:00'],
    ['0 at once while it is closed', '2026-11-29T10:00:00+01:00', 0, '2026-11-29T10:00:00+01:00'],
    ['its time after the weekend', '2026-11-28T10:00:00+01:00', HOUR_MS, '2026-11-30T10:00:00+01:00'],
    ['what was left over the next day', '2026-11-30T17:50:00+01:00', HOUR_MS, '2026-12-01T09:50:00+01:00'],
    ['its time as the hours end', '2026-11-30T17:50:00+01:00', 10 * MINUTE_MS, '2026-11-30T18:00:00+01:00'],
    ['its time after the holiday', '2026-12-24T17:00:00+01:00', 2 * HOUR_MS, '2026-12-28T10:00:00+01:00'],
    ['four hours across days', '2026-11-30T17:50:00+01:00', 4 * HOUR_MS, '2026-12-01T12:50:00+01:00'],
    [
      'the same hours after a change to winter',
      '2026-10-23T17:00:00+02:00',
      2 * HOUR_MS,
      '2026-10-26T10:00:00+01:00',
    ],
  ])('%s', (_name, start, shown, expected) => {
    expect(whenClockShows(Date.parse(start), shown, { calendar: OFFICE })).toBe(Date.parse(expected));
  });

  test('its time later by a pause within the hours, and not by one while they are closed', () => {
    const at = (time: string) => Date.parse(`2026-12-01T${time}:00+01:00`);
    const facts = { pauses: [at('05:00'), at('09:30')], resumes: [at('06:00'), at('10:00')] };
    expect(whenClockShows(at('04:00'), HOUR_MS, { facts, calendar: OFFICE })).toBe(at('10:30'));
  });

  test('nothing where its hours never come', () => {
    const leapDays = calendarOf({
      timezone: 'UTC',
      hours: ['Mon 09:00-10:00'],
      except: mondays('2026-11-30'),
    });
    expect(whenClockShows(Date.parse('2026-11-29T00:00:00Z'), MINUTE_MS, { calendar: leapDays })).toBe(NEVER);
  });

  test('nothing that would take more than 400 days', () => {
    const minute = calendarOf({ timezone: 'UTC', hours: ['Mon 09:00-09:01'] });
    const start = Date.parse('2026-11-29T00:00:00Z');
    expect(whenClockShows(start, 57 * MINUTE_MS, { calendar: minute })).toBe(
      Date.parse('2027-12-27T09:01:00Z'),
    );
    expect(whenClockShows(start, 100 * MINUTE_MS, { calendar: minute })).toBe(NEVER);
  });
});

/** The 70 Mondays from one on: more than any search covers. */
function mondays(first: string): string[] {
  return Array.from({ length: 70 }, (_, week) =>
    new Date(Date.parse(first) + week * 7 * 24 * HOUR_MS).toISOString().slice(0, 10),
  );
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Antarctica/Troll',
];
/** Weeks in which clocks change somewhere, and one in which none does. */
const WEEKS = [
  '2026-03-27',
  '2026-04-03',
  '2026-10-02',
  '2026-10-23',
  '2026-10-30',
  '2027-03-12',
  '2026-07-01',
];

const time = fc.nat({ max: 95 }).map((quarter) => clockTime(quarter * 15));
const entry = fc
  .tuple(fc.constantFrom(...DAYS), fc.constantFrom(...DAYS), time, time)
  .filter(([, , from, until]) => from !== until)
  .map(([first, last, from, until]) => `${first}-${last} ${from}-${until}`);

/** A calendar, a start within a week, and pauses of whole minutes. */
const cases = fc.record({
  timezone: fc.constantFrom(...ZONES),
  hours: fc.array(entry, { minLength: 1, maxLength: 3 }),
  week: fc.constantFrom(...WEEKS),
  exceptions: fc.uniqueArray(fc.nat({ max: 6 }), { maxLength: 2 }),
  startMinute: fc.nat({ max: 3 * 1_440 }),
  shownMinutes: fc.nat({ max: 2_000 }),
  pauses: fc.uniqueArray(fc.nat({ max: 6 * 1_440 }), { maxLength: 3 }),
  resumes: fc.uniqueArray(fc.nat({ max: 6 * 1_440 }), { maxLength: 3 }),
});

test('any clock shows what one shows that is read every minute', () => {
  fc.assert(
    fc.property(cases, ({ timezone, hours, week, exceptions, startMinute, shownMinutes, ...events }) => {
      const from = Date.parse(week);
      const except = exceptions.map((day) => isoDate(from + day * 24 * HOUR_MS));
      const start = from + startMinute * MINUTE_MS;
      const moments = (minutes: readonly number[]) =>
        [...minutes].sort((a, b) => a - b).map((minute) => from + minute * MINUTE_MS);
      const facts = { pauses: moments(events.pauses), resumes: moments(events.resumes) };
      const calendar = calendarOf({ timezone, hours, except });
      const shownAt = whenClockShows(start, shownMinutes * MINUTE_MS, { facts, calendar });
      const end = from + 9 * 24 * HOUR_MS;
      const expected = naiveClock({ timezone, hours, except }, facts, start, shownMinutes, end);
      if (expected === undefined) expect(shownAt).toBeGreaterThan(end);
      else expect(new Date(shownAt).toISOString()).toBe(new Date(expected).toISOString());
    }),
    { numRuns: 30 },
  );
});

/** Reads wall clocks minute by minute, and counts those in which the hours are open and the contact is not paused. */
function naiveClock(
  source: Source,
  { pauses, resumes }: { readonly pauses: readonly number[]; readonly resumes: readonly number[] },
  start: number,
  shownMinutes: number,
  end: number,
): number | undefined {
  if (shownMinutes === 0) return start;
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: source.timezone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  let latest = '';
  let shown = 0;
  // A day earlier: a clock that was set back before the start still shows the later time as the latest one.
  for (let at = start - 24 * HOUR_MS; at < end; at += MINUTE_MS) {
    const local = format.format(at);
    if (local > latest) latest = local;
    if (at < start) continue;
    const lastPause = pauses.findLast((pause) => pause <= at) ?? Number.NEGATIVE_INFINITY;
    const lastResume = resumes.findLast((resume) => resume <= at) ?? Number.NEGATIVE_INFINITY;
    if (lastPause > lastResume || !isOpenAt(source, latest)) continue;
    shown++;
    if (shown === shownMinutes) return at + MINUTE_MS;
  }
  return undefined;
}

/** Whether the hours are open at a local time such as `2026-11-30 09:15`. */
function isOpenAt({ hours, except = [] }: Source, local: string): boolean {
  const [date = '', now = ''] = local.split(' ');
  const yesterday = isoDate(Date.parse(date) - 24 * HOUR_MS);
  return hours.some((entry) => {
    const [days = '', times = ''] = entry.split(' ');
    const [from = '', until = ''] = times.split('-');
    const includes = (day: string) => !except.includes(day) && daysOf(days).includes(weekday(day));
    if (from < until) return includes(date) && from <= now && now < until;
    return (includes(date) && from <= now) || (includes(yesterday) && now < until);
  });
}

function daysOf(range: string): string[] {
  const [first = '', last = ''] = range.split('-');
  const count = ((DAYS.indexOf(last) - DAYS.indexOf(first) + 7) % 7) + 1;
  return Array.from({ length: count }, (_, index) => DAYS[(DAYS.indexOf(first) + index) % 7] ?? '');
}

function weekday(date: string): string {
  return DAYS[(new Date(date).getUTCDay() + 6) % 7] ?? '';
}

function isoDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function clockTime(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
