import { describe, expect, test } from '@jest/globals';
import { EVERYTHING, fieldsUnder, matches, withoutField } from '../../../lambda/domain/pattern/index.ts';
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
  ])('%j', (source, names) => {
    expect(fieldsUnder(compiled(source), 'attributes')).toEqual(names);
  });
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
      expect(withoutField(compiled(source), 'a')).toBe(EVERYTHING);
    },
  );

  test('the original pattern does not change', () => {
    const pattern = compiled({ a: [1], b: [2] });
    withoutField(pattern, 'a');
    expect(matches(pattern, { a: 9, b: 2 })).toBe(false);
  });
});
