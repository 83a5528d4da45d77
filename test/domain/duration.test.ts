import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  durationSeconds,
  formatDuration,
  formatSpan,
  suggestDuration,
} from '../../lambda/domain/duration.ts';

describe('durations', () => {
  test.each([
    ['45s', 45],
    ['3m', 180],
    ['1h30m', 5_400],
    ['1h30m5s', 5_405],
    ['0s', 0],
    ['-0s', 0],
    ['-2m', -120],
    ['PT3M', 180],
    ['PT1H30M', 5_400],
    ['P1D', 86_400],
    ['P1DT1S', 86_401],
    ['-PT5M', -300],
    ['', undefined],
    ['-', undefined],
    ['P', undefined],
    ['PT', undefined],
    ['P1DT', undefined],
    ['90', undefined],
    ['1.5m', undefined],
    ['3 m', undefined],
    ['30m1h', undefined],
    ['3min', undefined],
    ['366h', 1_317_600],
    ['P366D', 31_622_400],
    ['P367D', undefined],
    ['99999999999999999999s', undefined],
  ])('%j is %p seconds', (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });

  test('a formatted duration parses as the same seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: -31_622_400, max: 31_622_400 }), (seconds) => {
        expect(durationSeconds(formatDuration(seconds))).toBe(seconds === 0 ? 0 : seconds);
      }),
    );
  });
});

describe('measured spans', () => {
  test.each([
    [0, '0s'],
    [0.9, '0s'],
    [59, '59s'],
    [90, '1m30s'],
    [3_599, '59m59s'],
    [3_661, '1h1m'],
    [86_399, '23h59m'],
    [86_400, '1d'],
    [39 * 3_600 + 13 * 60 + 25, '1d15h'],
    [-(39 * 3_600 + 13 * 60 + 25), '-1d15h'],
    [400 * 86_400 + 1, '400d'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatSpan(seconds)).toBe(text);
  });

  test('have two units at most, and are short by less than one of the smaller unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 31_622_400 }), (seconds) => {
        const text = formatSpan(seconds);
        expect(text).toMatch(/^\d+[dhms](\d+[hms])?$/);
        const short = seconds - (durationSeconds(text) ?? Number.NaN);
        expect(short).toBeGreaterThanOrEqual(0);
        expect(short).toBeLessThan(seconds >= 86_400 ? 3_600 : seconds >= 3_600 ? 60 : 1);
      }),
    );
  });
});

describe('durations in other notations', () => {
  test.each([
    ['90', '90s'],
    ['90 sec', '90s'],
    ['2 minutes', '2m'],
    ['1.5m', '1m30s'],
    ['1,5 h', '1h30m'],
    ['1H30M', '1h30m'],
    ['2d', '2d'],
    ['2 days', '2d'],
    ['1_000', '1000s'],
    ['-5 min', '-5m'],
    ['3:00', undefined],
    ['1h 30', undefined],
    ['500ms', undefined],
    ['0.5', undefined],
    ['soon', undefined],
    ['3 hrs', '3h'],
    ['1 Stunde', '1h'],
    ['2 Tage', '2d'],
    ['90 Sek', '90s'],
    ['1 month', undefined],
    ['2 mois', undefined],
    ['1 semaine', undefined],
    ['5 meters', undefined],
    ['1 h 2 x', undefined],
    ['1.5', undefined],
    ['', undefined],
    ['1.5 days', '1d12h'],
    ['90 s', '90s'],
    ['90 minutes', '90m'],
    ['36 hours', '36h'],
    ['1 day 36 hours', '1d36h'],
    ['30.0 secs', '30s'],
    ['5 h', '5h'],
    ['5 Std', '5h'],
    ['7 Tage', '7d'],
    ['2 weeks', '14d'],
    ['1 Woche', '7d'],
    ['52 wks', '364d'],
    ['53 weeks', undefined],
    ['0.5 jours', '12h'],
    ['8784.0 h', '366d'],
    ['8784.5 h', undefined],
    ['about 5m', undefined],
    ['5m!', undefined],
    ['1.0005m', undefined],
    ['5 min. 30 sec.', '5m30s'],
  ])('%j: %j', (text, suggestion) => {
    expect(suggestDuration(text)).toBe(suggestion);
  });

  test('a suggestion is always a duration', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^-?(\d{1,6}([.,]\d{1,2})? ?(h|m|s|d|min|sec)? ?){1,3}$/), (text) => {
        const suggestion = suggestDuration(text);
        if (suggestion !== undefined) expect(durationSeconds(suggestion)).toEqual(expect.any(Number));
      }),
    );
  });
});
