import { describe, expect, test } from '@jest/globals';
import { firstInstantOf, isTimezone, monotonicLocalTime } from '../../../lambda/domain/calendar/time-zone.ts';

const UTC = (time: string) => Date.parse(`${time}Z`);
const iso = (at: number) => new Date(at).toISOString().replace('.000Z', '').replace('Z', '');

let spellings = 0;

/** Another spelling of a zone each time: what is known of a zone is kept by its name, and would hide how it is found. */
function unseen(timezone: string): string {
  spellings += 1;
  const isUpper = (index: number) => ((spellings >> (index % 16)) & 1) === 1;
  return [...timezone.toLowerCase()]
    .map((letter, index) => (isUpper(index) ? letter.toUpperCase() : letter))
    .join('');
}

describe('the local time on a clock that is never set back', () => {
  test.each([
    ['UTC', '2026-01-01T00:00:00', '2026-01-01T00:00:00'],
    ['Asia/Kathmandu', '2026-01-01T00:00:00', '2026-01-01T05:45:00'],
    ['America/St_Johns', '2026-01-01T00:00:00', '2025-12-31T20:30:00'],
    ['Africa/Monrovia', '1972-01-06T12:00:00', '1972-01-06T11:15:30'],
    ['Africa/Monrovia', '1972-01-07T12:00:00', '1972-01-07T12:00:00'],
    ['Europe/Berlin', '2027-03-28T00:59:59', '2027-03-28T01:59:59'],
    ['Europe/Berlin', '2027-03-28T01:00:00', '2027-03-28T03:00:00'],
    ['Europe/Berlin', '2027-03-28T23:59:59', '2027-03-29T01:59:59'],
    ['America/New_York', '2027-03-14T06:59:59', '2027-03-14T01:59:59'],
    ['America/New_York', '2027-03-14T07:00:00', '2027-03-14T03:00:00'],
    ['Europe/Berlin', '2026-10-25T00:59:59', '2026-10-25T02:59:59'],
    ['Europe/Berlin', '2026-10-25T01:00:00', '2026-10-25T02:59:59.999'],
    ['Europe/Berlin', '2026-10-25T01:59:59', '2026-10-25T02:59:59.999'],
    ['Europe/Berlin', '2026-10-25T02:00:00', '2026-10-25T03:00:00'],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00', '2026-04-05T01:59:59.999'],
    ['Australia/Lord_Howe', '2026-04-04T15:30:00', '2026-04-05T02:00:00'],
  ])('in %s at %s UTC is %s', (timezone, at, local) => {
    expect(iso(monotonicLocalTime(unseen(timezone), UTC(at)))).toBe(local);
  });

  test('stands still for as long as clocks were set back, also over midnight in UTC', () => {
    // Alaska came to America in 1867, and had one day twice.
    const zone = unseen('America/Juneau');
    const from = UTC('1867-10-17T00:00:00');
    const stepMs = 600_000;
    const times = Array.from({ length: 4 * 144 }, (_, index) =>
      monotonicLocalTime(zone, from + index * stepMs),
    );
    const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(steps.every((step) => step >= 0 && step <= stepMs)).toBe(true);
    expect(steps.filter((step) => step === 0).length).toBe(143);
  });
});

test.each([
  ['Europe/Berlin', '2027-03-28T02:30:00', '2027-03-28T01:00:00'],
  ['Europe/Berlin', '2027-03-28T03:00:00', '2027-03-28T01:00:00'],
  ['Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T00:30:00'],
  ['Europe/Berlin', '2026-10-25T03:00:00', '2026-10-25T02:00:00'],
  ['Asia/Kathmandu', '2026-01-01T05:45:00', '2026-01-01T00:00:00'],
  ['America/Los_Angeles', '2026-01-01T23:00:00', '2026-01-02T07:00:00'],
  ['Pacific/Apia', '2011-12-30T12:00:00', '2011-12-30T10:00:00'],
  ['Pacific/Kiritimati', '2026-01-01T00:00:00', '2025-12-31T10:00:00'],
])('in %s, clocks first show %s or later at %s UTC', (timezone, local, at) => {
  expect(iso(firstInstantOf(unseen(timezone), UTC(local)))).toBe(at);
});

test('a time zone is a place, UTC or GMT', () => {
  const names = [
    'Europe/Berlin',
    'america/new_york',
    'UTC',
    'gmt',
    'EST',
    '+01:00',
    'BST',
    'Europe/Nowhere',
    '',
  ];
  expect(names.filter(isTimezone)).toEqual(['Europe/Berlin', 'america/new_york', 'UTC', 'gmt']);
});
