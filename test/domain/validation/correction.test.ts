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
    [['7', '8'], 'number', ''],
    [[{ a: 1 }], 'object', ' Write the entry itself, without the list around it.'],
    ['x', 'object', ''],
    ['after: 30s', 'object', ''],
    ['after:30s', 'object', ' Write a space after each colon, as in "after: 30s".'],
    ['-after:30s', 'object', ''],
    ['after:30s', 'array', ' Write ["after:30s"].'],
    [{ a: 1 }, 'string', ''],
    [{ a: 1 }, 'boolean', ''],
    ['a, b ;c', 'array', ' Write ["a", "b", "c"].'],
    [' a ', 'array', ' Write ["a"].'],
    ['a,', 'array', ' Write ["a,"].'],
    ['', 'array', ' Write [""].'],
    ['a,,b', 'array', ' Write ["a,,b"].'],
    ...['20/s', '20 / sec', '20 per second', '20 PER SEC.', '“20”', "'20'"].map(
      (found): [unknown, string, string] => [found, 'number', ' Write 20, without quotes.'],
    ),
    ['20/minute', 'number', ''],
    ['1,234,567', 'number', ' Write 1234567, without quotes.'],
    ['1,2345', 'number', ''],
    ['-0,25', 'number', ' Write -0.25, without quotes.'],
    ['12,5,5', 'number', ''],
    ['.5', 'number', ''],
    ['5.', 'number', ''],
    ['1.01234567890', 'number', ''],
    ['« X »', 'string', ' Write "X".'],
    [' x ', 'string', ' Write "x".'],
    ['arn:aws:connect:x:1:instance/i/queue/q', 'string', ' Write "arn:aws:connect:x:1:instance/i/queue/q".'],
    [null, 'boolean', ''],
    [undefined, 'number', ''],
    [7, 'int', ''],
    ['x', 'enum', ''],
  ])('%j for a value of the type %s', (found, expected, text) => {
    expect(advice(found, expected)).toBe(text);
  });

  test('a value that would do as the entry of a list', () => {
    const accepts = (value: unknown) => Array.isArray(value) && value[0] === 'x';
    expect(advice('x', 'array', accepts)).toBe(' Write ["x"].');
    expect(advice('y', 'array', accepts)).toBe('');
    expect(advice('x, y', 'array', (value) => JSON.stringify(value) === '["x, y"]')).toBe(' Write ["x, y"].');
  });

  test('an object that would do as the entry of a list', () => {
    const accepts = (value: unknown) => Array.isArray(value) && value.length === 1;
    const entry = ' Write it as an entry of a list, in YAML with "- " before it.';
    expect(advice({ a: 1 }, 'array', accepts)).toBe(entry);
    expect(advice({ a: 1 }, 'array', () => false)).toBe('');
  });

  test('a text in other letters', () => {
    expect(advice(' Gold ', 'string', (value) => value === 'gold')).toBe(' Write "gold".');
  });

  test('an id that stands at the end of an ARN alone', () => {
    const accepts = (value: unknown) => value === 'q';
    expect(advice('arn:aws:connect:x:1:instance/i/queue/q', 'string', accepts)).toBe(' Write "q".');
    expect(advice('instance/i/queue/q', 'string', accepts)).toBe('');
    const isShort = (value: unknown) => String(value).length === 1;
    expect(advice('arn:aws:connect:x:1:instance/i/queue/q', 'string', isShort)).toBe(' Write "q".');
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
    expect(duration('3M')).toBe(' Write "3m".');
    expect(duration('“3m”')).toBe(' Write "3m".');
    expect(correction('Horizon', 'string', DURATION_FORM, () => true)).toBe(' Write "horizon".');
    expect(duration(true)).toBe('');
    expect(duration({ minutes: 3 })).toBe('');
  });

  test.each([
    ['3:00', ' Write "3m" or "3h".'],
    [' 1:30 ', ' Write "1m30s" or "1h30m".'],
    ['0:05', ' Write "5s" or "5m".'],
    ['120:00', ' Write "2h" or "5d".'],
    ['1:2:3', ''],
    ['1:234', ''],
  ])('a time on a clock, %j, in place of a duration', (found, text) => {
    const accepts = (value: unknown) => typeof value === 'string' && durationSeconds(value) !== undefined;
    const form = `${DURATION_FORM}, at least 1s`;
    expect(correction(found, 'string', form, accepts)).toBe(text);
  });

  test('a time on a clock of which one meaning is refused', () => {
    const accepts = (value: unknown) => Number(durationSeconds(String(value))) <= 3_600;
    expect(correction('3:00', 'string', DURATION_FORM, accepts)).toBe(' Write "3m".');
    expect(correction('3:00', 'string', DURATION_FORM, () => false)).toBe('');
    expect(correction('3:00', 'string', 'a text', () => true)).toBe(' Write "3:00".');
  });
});
