import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compilePattern, matches } from '../../../lambda/domain/pattern/index.ts';
import { likelyEvent, likelySource } from './arbitraries.ts';
import { type Case, check } from './compiled.ts';
import { matchesSlowly } from './event-ruler.ts';

describe('one element of a list matches all fields in the list', () => {
  test.each<Case>([
    ['{"a": {"x": [1], "y": [2]}}', '{"a": [{"x": 1, "y": 2}]}', true],
    ['{"a": {"x": [1], "y": [2]}}', '{"a": [{"x": 1}, {"y": 2}]}', false],
    ['{"a": {"x": [1], "y": [2]}}', '{"a": [{"x": 1}, {"y": 2}, {"x": 1, "y": 2}]}', true],
    ['{"a": {"x": [1]}, "b": {"y": [2]}}', '{"a": [{}, {"x": 1}], "b": [{"y": 2}]}', true],
    ['{"a": {"b": {"x": [1]}, "y": [2]}}', '{"a": [{"b": [{"x": 3}, {"x": 1}], "y": 2}]}', true],
    ['{"a": {"b": {"x": [1]}, "y": [2]}}', '{"a": [{"b": [{"x": 1}]}, {"y": 2}]}', false],
    ['{"a": {"b": {"x": [1], "y": [2]}}}', '{"a": [{"b": {"x": 1}}, {"b": {"y": 2}}]}', false],
    ['{"a": {"b": [1], "c": [2]}}', '{"a": [[{"b": 1}], [{"c": 2}]]}', false],
    ['{"a": {"b": [1], "c": [2]}}', '{"a": [[{"b": 1, "c": 2}]]}', true],
    // Values directly in a list select no element.
    ['{"a": {"b": [1], "c": [2]}}', '{"a": {"b": [0, 1], "c": [2, 3]}}', true],
    ['{"a": {"b": [1], "c": [4]}}', '{"a": [{"b": [0, 1], "c": [2, 3]}, {"b": [2], "c": [4]}]}', false],
    ['{"$or": [{"a": {"x": [1]}}, {"a": {"y": [2]}}]}', '{"a": [{"z": 1}, {"y": 2}]}', true],
    ['{"a": {"$or": [{"x": [1]}, {"z": [3]}], "y": [2]}}', '{"a": [{"x": 1}, {"y": 2, "z": 3}]}', true],
    ['{"a": {"$or": [{"x": [1]}, {"z": [3]}], "y": [2]}}', '{"a": [{"x": 1, "z": 3}, {"y": 2}]}', false],
  ])('%s on %s: %s', (...row) => check(row));
});

describe('a field that must be absent', () => {
  test.each<Case>([
    // It is looked for in the element that a field earlier in the alphabet settled, or else in all of them.
    ['{"a": {"x": [1], "y": [{"exists": false}]}}', '{"a": [{"x": 1}, {"y": 2}]}', true],
    ['{"a": {"x": [1], "y": [{"exists": false}]}}', '{"a": [{"x": 1, "y": 2}]}', false],
    ['{"a": {"x": [{"exists": false}], "y": [2]}}', '{"a": [{"x": 1}, {"y": 2}]}', false],
    ['{"a": {"x": [{"exists": false}], "y": [2]}}', '{"a": [{"z": 1}, {"y": 2}]}', true],
    ['{"a": {"x": [{"exists": false}]}}', '{"a": [{"y": 1}, {"x": 2}]}', false],
    ['{"a": {"x": [{"exists": false}]}}', '{"a": [{}, []]}', true],
    ['{"a": {"x": [{"exists": false}, 1], "y": [2]}}', '{"a": [{"x": 3}, {"y": 2}]}', false],
    ['{"a": {"x": [{"exists": false}, 1], "y": [2]}}', '{"a": [{"x": 1, "y": 2}, {"y": 2}]}', true],
    ['{"a": {"x": [{"exists": false}, 1], "y": [2]}}', '{"a": [{"x": 1}, {"y": 2}]}', false],
    // A value may select an element, and then fields in other elements do not count.
    ['{"a": ["v"], "a.e": [{"exists": false}]}', '{"a": ["v", {"e": 1}]}', false],
    ['{"a": ["v"], "a.e": [{"exists": false}]}', '{"a": [["v"], {"e": 1}]}', true],
    ['{"a": ["v"], "a.e": [{"exists": false}]}', '{"a": ["v", ["v"], {"e": 1}]}', true],
  ])('%s on %s: %s', (...row) => check(row));
});

test('matches the same events as the reference implementation', () => {
  let matched = 0;
  let unmatched = 0;
  fc.assert(
    fc.property(likelySource, fc.array(likelyEvent, { minLength: 5, maxLength: 5 }), (candidate, events) => {
      const { pattern } = compilePattern(candidate);
      if (!pattern) return;
      for (const one of events) {
        const expected = matchesSlowly(pattern, one as object);
        expect(matches(pattern, one)).toBe(expected);
        if (expected) matched++;
        else unmatched++;
      }
    }),
    { numRuns: 4000 },
  );
  expect(Math.min(matched, unmatched)).toBeGreaterThan(500);
});
