import { describe, expect, test } from '@jest/globals';
import type { Calendar } from '../../../lambda/domain/calendar/calendar.ts';
import { isOpen, nextTransition } from '../../../lambda/domain/calendar/open-hours.ts';
import { parseCalendar } from '../../../lambda/domain/calendar/parse.ts';

interface Source {
  readonly timezone: string;
  readonly hours: readonly string[];
  readonly except?: readonly string[];
}

const DAY_MS = 86_400_000;

function parsed(source: Source): Calendar {
  const { timezone, hours, except } = source;
  const { calendar, problems } = parseCalendar({ timezone, hours, except }, ['during']);
  expect(problems).toEqual([]);
  return calendar as Calendar;
}

const iso = (at: number) => new Date(at).toISOString().replace(':00.000Z', 'Z');

/** The transitions between two moments, such as `opens 2026-11-23T07:00Z`. */
function changes(source: Source, from: string, until: string): string[] {
  const during = parsed(source);
  const found: string[] = [];
  for (let at = nextTransition(during, Date.parse(from)); at !== undefined && at <= Date.parse(until); ) {
    found.push(`${isOpen(during, at) ? 'opens' : 'closes'} ${iso(at)}`);
    at = nextTransition(during, at);
  }
  return found;
}

const utc = (...hours: string[]): Source => ({ timezone: 'UTC', hours });
const berlin = (...hours: string[]): Source => ({ timezone: 'Europe/Berlin', hours });

describe('hours', () => {
  const everyDay = (open: string, close: string, days = 7) =>
    Array.from({ length: days }, (_, day) => [
      `opens 2026-11-${23 + day}T${open}Z`,
      `closes 2026-11-${23 + day}T${close}Z`,
    ]).flat();
  // 2026-11-23 is a Monday.
  test.each<{ name: string; source: Source; expected: string[] }>([
    { name: 'Monday to Friday', source: utc('Mon-Fri 08:00-18:00'), expected: everyDay('08:00', '18:00', 5) },
    { name: 'daily', source: utc('daily 08:00-18:00'), expected: everyDay('08:00', '18:00') },
    {
      name: 'in any case, with few or many spaces',
      source: utc(' MON - fri,SAT , Sun  8:00 - 18:00 '),
      expected: everyDay('08:00', '18:00'),
    },
    {
      name: 'a list of days and ranges, in local time',
      source: berlin('Mon,Wed-Thu,Sun 09:00-10:00'),
      expected: ['23', '25', '26', '29'].flatMap((day) => [
        `opens 2026-11-${day}T08:00Z`,
        `closes 2026-11-${day}T09:00Z`,
      ]),
    },
    {
      name: 'a range that wraps around the end of the week',
      source: utc('Sat-Mon 09:00-10:00'),
      expected: ['23', '28', '29'].flatMap((day) => [
        `opens 2026-11-${day}T09:00Z`,
        `closes 2026-11-${day}T10:00Z`,
      ]),
    },
    {
      name: 'hours over midnight end on the next day',
      source: utc('Fri 22:00-06:00'),
      expected: ['opens 2026-11-27T22:00Z', 'closes 2026-11-28T06:00Z'],
    },
    {
      name: 'both forms of midnight, and hours that continue after it',
      source: utc('Tue 22:00-24:00', 'Thu 22:00-00:00', 'Fri 00:00-01:00'),
      expected: [
        'opens 2026-11-24T22:00Z',
        'closes 2026-11-25T00:00Z',
        'opens 2026-11-26T22:00Z',
        'closes 2026-11-27T01:00Z',
      ],
    },
    {
      name: 'hours that overlap or touch are merged, also over midnight',
      source: utc(
        'Tue 10:00-14:00',
        'Tue 12:00-16:00',
        'Tue 16:00-17:00',
        'Tue 20:00-19:00',
        'Wed 12:00-20:00',
      ),
      expected: [
        'opens 2026-11-24T10:00Z',
        'closes 2026-11-24T17:00Z',
        'opens 2026-11-24T20:00Z',
        'closes 2026-11-25T20:00Z',
      ],
    },
    {
      name: 'an exception removes the night after the day, and not the night before',
      source: { ...utc('Thu-Fri 22:00-06:00', 'Sat 05:00-07:00'), except: ['2026-11-27'] },
      expected: [
        'opens 2026-11-26T22:00Z',
        'closes 2026-11-27T06:00Z',
        'opens 2026-11-28T05:00Z',
        'closes 2026-11-28T07:00Z',
      ],
    },
    {
      name: 'an exception is a local date',
      source: { ...berlin('daily 00:00-24:00'), except: ['2026-11-25'] },
      expected: ['closes 2026-11-24T23:00Z', 'opens 2026-11-25T23:00Z'],
    },
  ])('$name', ({ source, expected }) => {
    expect(changes(source, '2026-11-23T00:00Z', '2026-11-30T00:00Z')).toEqual(expected);
  });

  test('hours include their first millisecond and exclude their end', () => {
    const during = parsed(utc('Mon 08:00-18:00'));
    const at = (time: string) => isOpen(during, Date.parse(`2026-11-23T${time}Z`));
    expect([at('07:59:59.999'), at('08:00'), at('17:59:59.999'), at('18:00')]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('the next transition is strictly later', () => {
    const during = parsed(utc('Mon 08:00-18:00'));
    const [open, close] = [Date.parse('2026-11-23T08:00Z'), Date.parse('2026-11-23T18:00Z')];
    expect(nextTransition(during, open - 1)).toBe(open);
    expect(nextTransition(during, open)).toBe(close);
    expect(nextTransition(during, close)).toBe(open + 7 * DAY_MS);
  });
});

describe('when clocks change', () => {
  // Berlin 2027-03-28: at 01:00Z from 02:00 to 03:00. Berlin 2026-10-25: at 01:00Z from 03:00 back to 02:00.
  // Lord Howe 2026-04-04: at 15:00Z from 02:00 back to 01:30. Lord Howe 2026-10-03: at 15:30Z from 02:00 to
  // 02:30.
  const gap = ['2027-03-27T12:00Z', '2027-03-28T12:00Z'] as const;
  const overlap = ['2026-10-24T12:00Z', '2026-10-25T12:00Z'] as const;
  test.each<{ name: string; source: Source; span: readonly [string, string]; expected: string[] }>([
    {
      name: 'hours keep their local time',
      source: berlin('Sat-Sun 08:00-09:00'),
      span: ['2026-10-24T00:00Z', '2026-10-26T00:00Z'],
      expected: [
        'opens 2026-10-24T06:00Z',
        'closes 2026-10-24T07:00Z',
        'opens 2026-10-25T07:00Z',
        'closes 2026-10-25T08:00Z',
      ],
    },
    {
      name: 'a start in the skipped hour is the moment of the change',
      source: berlin('Sun 02:30-06:00'),
      span: gap,
      expected: ['opens 2027-03-28T01:00Z', 'closes 2027-03-28T04:00Z'],
    },
    {
      name: 'an end in the skipped hour is the moment of the change',
      source: berlin('Sat 22:00-02:30'),
      span: gap,
      expected: ['opens 2027-03-27T21:00Z', 'closes 2027-03-28T01:00Z'],
    },
    {
      name: 'hours within the skipped hour do not occur',
      source: berlin('Sun 02:10-02:50'),
      span: gap,
      expected: [],
    },
    {
      name: 'hours that end with the skipped hour do not occur',
      source: berlin('Sun 02:00-03:00'),
      span: gap,
      expected: [],
    },
    {
      name: 'a break within the skipped hour does not occur',
      source: berlin('Sun 01:00-02:15', 'Sun 02:45-04:00'),
      span: gap,
      expected: ['opens 2027-03-28T00:00Z', 'closes 2027-03-28T02:00Z'],
    },
    {
      name: 'a start in the repeated hour is its first occurrence',
      source: berlin('Sun 02:30-06:00'),
      span: overlap,
      expected: ['opens 2026-10-25T00:30Z', 'closes 2026-10-25T05:00Z'],
    },
    {
      name: 'an end in the repeated hour is its first occurrence',
      source: berlin('Sat 22:00-02:30'),
      span: overlap,
      expected: ['opens 2026-10-24T20:00Z', 'closes 2026-10-25T00:30Z'],
    },
    {
      name: 'hours within the repeated hour occur once',
      source: berlin('Sun 02:10-02:50'),
      span: overlap,
      expected: ['opens 2026-10-25T00:10Z', 'closes 2026-10-25T00:50Z'],
    },
    {
      name: 'the end of the repeated hour is after its second occurrence',
      source: berlin('Sun 02:00-03:00'),
      span: overlap,
      expected: ['opens 2026-10-25T00:00Z', 'closes 2026-10-25T02:00Z'],
    },
    {
      name: 'clocks set back by half an hour',
      source: { timezone: 'Australia/Lord_Howe', hours: ['Sun 01:45-04:00'] },
      span: ['2026-04-04T00:00Z', '2026-04-05T00:00Z'],
      expected: ['opens 2026-04-04T14:45Z', 'closes 2026-04-04T17:30Z'],
    },
    {
      name: 'clocks set forward by half an hour',
      source: { timezone: 'Australia/Lord_Howe', hours: ['Sun 02:15-04:00'] },
      span: ['2026-10-03T00:00Z', '2026-10-04T00:00Z'],
      expected: ['opens 2026-10-03T15:30Z', 'closes 2026-10-03T17:00Z'],
    },
    {
      name: 'clocks set forward by a day: Samoa had no 30 December 2011, a Friday',
      source: { timezone: 'Pacific/Apia', hours: ['Fri 08:00-18:00'] },
      span: ['2011-12-24T12:00Z', '2012-01-07T12:00Z'],
      expected: ['opens 2012-01-05T18:00Z', 'closes 2012-01-06T04:00Z'],
    },
    {
      name: 'an offset with seconds: Liberia was 44 min 30 s behind until 7 January 1972',
      source: { timezone: 'Africa/Monrovia', hours: ['daily 08:00-09:00'] },
      span: ['1972-01-06T00:00Z', '1972-01-08T00:00Z'],
      expected: [
        'opens 1972-01-06T08:44:30.000Z',
        'closes 1972-01-06T09:44:30.000Z',
        'opens 1972-01-07T08:00Z',
        'closes 1972-01-07T09:00Z',
      ],
    },
    {
      name: 'no change: Nepal is 5 h 45 min ahead',
      source: { timezone: 'Asia/Kathmandu', hours: ['Mon 00:00-00:15'] },
      span: ['2026-11-22T00:00Z', '2026-11-23T00:00Z'],
      expected: ['opens 2026-11-22T18:15Z', 'closes 2026-11-22T18:30Z'],
    },
  ])('$name', ({ source, span: [from, until], expected }) => {
    expect(changes(source, from, until)).toEqual(expected);
  });
});

describe('no next transition', () => {
  const from = Date.parse('2026-11-23T12:00Z');
  test.each<{ name: string; source: Source; expected: string | undefined }>([
    { name: 'for hours that are always open', source: berlin('daily 00:00-24:00'), expected: undefined },
    {
      name: 'unless there is an exception within 400 days',
      source: { ...utc('daily 00:00-24:00'), except: ['2027-12-28'] },
      expected: '2027-12-28T00:00Z',
    },
    {
      name: 'for an exception after 400 days',
      source: { ...utc('daily 00:00-24:00'), except: ['2027-12-29'] },
      expected: undefined,
    },
    {
      name: 'unless hours follow weeks of exceptions',
      source: {
        ...utc('Fri 08:00-18:00'),
        except: ['2026-11-27', '2026-12-04', '2026-12-11', '2026-12-18', '2026-12-25', '2027-01-01'],
      },
      expected: '2027-01-08T08:00Z',
    },
    {
      name: 'where hours follow 400 days of exceptions',
      source: {
        ...utc('Fri 08:00-18:00'),
        except: Array.from({ length: 57 }, (_, week) =>
          new Date(Date.parse('2026-11-27') + week * 7 * DAY_MS).toISOString().slice(0, 10),
        ),
      },
      expected: undefined,
    },
    {
      name: 'unless the exceptions are past',
      source: { ...utc('Fri 08:00-18:00'), except: ['2026-10-02', '2025-10-03'] },
      expected: '2026-11-27T08:00Z',
    },
  ])('$name', ({ source, expected }) => {
    const next = nextTransition(parsed(source), from);
    expect(next === undefined ? undefined : iso(next)).toBe(expected);
  });
});
