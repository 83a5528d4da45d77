import { beforeEach, describe, expect, test } from '@jest/globals';
import { nonNegativeSeconds, parseHours } from '../../../cli/options/duration.ts';
import { integer } from '../../../cli/options/integer.ts';
import { repeated } from '../../../cli/options/repeated.ts';
import { momentOf, timeOf } from '../../../cli/options/time.ts';

describe('integer', () => {
  test.each([
    ['0', 0],
    ['007', 7],
    ['10', 10],
  ])('%s is %d', (text, value) => {
    expect(integer(0, 10)(text)).toBe(value);
  });

  test.each(['', '-1', '11', '1.5', '1e1', 'x', ' 1'])('%j is not from 0 to 10', (text) => {
    expect(() => integer(0, 10)(text)).toThrow('Expected a whole number from 0 to 10.');
  });

  test('has no upper bound by default', () => {
    expect(integer(1)('1000000')).toBe(1_000_000);
    expect(() => integer(1)('0')).toThrow('Expected a whole number that is at least 1.');
  });
});

describe('durations', () => {
  test.each([
    ['0s', 0],
    ['1h30m', 5_400],
    ['PT3M', 180],
    ['-3m', undefined],
    ['3', undefined],
  ])('%s is %p seconds', (text, seconds) => {
    expect(nonNegativeSeconds(text)).toBe(seconds);
  });

  test.each([
    ['0.5', 0.5],
    ['8784', 8_784],
  ])('%s is %d hours', (text, hours) => {
    expect(parseHours(text)).toBe(hours);
  });

  test.each(['', ' ', '0', '-1', '8785', 'x'])('%j is not a number of hours', (text) => {
    expect(() => parseHours(text)).toThrow('Expected a number of hours, such as 2 or 0.5.');
  });
});

describe('times', () => {
  const printed: string[] = [];
  const parseTime = timeOf('--from', (text) => printed.push(text));
  const parseMoment = momentOf('--at', (text) => printed.push(text));
  beforeEach(() => {
    printed.length = 0;
  });

  test.each([
    [parseTime, '2026-11-23', '2026-11-23T00:00:00Z', '--from'],
    [parseTime, '2026-11-23T10:00', '2026-11-23T10:00:00Z', '--from'],
    [parseTime, '2026-11-23 10:00:30.5', '2026-11-23T10:00:30.500Z', '--from'],
    [parseMoment, '2026-11-23T10:00', '2026-11-23T10:00:00Z', '--at'],
    [parseMoment, '2026-11-23 10:00', '2026-11-23T10:00:00Z', '--at'],
  ])('%p of %s without a zone is in UTC, and says so', (parse, text, utc, option) => {
    const parsed = parse(text);
    expect(parsed).toEqual(option === '--at' ? { at: Date.parse(utc) } : Date.parse(utc));
    expect(printed).toEqual([
      `escalator: ${option} ${text} names no zone and is taken as UTC. Add Z, or an offset such as +01:00.\n`,
    ]);
  });

  test('a time with a zone, and a wait, say nothing', () => {
    parseTime('2026-11-23T10:00:00+0100');
    parseMoment('2026-11-23T10:00Z');
    parseMoment('3m');
    expect(printed).toEqual([]);
  });

  test.each(['2026-11-23', '2026-11-23T10:00:00Z', '2026-11-23T10:00:00+01:00'])('%s is a time', (text) => {
    expect(parseTime(text)).toBe(Date.parse(text));
  });

  test.each(['', '10:00', '2026', '2026-13-01', '2026-02-30', '2027-02-29T10:00:00Z', '3m'])(
    '%j is not a time',
    (text) => {
      expect(() => parseTime(text)).toThrow('Expected a time such as 2026-11-23T10:00:00Z.');
    },
  );

  test.each([
    ['3m', { waitedSeconds: 180 }],
    ['2026-11-23T10:03:00Z', { at: Date.parse('2026-11-23T10:03:00Z') }],
  ])('%s is a moment', (text, moment) => {
    expect(parseMoment(text)).toEqual(moment);
  });

  test.each(['', '-3m', 'soon', '2026-11-23'])('%j is not a moment', (text) => {
    expect(() => parseMoment(text)).toThrow('Expected a wait such as 3m, or a time such as');
  });
});

test('repeated collects values in their order', () => {
  expect(repeated('b', repeated('a'))).toEqual(['a', 'b']);
});
