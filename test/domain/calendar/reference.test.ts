import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Calendar } from '../../../lambda/domain/calendar/calendar.ts';
import { isOpen, nextTransition } from '../../../lambda/domain/calendar/open-hours.ts';
import { parseCalendar } from '../../../lambda/domain/calendar/parse.ts';

interface Source {
  readonly timezone: string;
  readonly hours: readonly string[];
  readonly except?: readonly string[];
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function parsed(source: Source): Calendar {
  const { timezone, hours, except } = source;
  const { calendar, problems } = parseCalendar({ timezone, hours, except }, ['during']);
  expect(problems).toEqual([]);
  return calendar as Calendar;
}

describe('each minute agrees with a wall clock that is never set back', () => {
  test.each<[timezone: string, from: string]>([
    ['Europe/Berlin', '2027-03-25'],
    ['Europe/Berlin', '2026-10-22'],
    ['America/New_York', '2027-03-11'],
    ['America/New_York', '2026-10-29'],
    ['Australia/Lord_Howe', '2026-04-02'],
    ['Australia/Lord_Howe', '2026-10-01'],
    ['Asia/Kathmandu', '2026-10-22'],
    ['UTC', '2026-12-28'],
    ['Pacific/Apia', '2011-12-27'],
    ['Antarctica/Troll', '2026-10-22'],
  ])('%s in the week from %s', (timezone, from) => {
    const times = localTimes(timezone, Date.parse(from));
    const source = sources(fc.constant(timezone), fc.constant(from));
    fc.assert(
      fc.property(source, (drawn) => expectToAgree(drawn, times)),
      { numRuns: 8 },
    );
  });

  test('in any zone and week', () => {
    fc.assert(
      fc.property(sources(fc.constantFrom(...Intl.supportedValuesOf('timeZone')), weeks), (drawn) =>
        expectToAgree(drawn, localTimes(drawn.timezone, Date.parse(drawn.from))),
      ),
      { numRuns: 5 },
    );
  });
});

describe('the next transition', () => {
  const zones = fc.constantFrom(
    'Europe/Berlin',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
  );

  test('changes the state, and the state is constant until then', () => {
    const later = fc.array(fc.maxSafeNat(), { maxLength: 50 });
    fc.assert(
      fc.property(sources(zones, weeks), fc.nat({ max: 7 * DAY_MS }), later, (source, after, between) => {
        const during = parsed(source);
        const at = Date.parse(source.from) + after;
        const isOpenNow = isOpen(during, at);
        const next = nextTransition(during, at);
        const end = next ?? at + 400 * DAY_MS;
        for (const ms of between) expect(isOpen(during, at + (ms % (end - at)))).toBe(isOpenNow);
        if (next === undefined) return;
        expect(next).toBeGreaterThan(at);
        expect([isOpen(during, next - 1), isOpen(during, next)]).toEqual([isOpenNow, !isOpenNow]);
      }),
      { numRuns: 200 },
    );
  });
});

/** Minutes of a day, often those at which clocks change. */
const minutes = fc.oneof(fc.nat({ max: 1_439 }), fc.constantFrom(0, 90, 105, 120, 135, 150, 165, 180, 1_380));

const days = fc.oneof(
  fc.constantFrom('daily', 'Sat,Sun'),
  fc.constantFrom(...DAYS),
  fc.tuple(fc.constantFrom(...DAYS), fc.constantFrom(...DAYS)).map((range) => range.join('-')),
);

const entries = fc
  .tuple(days, minutes, minutes)
  .filter(([, from, until]) => from !== until)
  .map(([named, from, until]) => `${named} ${hhmm(from)}-${until === 0 ? '24:00' : hhmm(until)}`);

const weeks = fc
  .integer({ min: Date.UTC(1975, 0) / DAY_MS, max: Date.UTC(2037, 0) / DAY_MS })
  .map((day) => isoDate(day));

/** Hours in a zone, with at most one exception, and the first day of the week that the test checks. */
function sources(timezone: fc.Arbitrary<string>, from: fc.Arbitrary<string>) {
  const hours = fc.array(entries, { minLength: 1, maxLength: 3 });
  const parts = fc.record({ timezone, from, hours, exception: fc.option(fc.nat({ max: 8 })) });
  return parts.map(({ exception, ...source }) => ({
    ...source,
    except: exception === null ? [] : [isoDate(Date.parse(source.from) / DAY_MS + exception)],
  }));
}

function expectToAgree(source: Source & { readonly from: string }, times: readonly LocalTime[]): void {
  const during = parsed(source);
  const shouldBeOpen = referenceIsOpen(source);
  const start = Date.parse(source.from);
  let wasOpen = isOpen(during, start);
  let next = nextTransition(during, start);
  for (const [minute, localTime] of times.entries()) {
    const at = start + minute * MINUTE_MS;
    const isOpenNow = isOpen(during, at);
    if (isOpenNow !== shouldBeOpen(localTime)) {
      expect(`${new Date(at).toISOString()} ${isOpenNow}`).toBe('the opposite');
    }
    if (isOpenNow !== wasOpen) {
      expect(next).toBe(at);
      next = nextTransition(during, at);
    }
    wasOpen = isOpenNow;
  }
  const end = start + times.length * MINUTE_MS;
  expect(next ?? end).toBeGreaterThanOrEqual(end);
}

/** The local time on a clock. */
interface LocalTime {
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly minute: number;
}

/**
 * Returns the local times of a clock that is never set back, for each minute of a week, from the parts that
 * Intl formats.
 */
function localTimes(timeZone: string, from: number): LocalTime[] {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  const times: LocalTime[] = [];
  let latest: LocalTime = { day: Number.NEGATIVE_INFINITY, minute: 0 };
  for (let at = from - DAY_MS; at < from + 7 * DAY_MS; at += MINUTE_MS) {
    const parts = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
    );
    const day = Date.UTC(parts.year ?? 0, (parts.month ?? 0) - 1, parts.day) / DAY_MS;
    const minute = (parts.hour ?? 0) * 60 + (parts.minute ?? 0);
    if (day > latest.day || (day === latest.day && minute > latest.minute)) latest = { day, minute };
    if (at >= from) times.push(latest);
  }
  return times;
}

/** A slow and simple implementation of the same hours. */
function referenceIsOpen({ hours, except = [] }: Source): (localTime: LocalTime) => boolean {
  const all = hours.map((text) => {
    const [named = '', times = ''] = text.split(' ');
    const [from = 0, end = 0] = times
      .split('-')
      .map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
    return { weekdays: namedDays(named), from, until: end > from ? end : end + 1_440 };
  });
  const isWithinHoursOf = (day: number, minute: number) =>
    !except.includes(isoDate(day)) &&
    all.some(
      ({ weekdays, from, until }) =>
        weekdays.includes(new Date(day * DAY_MS).getUTCDay()) && from <= minute && minute < until,
    );
  return ({ day, minute }) => isWithinHoursOf(day, minute) || isWithinHoursOf(day - 1, minute + 1_440);
}

/** Parses days of the week. As in Date, Sunday is 0. */
function namedDays(text: string): number[] {
  if (text === 'daily') return [0, 1, 2, 3, 4, 5, 6];
  return text.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map((name) => (DAYS.indexOf(name) + 1) % 7);
    const named = [first];
    for (let day = first; day !== last; named.push(day)) day = (day + 1) % 7;
    return named;
  });
}

function isoDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function hhmm(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
