import { describe, expect, test } from '@jest/globals';
import {
  compilePattern,
  EVERYTHING,
  fieldsUnder,
  isOfEmptyPattern,
  matches,
  pathsUnder,
  requiring,
  withoutField,
} from '../../../lambda/domain/pattern/index.ts';
import { compiled } from './compiled.ts';

describe('fieldsUnder returns the names directly below a key', () => {
  test.each([
    [{ attributes: { tier: ['gold'] } }, ['tier']],
    [{ attributes: { b: [1], a: [2] } }, ['a', 'b']],
    [
      { attributes: { a: [1] }, $or: [{ attributes: { b: [1] } }, { attributes: { a: [2], c: [1] } }] },
      ['a', 'b', 'c'],
    ],
    [{ attributes: { $or: [{ a: [1] }, { $or: [{ b: [1] }, { c: [1] }] }] } }, ['a', 'b', 'c']],
    [{ attributes: { a: { deep: [1] } } }, ['a']],
    [{ attributes: { 'a.b': [1] } }, ['a.b']],
    [{ 'attributes.a': [1], 'attributes.b.c': [1] }, ['a', 'b.c']],
    [{ attributes: { __proto__x: [1], constructor: [1] } }, ['__proto__x', 'constructor']],
    [{ attributes: ['x'], attributesToo: { a: [1] }, tags: { attributes: { a: [1] } } }, []],
    [{ $or: [{ attributes: { b: [1] } }, { attributes: { a: [1] } }] }, ['a', 'b']],
  ])('%j', (source, names) => {
    expect(fieldsUnder(compiled(source), 'attributes')).toStrictEqual(names);
  });
});

test.each([
  [{ attributes: { b: { y: [1], x: [1] }, a: [2] } }, ['a', 'b.x', 'b.y']],
  [{ $or: [{ attributes: { b: [1] } }, { 'attributes.a': [1] }, { attributes: { b: [2] } }] }, ['a', 'b']],
  [{ attributes: ['x'], attributesToo: { a: [1] }, tags: { attributes: { a: [1] } } }, []],
])('pathsUnder returns the names below a key, sorted: %j', (source, names) => {
  expect(pathsUnder(compiled(source), 'attributes')).toEqual(names);
});

describe('requiring returns the branches that need a key', () => {
  test.each([
    [{ signals: ['x'] }, 1],
    [{ $or: [{ signals: ['x'] }, { b: [1] }] }, 1],
    [{ $or: [{ signals: ['x'] }, { signals: ['y'], b: [1] }] }, 2],
  ])('%j', (source, count) => {
    expect(requiring(compiled(source), 'signals')?.rules).toHaveLength(count);
  });

  test.each([
    { b: [1] },
    { signals: ['x', { exists: false }] },
    { signals: { deep: [1] } },
    { a: { signals: [1] } },
  ])('none: %j', (source) => {
    expect(requiring(compiled(source), 'signals')).toBeUndefined();
  });
});

test.each<[source: unknown, isEmpty: boolean]>([
  [{}, true],
  ['x', true],
  [{ a: {} }, false],
  [{ $or: Array(1001).fill({ a: [1] }) }, false],
  [{ a: [] }, false],
])('only of a pattern that is missing as a whole it is said that it is: %#', (source, isEmpty) => {
  expect(compilePattern(source).problems.map(isOfEmptyPattern)).toEqual([isEmpty]);
});

describe('withoutField removes the requirements on a key', () => {
  const cases: readonly (readonly [source: object, without: object])[] = [
    [{ a: [1], b: [2] }, { b: [2] }],
    [{ a: { x: [1], y: { z: [2] } }, b: [2] }, { b: [2] }],
    [
      { 'a.x': [1], 'a-x': [3], ab: [2] },
      { 'a-x': [3], ab: [2] },
    ],
    [{ b: { a: [1] } }, { b: { a: [1] } }],
    [
      { b: [2], $or: [{ a: [1], c: [3] }, { d: [4] }] },
      { b: [2], $or: [{ c: [3] }, { d: [4] }] },
    ],
    [{ b: [2], $or: [{ a: [1] }, { d: [4] }] }, { b: [2] }],
    [{ b: [2], $or: [{ c: [3] }, { $or: [{ a: [1] }, { d: [4] }] }] }, { b: [2] }],
  ];
  const events = [2, 3].flatMap((b) =>
    [3, 4].flatMap((c) => [3, 4].map((d) => ({ a: 9, b, c, d, ab: 2, 'a-x': 3 }))),
  );

  test.each(cases)('%j', (source, without) => {
    const left = withoutField(compiled(source), 'a');
    const expected = compiled(without);
    for (const event of events) expect(matches(left, event)).toBe(matches(expected, event));
    expect(fieldsUnder(left, 'a')).toEqual([]);
  });

  test.each([{ a: [1] }, { a: { b: [1] } }, { $or: [{ a: [1] }, { a: [2], b: [3] }] }])(
    'a pattern without remaining requirements matches everything: %j',
    (source) => {
      const left = withoutField(compiled(source), 'a');
      expect(left).toBe(EVERYTHING);
      for (const event of [{}, { a: [] }, null, 'a', []]) expect(matches(left, event)).toBe(true);
    },
  );

  test('the original pattern does not change', () => {
    const pattern = compiled({ a: [1], b: [2] });
    withoutField(pattern, 'a');
    expect(matches(pattern, { a: 9, b: 2 })).toBe(false);
  });
});
