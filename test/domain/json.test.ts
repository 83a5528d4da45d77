import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { canonicalJson, defined, member, sameJson, without } from '../../lambda/domain/json.ts';

/** Returns the same value with the members of its objects in reverse order. */
function reverseMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseMembers);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, reverseMembers(member)] as const);
  return Object.fromEntries(entries.reverse());
}

/** Values after a round trip through JSON: -0 becomes 0. */
const jsonValues = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)));

describe('canonical JSON', () => {
  test.each([
    [{ b: 1, a: { d: [2, { f: 1, e: null }], c: 'x' } }, '{"a":{"c":"x","d":[2,{"e":null,"f":1}]},"b":1}'],
    [{ a: undefined, b: [undefined] }, '{"b":[null]}'],
    ['"', '"\\""'],
    [JSON.parse('{"__proto__":{"b":1,"a":2}}'), '{"__proto__":{"a":2,"b":1}}'],
  ])('%j', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test('parses as the same value and does not depend on the order of members', () => {
    fc.assert(
      fc.property(jsonValues, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(value);
        expect(canonicalJson(reverseMembers(value))).toBe(canonicalJson(value));
      }),
    );
  });
});

describe('two values are the same', () => {
  test('exactly if their canonical JSON is the same', () => {
    const pairs = fc.oneof(
      fc.tuple(jsonValues, jsonValues),
      jsonValues.map((value) => [value, reverseMembers(value)] as const),
      fc.tuple(
        fc.dictionary(fc.constantFrom('a', 'b'), fc.nat(1)),
        fc.dictionary(fc.constantFrom('a', 'b'), fc.nat(1)),
      ),
    );
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        expect(sameJson(a, b)).toBe(canonicalJson(a) === canonicalJson(b));
      }),
    );
  });

  test.each([
    [{ a: undefined }, {}, true],
    [{}, { a: undefined }, true],
    [{ a: undefined }, { a: 1 }, false],
    [[undefined], [null], true],
    [undefined, undefined, true],
    [undefined, null, false],
    [{}, [], false],
    [[1], [1, 2], false],
    [[1, 2], [1], false],
    [[], [null], false],
    [{}, { a: null }, false],
    [{ a: 1 }, { a: 1, b: undefined }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{}, { constructor: undefined }, true],
    [{}, { constructor: 1 }, false],
    [{ constructor: undefined }, {}, true],
  ])('%j and %j: %s', (a, b, same) => {
    expect(sameJson(a, b)).toBe(same);
  });
});

describe('defined', () => {
  test('omits undefined members and keeps all others', () => {
    const result = defined({ a: undefined, b: null, c: false, d: 0, e: '' });
    expect(Object.entries(result)).toEqual([
      ['b', null],
      ['c', false],
      ['d', 0],
      ['e', ''],
    ]);
  });
});

describe('a member by its name', () => {
  test.each([
    [{ Name: 1 }, 'name', 1],
    [{ NAME: 1, name: 2 }, 'name', 2],
    [{ name: 1 }, 'Name', 1],
    [{ name: undefined, Name: 1 }, 'name', undefined],
    [{ undefined: 1 }, 'name', undefined],
    [{}, 'constructor', undefined],
    [undefined, 'name', undefined],
  ])('in %j: %s is %j', (holder, name, value) => {
    expect(member(holder, name)).toBe(value);
  });
});

test('an object without a member has all others, and is another one', () => {
  const value = { a: 1, b: 2 };
  expect(without(value, 'a')).toEqual({ b: 2 });
  expect(value).toEqual({ a: 1, b: 2 });
});
