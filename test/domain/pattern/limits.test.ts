import { describe, expect, test } from '@jest/globals';
import { compilePattern, matches } from '../../../lambda/domain/pattern/index.ts';
import { compiled } from './compiled.ts';

/** Wraps a value `levels` times. */
function nested(levels: number, wrap: (value: unknown) => unknown, value: unknown): unknown {
  let wrapped = value;
  for (let level = 0; level < levels; level++) wrapped = wrap(wrapped);
  return wrapped;
}

const inField = (value: unknown) => ({ a: value });
const inList = (value: unknown) => [value];
const inOr = (value: unknown) => ({ $or: [value, { b: [1] }] });

describe('deep patterns', () => {
  test('64 levels are allowed', () => {
    const event = nested(64, inField, 1);
    expect(matches(compiled(nested(64, inField, [1])), event)).toBe(true);
    expect(matches(compiled(nested(64, inField, [2])), event)).toBe(false);
  });

  test.each([
    ['fields', nested(65, inField, [1]), Array(65).fill('a'), 65],
    ['very deep fields', nested(100_000, inField, [1]), Array(65).fill('a'), 65],
    ['dots', { 'a.a': nested(63, inField, [1]) }, ['a.a', ...Array(63).fill('a')], 65],
    ['$or in $or', nested(100_000, inOr, { a: [1] }), Array(33).fill(['$or', 0]).flat(), 66],
  ])('too deep: %s', (_, source, path, levels) => {
    expect(compilePattern(source).problems[0]).toEqual({
      code: 'too-deep',
      path,
      message: `Found a field ${levels} levels deep. Write it with at most 64.`,
      found: levels,
      allowed: 'at most 64 levels',
    });
  });

  test.each([
    ['in a list of values', { a: nested(100_000, inList, 1) }, 'bad-value'],
    ['in an operator', { a: [{ prefix: nested(100_000, inField, 1) }] }, 'unknown-operator'],
    ['in anything-but', { a: [{ 'anything-but': nested(100_000, inList, 1) }] }, 'bad-exclusion'],
    ['in numeric', { a: [{ numeric: ['=', nested(100_000, inList, 1)] }] }, 'not-a-number'],
  ])('a very deep value %s', (_, source, code) => {
    expect(compilePattern(source).problems.map((problem) => problem.code)).toEqual([code]);
  });
});

describe('deep events', () => {
  const inner = compiled({ a: { b: [1], c: [2] } });

  test('lists in lists match up to a depth of 64', () => {
    expect(matches(inner, { a: nested(64, inList, { b: 1, c: 2 }) })).toBe(true);
    expect(matches(inner, { a: nested(65, inList, { b: 1, c: 2 }) })).toBe(false);
    expect(matches(inner, { a: [nested(63, inList, { b: 1, c: 2 }), { b: 2, c: 2 }] })).toBe(true);
    expect(matches(inner, { a: [nested(64, inList, { b: 1, c: 2 }), { b: 2, c: 2 }] })).toBe(false);
  });

  test('an event of any depth does not exhaust the stack', () => {
    expect(matches(inner, { a: nested(100_000, inList, { b: 1, c: 2 }) })).toBe(false);
    expect(matches(inner, nested(100_000, inField, 1))).toBe(false);
  });
});

describe('$or combinations', () => {
  const branches = (count: number) => Array.from({ length: count }, (_, index) => ({ a: [index] }));

  test('1000 are allowed', () => {
    const pattern = compiled({ $or: branches(100), x: { $or: branches(10) } });
    expect(matches(pattern, { a: 99, x: { a: 9 } })).toBe(true);
    expect(matches(pattern, { a: 99, x: { a: 10 } })).toBe(false);
  });

  test.each([
    [{ $or: branches(1001) }, 1001, '1001'],
    [{ $or: branches(100), x: { $or: branches(11) } }, 1100, '1100'],
    [{ $or: [...branches(1), { $or: branches(1000) }] }, 1001, '1001'],
    [{ $or: branches(1000), x: { $or: branches(1000) } }, 1_000_000, '1000000'],
    [
      nested(30, (value) => ({ $or: branches(100), x: value }), [1]),
      expect.closeTo(1e60, -50),
      'over a million',
    ],
  ])('more than 1000 are rejected: case %#', (source, found, count) => {
    expect(compilePattern(source).problems).toEqual([
      {
        code: 'too-many-combinations',
        path: [],
        message:
          `The $or lists multiply out to ${count} combinations; at most 1000 are allowed. ` +
          'Write a field with several values in its list instead of several $or branches for the same field.',
        found,
        allowed: 'at most 1000 combinations',
      },
    ]);
  });
});

describe('huge values', () => {
  test('a wildcard with many asterisks does not take exponential time', () => {
    const pattern = compiled({ a: [{ wildcard: `${'*a'.repeat(2000)}*b` }] });
    expect(matches(pattern, { a: 'a'.repeat(1_000_000) })).toBe(false);
    expect(matches(pattern, { a: `${'a'.repeat(1_000_000)}b` })).toBe(true);
  });

  test('many values, many fields', () => {
    const values = Array.from({ length: 50_000 }, (_, index) => `v${index}`);
    const fields = Object.fromEntries(values.map((name) => [name, values.slice(0, 2)]));
    const pattern = compiled({ a: values, b: fields });
    const event = { a: 'v49999', b: Object.fromEntries(values.map((name) => [name, 'v1'])) };
    expect(matches(pattern, event)).toBe(true);
    expect(matches(pattern, { ...event, b: { ...event.b, v777: 'v2' } })).toBe(false);
  });

  test('long lists of objects', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => ({ x: index, y: [{ z: index }, { w: 0 }] }));
    const event = { a: many, b: many, c: many };
    const last = { x: [19_999], y: { z: [19_999] } };
    expect(matches(compiled({ a: last, b: last, c: last }), event)).toBe(true);
    expect(matches(compiled({ a: last, b: last, c: { ...last, x: [0] } }), event)).toBe(false);
  });

  test('messages are short', () => {
    const long = 'x'.repeat(1_000_000);
    const { problems } = compilePattern({ a: long, b: [{ [long]: 1 }, { cidr: long }] });
    expect(problems).toHaveLength(3);
    for (const { message } of problems) expect(message.length).toBeLessThan(400);
  });
});
