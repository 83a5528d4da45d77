import { describe, expect, test } from '@jest/globals';
import type { Calendar } from '../../../lambda/domain/calendar/calendar.ts';
import {
  suggestTimezone,
  timezoneAdvice,
  timezoneAdviceOf,
} from '../../../lambda/domain/calendar/zone-advice.ts';

describe('the time zone that is meant', () => {
  test.each([
    ['eastern', 'America/New_York'],
    ['Central Time', 'America/Chicago'],
    ['US Mountain Standard Time', 'America/Denver'],
    [' US-Pacific daylight time ', 'America/Los_Angeles'],
    ['berlin', 'Europe/Berlin'],
    [' New York ', 'America/New_York'],
    ['America/Berlin', 'Europe/Berlin'],
    ['Europe/Londn', 'Europe/London'],
    ['europe/pariss', 'Europe/Paris'],
    ['Australia/Sidney', 'Australia/Sydney'],
    ['Turkey', 'Europe/Istanbul'],
    ['IST', undefined],
    ['cest', undefined],
    ['Asia/Atlantis', undefined],
    ['Asia/Pariss', undefined],
    ['E/Pariss', undefined],
    ['nowhere at all', undefined],
  ])('by %j is %s', (name, zone) => {
    expect(suggestTimezone(name)).toBe(zone);
  });
});

describe('a valid time zone that is unwise', () => {
  test.each([
    ['Etc/GMT+5', 'Etc/GMT+5 is 5 h behind UTC', 'or Etc/GMT-5 for UTC+5.'],
    ['etc/gmt-10', 'etc/gmt-10 is 10 h ahead of UTC', 'or Etc/GMT+10 for UTC-10.'],
    ['US/Eastern', 'US/Eastern is an old name of America/New_York.', 'Write America/New_York.'],
    ['canada/atlantic', 'canada/atlantic is an old name of America/Halifax.', 'Write America/Halifax.'],
    ['Brazil/East', 'Brazil/East is an old name of America/Sao_Paulo.', 'Write America/Sao_Paulo.'],
  ])('%s', (timezone, start, end) => {
    const advice = timezoneAdvice(timezone);
    expect([advice?.slice(0, start.length), advice?.slice(-end.length)]).toEqual([start, end]);
  });

  test.each(['Etc/GMT+0', 'Etc/GMT-0', 'Etc/GMT', 'UTC', 'Europe/Berlin', 'America/Chicago'])(
    'is not %s',
    (timezone) => {
      expect(timezoneAdvice(timezone)).toBeUndefined();
    },
  );

  test('is the matter of a calendar that is written out, and not of a policy that names one', () => {
    const calendar: Calendar = { timezone: 'US/Eastern', week: [], except: new Set() };
    expect(timezoneAdviceOf(calendar)).toBe(timezoneAdvice('US/Eastern'));
    expect(timezoneAdviceOf({ ...calendar, name: 'support' })).toBeUndefined();
    expect(timezoneAdviceOf(undefined)).toBeUndefined();
  });
});
