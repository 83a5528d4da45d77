import { describe, expect, test } from '@jest/globals';
import { DURATION_FORM, durationSeconds } from '../../../lambda/domain/duration.ts';
import { correction } from '../../../lambda/domain/validation/correction.ts';

const advice = (found: unknown, expected: string, accepts: (value: unknown) => boolean = () => true) =>
  correction(found, expected, 'a value', accepts);

describe('what to write instead of', () => {
  test('an ARN of another kind, where an ARN would do', () => {
    const arn = 'arn:aws:connect:eu-central-1:123456789012:instance/i-1';
    const accepts = (value: unknown) => value === 'i-1';
    expect(correction(arn, 'string', 'an id, or an ARN: arn:aws:connect:…', accepts)).toBe('');
    expect(correction(arn, 'string', 'an id', accepts)).toBe(' Write "i-1".');
  });

  test.each<[found: unknown, expected: string, advice: string]>([
    ...['true', 'Yes', 'ON', ' y ', '1', 1].map((found): [unknown, string, string] => [
      found,
      'boolean',
      ' Write true, without quotes.',
    ]),
    ...['false', 'No', 'OFF', ' n ', '0', 0].map((found): [unknown, string, string] => [
      found,
      'boolean',
      ' Write false, without quotes.',
    ]),
    ['maybe', 'boolean', ''],
    [['true'], 'boolean', ' Write "true".'],
    ['7', 'int', ' Write 7, without quotes.'],
    [' 7 ', 'number', ' Write 7, without quotes.'],
    ['-1_000,000', 'number', ' Write -1000000, without quotes.'],
    ['12,5', 'number', ' Write 12.5, without quotes.'],
    ['20 Per Cent', 'number', ' Write 20, without quotes.'],
    ['seven', 'number', ''],
    ['7 or so\n', 'number', ''],
    ['1234567890123456', 'number', ''],
    [true, 'number', ''],
    [true, 'string', ' Write "true".'],
    [7, 'string', ' Write "7".'],
    [['x'], 'string', ' Write "x".'],
    ['x', 'array', ' Write ["x"].'],
    [7, 'array', ' Write [7].'],
    ['x'.repeat(196), 'array', ` Write ["${'x'.repeat(196)}"].`],
    ['x'.repeat(197), 'array', ''],
    [{ a: 1 }, 'array', ' Write it as an entry of a list, in YAML with "- " before it.'],
    ['a\u00a0b', 'array', ' Write ["a\u00a0b"].'],
    [['7'], 'number', ' Write "7".'],

    ['x', 'object', ''],
  ])('%j for a value of the type %s', (found, expected, text) => {
    expect(advice(found, expected)).toBe(text);
  });

  test('a value that would do as the entry of a list', () => {
    const accepts = (value: unknown) => Array.isArray(value) && value[0] === 'x';
    expect(advice('x', 'array', accepts)).toBe(' Write ["x"].');
    expect(advice('y', 'array', accepts)).toBe('');
  });

  test('a percentage that is a share', () => {
    expect(advice('7%', 'number', (value) => Number(value) <= 1)).toBe(' Write 0.07, without quotes.');
    expect(advice('7', 'number', (value) => Number(value) <= 1)).toBe('');
  });

  test.each([
    [1_700_000_000, '2023-11-14T22:13:20.000Z'],
    [1_700_000_000_000, '2023-11-14T22:13:20.000Z'],
    [-1, '1969-12-31T23:59:59.000Z'],
    [99_999_999_999, '5138-11-16T09:46:39.000Z'],
    [100_000_000_000, '1973-03-03T09:46:40.000Z'],
    [8.64e15, '+275760-09-13T00:00:00.000Z'],
  ])('a time as the number %d', (found, time) => {
    expect(advice(found, 'string', (value) => String(value).endsWith('Z'))).toBe(` Write "${time}".`);
  });

  test('a number that is no time', () => {
    expect(advice(8.65e15, 'string', (value) => String(value).endsWith('Z'))).toBe('');
  });

  test('a duration in another notation', () => {
    const accepts = (value: unknown) => typeof value === 'string' && durationSeconds(value) !== undefined;
    const duration = (found: unknown) => correction(found, 'string', DURATION_FORM, accepts);
    expect(duration('3 minutes')).toBe(' Write "3m".');
    expect(duration(90)).toBe(' Write "90s".');
    expect(duration('soon')).toBe('');
    expect(duration(['3m'])).toBe(' Write "3m".');
  });
});
