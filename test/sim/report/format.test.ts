import { describe, expect, test } from '@jest/globals';
import { formatClock, formatStart } from '../../../sim/report/clock.ts';
import { difference } from '../../../sim/report/difference.ts';
import {
  BARE_SECONDS_CHANGE,
  formatSeconds,
  formatShare,
  formatWait,
  formatWaitChange,
  formatWithInterval,
  POINTS,
  SECONDS_CHANGE,
  SHARE,
  WAIT,
} from '../../../sim/report/format.ts';
import { about } from './fixture.ts';

describe('formats of figures', () => {
  test.each([
    [0, '0s'],
    [0.04, '0s'],
    [-0.04, '0s'],
    [3.44, '3.4s'],
    [9.96, '10s'],
    [272.4, '4m32s'],
    [3_599.6, '1h'],
    [7_830, '2h11m'],
    [-42, '−42s'],
    [Number.NaN, '–'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatWait(seconds)).toBe(text);
  });

  test.each([
    [42, '+42s'],
    [-3.4, '−3.4s'],
    [0, '0s'],
    [-0.01, '0s'],
    [10, '+10s'],
  ])('a change by %d seconds is %s', (seconds, text) => {
    expect(formatWaitChange(seconds)).toBe(text);
  });

  test.each([
    [0.04, '0', '0'],
    [-0.04, '0', '0'],
    [3.44, '3.4', '+3.4'],
    [9.96, '10', '+10'],
    [-272.4, '−272', '−272'],
    [7_830, '7,830', '+7,830'],
    [Number.NaN, '–', '–'],
  ])('%d seconds below a heading are %s, and as a change %s', (seconds, text, changed) => {
    expect([formatSeconds(seconds), BARE_SECONDS_CHANGE.value(seconds)]).toStrictEqual([text, changed]);
  });

  test('changes of waits beside each other have one unit', () => {
    expect(formatWithInterval(about(132, 12), SECONDS_CHANGE, 10)).toBe('+132\u00a0s (+120 to +144)');
  });

  test('shares and their differences', () => {
    expect(formatShare(0.8134)).toBe('81.3\u00a0%');
    expect(formatShare(1)).toBe('100.0\u00a0%');
    expect(formatShare(Number.NaN)).toBe('–');
    expect(POINTS.value(0.19)).toBe('+19.0 points');
    expect(POINTS.value(-0.0004)).toBe('0.0 points');
  });

  test('a figure is followed by its interval, if it has one', () => {
    expect(formatWithInterval(about(0.5, 0.1), SHARE, 10)).toBe('50.0\u00a0% (40.0 to 60.0)');
    expect(formatWithInterval(about(20, 5), WAIT, 10)).toBe('20s (15s to 25s)');
    expect(formatWithInterval(about(20), WAIT, 10)).toBe('20s');
    expect(formatWithInterval(about(20), WAIT, 1)).toBe('20s');
    expect(formatWithInterval(about(Number.NaN), WAIT, 10)).toBe('–');
  });

  test.each([
    [about(2, 1), 10, 'rose'],
    [about(-2, 1), 10, 'fell'],
    [about(1, 1), 10, 'unclear'],
    [about(0), 10, 'none'],
    [about(2), 1, 'one-run'],
    [about(0), 1, 'none'],
    [about(Number.NaN), 10, 'unclear'],
    [undefined, 10, 'unclear'],
  ] as const)('a change of %j in %d runs: %s', (change, runs, found) => {
    expect(difference(change, runs)).toBe(found);
  });

  test.each([
    ['2026-09-07T08:00:00Z', 95, 12, '09:35'],
    ['2026-09-07T23:30:00+02:00', 45, 12, '00:15'],
    ['2026-09-07T00:00:00Z', 2_880, 168, 'day 3'],
  ])('the time of day of %s after %d minutes', (startsAt, minutes, hours, text) => {
    expect(formatClock(startsAt, minutes, hours)).toBe(text);
  });

  test('the start keeps its UTC offset', () => {
    expect(formatStart('2026-09-07T08:00:00.000Z')).toBe('2026-09-07 08:00 UTC');
    expect(formatStart('2026-09-07T08:00:00+02:00')).toBe('2026-09-07 08:00 UTC+02:00');
    expect(formatStart('Monday')).toBe('Monday');
  });
});
