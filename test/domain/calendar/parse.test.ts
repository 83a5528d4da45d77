import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseCalendar } from '../../../lambda/domain/calendar/parse.ts';
import { formatProblem } from '../../../lambda/domain/validation/problem.ts';

const problemsOf = (source: unknown) => parseCalendar(source, ['during']).problems.map(formatProblem);

const utc = (...hours: string[]) => ({ timezone: 'UTC', hours });

test('the result has the hours of each day, merged and in order, and the exceptions', () => {
  const hours = ['Wed-Thu 12:00-14:00', 'Thu 08:00-10:00', 'Thu 14:00-06:00', 'Sun 00:00-24:00'];
  expect(parseCalendar({ timezone: 'UTC', hours, except: ['1970-01-02', '2026-12-25'] }, [])).toEqual({
    calendar: {
      timezone: 'UTC',
      week: [
        [],
        [],
        [{ fromMinute: 720, untilMinute: 840 }],
        [
          { fromMinute: 480, untilMinute: 600 },
          { fromMinute: 720, untilMinute: 1_800 },
        ],
        [],
        [],
        [{ fromMinute: 0, untilMinute: 1_440 }],
      ],
      except: new Set([1, 20_812]),
    },
    problems: [],
  });
});

const HOURS =
  'expected days and one range of hours, such as "Mon-Fri 08:00-18:00", "Sat,Sun 22:00-06:00" or "daily 00:00-24:00".';
const DAY = 'expected one of Mon, Tue, Wed, Thu, Fri, Sat, Sun, or daily alone.';
const START = 'expected a start from 00:00 to 23:59.';
const END = 'expected an end from 00:00 to 24:00.';
const ZONE = 'expected the name of a time zone, such as Europe/Berlin or UTC.';
const DATE = 'expected a calendar date as YYYY-MM-DD.';

describe('every problem has its path and says what to write instead', () => {
  test.each<[entry: string, ...problems: string[]]>([
    ['', `Found ""; ${HOURS} (during-hours)`],
    ['Mon-Fri', `Found "Mon-Fri"; ${HOURS} (during-hours)`],
    ['08:00-18:00', `Found "08:00-18:00"; ${HOURS} Did you mean "daily 08:00-18:00"? (during-hours)`],
    ['Mon-Fri 8-18', `Found "Mon-Fri 8-18"; ${HOURS} Did you mean "Mon-Fri 08:00-18:00"? (during-hours)`],
    [
      'Weekdays: 9am – 5.30 pm',
      `Found "Weekdays: 9am – 5.30 pm"; ${HOURS} Did you mean "Mon-Fri 09:00-17:30"? (during-hours)`,
    ],
    [
      'Monday to Thursday 12 am until 12 pm',
      `Found "Monday to Thursday 12 am until 12 pm"; ${HOURS} Did you mean "Mon-Thu 00:00-12:00"? (during-hours)`,
    ],
    [
      'Mon 08:00-12:00, 13:00-18:00',
      `Found "Mon 08:00-12:00, 13:00-18:00"; ${HOURS} Write each range of hours as an entry of its own. (during-hours)`,
    ],
    ['Mon 99-100', `Found "Mon 99-100"; ${HOURS} (during-hours)`],
    ['Mom 08:00-18:00', `Found "Mom"; ${DAY} Did you mean "Mon"? (during-days)`],
    [
      'Tues,Saturday-Foo 08:00-18:00',
      `Found "Tues"; ${DAY} Did you mean "Tue"? (during-days)`,
      `Found "Saturday"; ${DAY} Did you mean "Sat"? (during-days)`,
      `Found "Foo"; ${DAY} (during-days)`,
    ],
    ['Son 08:00-18:00', `Found "Son"; ${DAY} Did you mean "Sun"? (during-days)`],
    ['Lun 08:00-18:00', `Found "Lun"; ${DAY} Did you mean "Mon"? (during-days)`],
    ['Do 08:00-18:00', `Found "Do"; ${DAY} Did you mean "Thu"? (during-days)`],
    [
      'Sun closed',
      `Found "Sun closed"; ${HOURS} Leave out days without hours, and write single dates to except. (during-hours)`,
    ],
    ...[
      ['Montag-Freitag 8-18 Uhr', 'Mon-Fri 08:00-18:00'],
      ['Mo. bis Fr. von 8 bis 18 Uhr', 'Mon-Fri 08:00-18:00'],
      ['lun-ven 9h00-18h30', 'Mon-Fri 09:00-18:30'],
      ['lundi au vendredi de 9h à 18h', 'Mon-Fri 09:00-18:00'],
      ['Mon - Fri 08.00-18.00 Uhr', 'Mon-Fri 08:00-18:00'],
      ['Mon-Fri 0800-1800', 'Mon-Fri 08:00-18:00'],
      ['Mon-Fri 800-1730', 'Mon-Fri 08:00-17:30'],
      ['Mon/Tue 08:00-18:00', 'Mon,Tue 08:00-18:00'],
      ['Mon & Tue 08:00-18:00', 'Mon,Tue 08:00-18:00'],
      ['Mon and Wed-Fri 8am to noon', 'Mon,Wed-Fri 08:00-12:00'],
      ['Mon-Fri from 08:00 to 18:00', 'Mon-Fri 08:00-18:00'],
      ['Mon-Fri 08:00:00-18:00:00', 'Mon-Fri 08:00-18:00'],
      ['Fri 6pm - midnight', 'Fri 18:00-24:00'],
      ['Mon-Fri 9 a.m. - 5 p.m.', 'Mon-Fri 09:00-17:00'],
      ['24/7', 'daily 00:00-24:00'],
      ['Mon-Fri 08:00-18:00.', 'Mon-Fri 08:00-18:00'],
    ].map(([text, meant]): [string, string] => [
      text ?? '',
      `Found "${text}"; ${HOURS} Did you mean "${meant}"? (during-hours)`,
    ]),
    ['1-5 08:00-18:00', `Found "1-5 08:00-18:00"; ${HOURS} (during-hours)`],
    ['weekends 08:00-18:00', `Found "weekends"; ${DAY} Did you mean "Sat,Sun"? (during-days)`],
    ['Everyday 08:00-18:00', `Found "Everyday"; ${DAY} Did you mean "daily"? (during-days)`],
    ['Mon,daily 08:00-18:00', `Found "daily"; ${DAY} (during-days)`],
    ['Mon 25:00-24:30', `Found "25:00"; ${START} (during-times)`, `Found "24:30"; ${END} (during-times)`],
    ['Mon 24:00-08:00', `Found "24:00"; ${START} (during-times)`],
    ['Mon 08:60-18:00', `Found "08:60"; ${START} (during-times)`],
    ['Mon 08:00-24:01', `Found "24:01"; ${END} (during-times)`],
    ['Mon 23:59-24:00'],
    ['DAILY 08:00-09:00'],
    ['Mon,DAILY 08:00-18:00', `Found "DAILY"; ${DAY} (during-days)`],
    ['Foo 9-17', `Found "Foo 9-17"; ${HOURS} (during-hours)`],
    ['Mon 08:59-09:59'],
    ['Mon 9-9', `Found "Mon 9-9"; ${HOURS} (during-hours)`],
    ['Mun 08:00-18:00', `Found "Mun"; ${DAY} Did you mean "Mon"? (during-days)`],
    ['Xon 08:00-18:00', `Found "Xon"; ${DAY} (during-days)`],
    ['Dayly 08:00-18:00', `Found "Dayly"; ${DAY} Did you mean "daily"? (during-days)`],
    [
      'Mon 08:00-08:00',
      'Found "08:00-08:00"; expected an end that differs from the start; a whole day is 00:00-24:00. (during-times)',
    ],
  ])('hours %j', (entry, ...problems) => {
    expect(problemsOf(utc('Mon 08:00-09:00', entry))).toEqual(
      problems.map((problem) => `during.hours[1]: ${problem}`),
    );
  });

  test.each<[timezone: unknown, problem: string]>([
    ['Europe/Berln', `Found "Europe/Berln"; ${ZONE} Did you mean "Europe/Berlin"? (during-timezone)`],
    ['new york', `Found "new york"; ${ZONE} Did you mean "America/New_York"? (during-timezone)`],
    ['+01:00', `Found "+01:00"; ${ZONE} (during-timezone)`],
    ['Eastern Time', `Found "Eastern Time"; ${ZONE} Did you mean "America/New_York"? (during-timezone)`],
    ['EST5EDT', `Found "EST5EDT"; ${ZONE} Did you mean "America/New_York"? (during-timezone)`],
    ['Japan', `Found "Japan"; ${ZONE} Did you mean "Asia/Tokyo"? (during-timezone)`],
    // No zone of another place, although their names are similar.
    ['Europe/München', `Found "Europe/München"; ${ZONE} (during-timezone)`],
    ['Asia/Bombay', `Found "Asia/Bombay"; ${ZONE} (during-timezone)`],
    ['CET', `Found "CET"; ${ZONE} (during-timezone)`],
    ['BST', `Found "BST"; ${ZONE} (during-timezone)`],
    ['', `Found ""; ${ZONE} (during-timezone)`],
    [undefined, `timezone is missing; ${ZONE} (missing)`],
    [1, `Found 1; ${ZONE} (wrong-type)`],
  ])('timezone %j', (timezone, problem) => {
    expect(problemsOf({ ...utc('daily 08:00-09:00'), timezone })).toEqual([`during.timezone: ${problem}`]);
  });

  test.each(['Europe/Berlin', 'europe/berlin', 'UTC', 'Asia/Kathmandu', 'US/Pacific', 'Etc/GMT+5'])(
    'timezone %j is valid',
    (timezone) => {
      expect(problemsOf({ ...utc('daily 08:00-09:00'), timezone })).toEqual([]);
    },
  );

  test.each<[date: unknown, problem: string]>([
    ['2026-02-29', `Found "2026-02-29"; ${DATE} (during-date)`],
    ['2026-13-01', `Found "2026-13-01"; ${DATE} (during-date)`],
    ['2026/1/5', `Found "2026/1/5"; ${DATE} Did you mean "2026-01-05"? (during-date)`],
    ['2026-12-25Z', `Found "2026-12-25Z"; ${DATE} Did you mean "2026-12-25"? (during-date)`],
    [
      '2026-12-25T00:00:00+01:00',
      `Found "2026-12-25T00:00:00+01:00"; ${DATE} Did you mean "2026-12-25"? (during-date)`,
    ],
    ['2026-12-24T23:00:00Z', `Found "2026-12-24T23:00:00Z"; ${DATE} (during-date)`],
    ['25.12.2026', `Found "25.12.2026"; ${DATE} Did you mean "2026-12-25"? (during-date)`],
    ['12/25', `Found "12/25"; ${DATE} A date needs its year: write an entry for each year. (during-date)`],
    [20261225, `Found 20261225; ${DATE} Write "2026-12-25". (wrong-type)`],
    [20261325, `Found 20261325; ${DATE} (wrong-type)`],
    [2026, `Found 2026; ${DATE} (wrong-type)`],
    ['20261225', `Found "20261225"; ${DATE} Did you mean "2026-12-25"? (during-date)`],
    ['25/12/2026', `Found "25/12/2026"; ${DATE} Did you mean "2026-12-25"? (during-date)`],
    ['12/25/2026', `Found "12/25/2026"; ${DATE} Did you mean "2026-12-25"? (during-date)`],
    // The second of January, or the first of February.
    ['01/02/2026', `Found "01/02/2026"; ${DATE} (during-date)`],
    ['01.02.2026', `Found "01.02.2026"; ${DATE} Did you mean "2026-02-01"? (during-date)`],
    ['Dec 25, 2026', `Found "Dec 25, 2026"; ${DATE} Did you mean "2026-12-25"? (during-date)`],
    ['25. Dezember 2026', `Found "25. Dezember 2026"; ${DATE} Did you mean "2026-12-25"? (during-date)`],
    ['15 août 2026', `Found "15 août 2026"; ${DATE} Did you mean "2026-08-15"? (during-date)`],
    ['1er juin 2026', `Found "1er juin 2026"; ${DATE} Did you mean "2026-06-01"? (during-date)`],
    ['Dec 25', `Found "Dec 25"; ${DATE} A date needs its year: write an entry for each year. (during-date)`],
    ['25.12.', `Found "25.12."; ${DATE} A date needs its year: write an entry for each year. (during-date)`],
    [
      '2026-12-24..2026-12-26',
      `Found "2026-12-24..2026-12-26"; ${DATE} Write each date as an entry of its own. (during-date)`,
    ],
    [
      '2026-12-24 to 2026-12-26',
      `Found "2026-12-24 to 2026-12-26"; ${DATE} Write each date as an entry of its own. (during-date)`,
    ],
    [null, `Found null; ${DATE} Write a value, or remove the entry. (wrong-type)`],
  ])('except %j', (date, problem) => {
    expect(problemsOf({ ...utc('daily 08:00-09:00'), except: ['2028-02-29', date] })).toEqual([
      `during.except[1]: ${problem}`,
    ]);
  });

  test('all problems at once', () => {
    const except = { itself: {} };
    except.itself = except;
    const source = { timzone: 'UTC', hours: ['Mon', null], except, open: true };
    expect(problemsOf(source)).toEqual([
      'during.timzone: "timzone" is not a known key; expected one of timezone, hours, except. Did you mean "timezone"? (unknown-key)',
      'during.open: "open" is not a known key; expected one of timezone, hours, except. (unknown-key)',
      `during.timezone: timezone is missing; ${ZONE} (missing)`,
      `during.hours[0]: Found "Mon"; ${HOURS} (during-hours)`,
      'during.hours[1]: Found null; expected days and one range of hours, such as "Mon-Fri 08:00-18:00", "Sat,Sun 22:00-06:00" or "daily 00:00-24:00". Write a value, or remove the entry. (wrong-type)',
      'during.except: Found an object; expected a list of dates, such as "2026-12-25". (wrong-type)',
    ]);
  });

  test.each<{ name: string; source: unknown; problems: string[] }>([
    {
      name: 'not an object',
      source: ['Mon-Fri 08:00-18:00'],
      problems: [
        'during: Found ["Mon-Fri 08:00-18:00"]; expected an object with timezone and hours, such as { timezone: Europe/Berlin, ' +
          'hours: ["Mon-Fri 08:00-18:00"] }. (wrong-type)',
      ],
    },
    {
      name: 'no hours',
      source: utc(),
      problems: [
        'during.hours: Found an empty list; expected a list of 1 to 50 strings, such as "Mon-Fri 08:00-18:00". Write an entry, or leave the key out if it is optional. (out-of-range)',
      ],
    },
    { name: 'fifty hours', source: utc(...Array<string>(50).fill('Mon 08:00-09:00')), problems: [] },
    {
      name: 'no content',
      source: null,
      problems: [
        'during: Found null; expected an object with timezone and hours, such as { timezone: Europe/Berlin, hours: ' +
          '["Mon-Fri 08:00-18:00"] }. Write a value, or leave the key out if it is optional. (wrong-type)',
      ],
    },
    {
      name: 'too many hours',
      source: utc(...Array<string>(51).fill('Mon 08:00-09:00')),
      problems: [
        'during.hours: Found 51 entries; expected a list of 1 to 50 strings, such as "Mon-Fri 08:00-18:00". (out-of-range)',
      ],
    },
    {
      name: 'hours that are not a list',
      source: { timezone: 'UTC', hours: 'Mon 08:00-09:00' },
      problems: [
        'during.hours: Found "Mon 08:00-09:00"; expected a list of 1 to 50 strings, such as "Mon-Fri 08:00-18:00". Write ["Mon 08:00-09:00"]. (wrong-type)',
      ],
    },
  ])('$name', ({ source, problems }) => {
    expect(problemsOf(source)).toEqual(problems);
  });

  test('for any value there are hours or problems', () => {
    const source = fc.oneof(
      fc.anything(),
      fc.record({
        timezone: fc.oneof(fc.constant('UTC'), fc.string()),
        hours: fc.array(fc.oneof(fc.constant('Mon 8:00-9:00'), fc.string(), fc.anything())),
        except: fc.array(fc.oneof(fc.constant('2026-12-25'), fc.string(), fc.anything())),
      }),
    );
    fc.assert(
      fc.property(source, (drawn) => {
        const { calendar, problems } = parseCalendar(drawn, []);
        expect(calendar === undefined).toBe(problems.length > 0);
      }),
    );
  });
});

describe('a list of hours or dates in another form is written as it is meant', () => {
  test.each<[source: object, message: RegExp]>([
    [{ hours: 'weekdays 9-17' }, /Write \["Mon-Fri 09:00-17:00"\]\.$/],
    [
      { hours: { 'Mon-Fri': '08:00-18:00', Sat: '9-13' } },
      /Write \["Mon-Fri 08:00-18:00", "Sat 09:00-13:00"\]\.$/,
    ],
    [{ hours: [{ 'Mon-Fri': '08:00-18:00' }] }, /Write "Mon-Fri 08:00-18:00"\.$/],
    [{ hours: [{ 'Mon-Fri': '08:00-18:00', Sat: '9-13' }] }, /"daily 00:00-24:00"\.$/],
    [{ hours: [{ Mon: ['8-18'] }] }, /Write "Mon 08:00-18:00"\.$/],
    [{ hours: [{ 'Mon-Fri': 8 }] }, /"daily 00:00-24:00"\.$/],
    [{ hours: {} }, /such as "Mon-Fri 08:00-18:00"\.$/],
    [{ hours: { 'Mon-Fri': '08:00-18:00', Sat: 'closed' } }, /such as "Mon-Fri 08:00-18:00"\.$/],
    [{ hours: { 'Mon-Fri': 'closed' } }, /such as "Mon-Fri 08:00-18:00"\.$/],
    [{ except: '25.12.2026' }, /Write \["2026-12-25"\]\.$/],
    [{ except: 20261225 }, /Write \["2026-12-25"\]\.$/],
    [{ except: true }, /such as "2026-12-25"\.$/],
  ])('%j', (source, message) => {
    const given = { ...utc('daily 08:00-09:00'), ...source };
    expect(problemsOf(given).map((problem) => problem.replace(/ \([-a-z]+\)$/, ''))).toEqual([
      expect.stringMatching(message),
    ]);
  });
});
