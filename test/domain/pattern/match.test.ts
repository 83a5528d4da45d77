import { describe, expect, test } from '@jest/globals';
import { matches } from '../../../lambda/domain/pattern/index.ts';
import { type Case, check, compiled } from './compiled.ts';

describe('fields', () => {
  test.each<Case>([
    ['{"a": [1], "b": [2]}', '{"a": 1, "b": 2, "c": 3}', true],
    ['{"a": [1], "b": [2]}', '{"a": 1}', false],
    ['{"a": {"b": {"c": [1]}}}', '{"a": {"b": {"c": 1}}}', true],
    ['{"a": {"b": [1]}}', '{"a": 1}', false],
    ['{"a": {"b": [1]}}', '{"a": null}', false],
    ['{"a": {"b": [{"exists": false}]}}', '{"a": "x"}', true],
    ['{"a": {"b": [{"exists": false}]}}', '{}', true],
    ['{"a": [1]}', '{"A": 1}', false],
    ['{"": [1]}', '{"": 1}', true],
    ['{"a": {"length": [1]}}', '{"a": "x"}', false],
  ])('%s on %s: %s', (...row) => check(row));
});

describe('a dot joins keys, in the pattern and in the event', () => {
  test.each<Case>([
    ['{"a.b": [1]}', '{"a": {"b": 1}}', true],
    ['{"a": {"b": [1]}}', '{"a.b": 1}', true],
    ['{"a": {"b": {"c": [1]}}}', '{"a.b": {"c": 1}}', true],
    ['{"a": {"b": {"c": [1]}}}', '{"a": {"b.c": 1}}', true],
    ['{"a": {"b.c": [1]}}', '{"a": {"b": "x", "b.c": 1}}', true],
    ['{"a": {"b": [1]}}', '{"a": {"b": 2}, "a.b": 1}', true],
    ['{"a": {"b": [{"exists": false}]}}', '{"a": {}, "a.b": 1}', false],
    ['{"a.b": [1]}', '{"a": {"c": 1}}', false],
    // Of several spellings any may match.
    ['{"a.b.c": [1]}', '{"a": {"b": {"c": 2}, "b.c": 1}}', true],
    ['{"a.b": [1]}', '{"a": [{"b": 1}], "a.b": 2}', true],
    ['{"a.b": [{"exists": false}]}', '{"a": {"b": 2}, "a.b": {}}', false],
    ['{"a": [{"exists": false}], "b.c": [1]}', '{"a": [{}], "b": {"c": 2}, "b.c": 1}', true],
  ])('%s on %s: %s', (...row) => check(row));
});

describe('$or', () => {
  test.each<Case>([
    ['{"a": [1], "$or": [{"b": [2]}, {"c": [3]}]}', '{"a": 1, "c": 3}', true],
    ['{"a": [1], "$or": [{"b": [2]}, {"c": [3]}]}', '{"a": 1, "c": 2}', false],
    ['{"a": [1], "$or": [{"b": [2]}, {"c": [3]}]}', '{"b": 2}', false],
    ['{"d": {"$or": [{"b": [2]}, {"c": [3]}]}}', '{"d": {"c": 3}}', true],
    ['{"d": {"$or": [{"b": [2]}, {"c": [3]}]}}', '{"c": 3}', false],
    ['{"$or": [{"a": [1], "$or": [{"b": [2]}, {"c": [3]}]}, {"d": [4]}]}', '{"a": 1, "c": 3}', true],
    ['{"$or": [{"a": [1], "$or": [{"b": [2]}, {"c": [3]}]}, {"d": [4]}]}', '{"c": 3}', false],
    ['{"$or": [{"a": [1], "$or": [{"b": [2]}, {"c": [3]}]}, {"d": [4]}]}', '{"d": 4}', true],
    [
      '{"$or": [{"a": [1]}, {"b": [1]}], "c": {"$or": [{"d": [1]}, {"e": [1]}]}}',
      '{"b":1,"c":{"d":1}}',
      true,
    ],
    ['{"$or": [{"a": [1]}, {"b": [1]}], "c": {"$or": [{"d": [1]}, {"e": [1]}]}}', '{"b":1,"c":{}}', false],
    // The last requirement on a field replaces earlier ones.
    ['{"a": [1], "$or": [{"a": [2]}, {"b": [3]}]}', '{"a": 2}', true],
    ['{"a": [1], "$or": [{"a": [2]}, {"b": [3]}]}', '{"a": 1}', false],
    ['{"a": [1], "$or": [{"a": [2]}, {"b": [3]}]}', '{"a": 1, "b": 3}', true],
    ['{"$or": [{"a": [2]}, {"b": [3]}], "a": [1]}', '{"a": 2}', false],
    ['{"$or": [{"a": [2]}, {"b": [3]}], "a": [1]}', '{"a": 1}', true],
  ])('%s on %s: %s', (...row) => check(row));
});

describe('names of inherited properties are keys like any other', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'];

  test.each(names)('%s as a field', (name) => {
    check([`{"${name}": ["a"]}`, `{"${name}": "a"}`, true]);
    check([`{"${name}": [{"exists": true}]}`, '{"b": 1}', false]);
    check([`{"${name}": [{"exists": false}]}`, '{"b": 1}', true]);
    check([`{"${name}": {"${name}": ["a"]}}`, `{"${name}": {"${name}": "a"}}`, true]);
    check([`{"${name}": {"name": [{"exists": false}]}}`, '{}', true]);
    check([`{"__proto__": {"${name}": [{"exists": true}]}}`, '{}', false]);
    check([`{"a": {"${name}": [{"exists": true}], "b": [1]}}`, '{"a": [{"b": 1}]}', false]);
    check([`{"a": {"${name}": [2], "b": [1]}}`, `{"a": [{"b": 1, "${name}": 2}]}`, true]);
  });

  test.each(names)('%s does not pollute prototypes', (name) => {
    const source = JSON.parse(`{"${name}": {"polluted": ["yes"]}}`);
    expect(matches(compiled(source), JSON.parse(`{"${name}": {"polluted": "yes"}}`))).toBe(true);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

test.each([null, undefined, 'VOICE', 5, [], [{ a: 1 }]])(
  'a value that is not an object matches no pattern: %j',
  (event) => {
    expect(matches(compiled({ a: [1, { exists: false }] }), event)).toBe(false);
  },
);
