import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compilePattern, fieldsUnder, matches, withoutField } from '../../../lambda/domain/pattern/index.ts';
import { likelyEvent, likelySource } from './arbitraries.ts';

const runs = { numRuns: 2000 };
const key = fc.constantFrom('a', 'b', 'c', 'a.b', '', '__proto__', 'constructor');
const text = fc.oneof(
  fc.constantFrom('a', 'b', 'A*', 'ß', '10.0.0.1', '10.0.0.0/8', '::1', '\\', '*a*'),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
);
const scalar = fc.oneof(text, fc.integer({ min: -3, max: 3 }), fc.double(), fc.boolean(), fc.constant(null));

/** Any JSON value, with keys that patterns often contain. */
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    scalar,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(key, tie('json'), { maxKeys: 4 }),
  ),
}));
const event = fc.dictionary(key, json, { maxKeys: 4 });

/** Objects that have the form of a pattern, often a valid one. */
const operator = fc.constantFrom(
  'prefix',
  'suffix',
  'equals-ignore-case',
  'wildcard',
  'anything-but',
  'numeric',
  'cidr',
  'exists',
);
const comparison = fc.tuple(fc.constantFrom('=', '<', '<=', '>', '>='), fc.integer({ min: -3, max: 3 }));
const operand = fc.oneof(text, comparison, fc.boolean(), fc.dictionary(operator, text, { maxKeys: 1 }));
const condition = fc.oneof(scalar, fc.dictionary(operator, operand, { minKeys: 1, maxKeys: 1 }));
const { source } = fc.letrec((tie) => ({
  source: fc.oneof(
    { maxDepth: 4 },
    fc.dictionary(key, fc.array(condition, { minLength: 1, maxLength: 3 }), { minKeys: 1, maxKeys: 3 }),
    fc.dictionary(key, tie('source'), { minKeys: 1, maxKeys: 2 }),
    fc.record({ $or: fc.array(tie('source'), { minLength: 2, maxLength: 3 }) }),
  ),
}));

test('for any JSON value, compilePattern returns a pattern or problems and does not throw', () => {
  fc.assert(
    fc.property(fc.oneof(json, fc.jsonValue(), source), (value) => {
      const { pattern, problems } = compilePattern(value);
      expect(pattern === undefined).toBe(problems.length > 0);
      for (const { code, message } of problems) {
        expect(code).toMatch(/^[a-z]+(-[a-z]+)+$/);
        expect(message).toMatch(/\.$/);
      }
    }),
    runs,
  );
});

test('for any JSON value, matches does not throw', () => {
  fc.assert(
    fc.property(source, fc.oneof(json, fc.jsonValue()), (value, anything) => {
      const { pattern } = compilePattern(value);
      if (pattern) expect(typeof matches(pattern, anything)).toBe('boolean');
    }),
    runs,
  );
});

test('compilePattern and matches do not change their arguments and return the same result each time', () => {
  fc.assert(
    fc.property(source, event, (value, one) => {
      const before = JSON.stringify([value, one]);
      const { pattern, problems } = compilePattern(value);
      expect(compilePattern(value).problems).toEqual(problems);
      if (pattern) {
        const first = matches(pattern, one);
        expect(matches(pattern, one)).toBe(first);
        expect(matches(compilePattern(value).pattern ?? pattern, structuredClone(one))).toBe(first);
      }
      expect(JSON.stringify([value, one])).toBe(before);
    }),
    runs,
  );
});

test('every event that matches a pattern also matches the pattern without a field', () => {
  let matched = 0;
  fc.assert(
    fc.property(
      likelySource,
      fc.array(likelyEvent, { minLength: 5, maxLength: 5 }),
      key,
      (value, events, name) => {
        const { pattern } = compilePattern(value);
        if (!pattern) return;
        const without = withoutField(pattern, name);
        expect(fieldsUnder(without, name)).toEqual([]);
        for (const one of events) {
          if (!matches(pattern, one)) continue;
          matched++;
          expect(matches(without, one)).toBe(true);
        }
      },
    ),
    runs,
  );
  expect(matched).toBeGreaterThan(200);
});

test('the pattern without a field does not depend on that field', () => {
  fc.assert(
    fc.property(
      likelySource,
      likelyEvent,
      json,
      fc.constantFrom('a', 'b', 'c'),
      (value, one, other, name) => {
        const { pattern } = compilePattern(value);
        if (!pattern) return;
        const without = withoutField(pattern, name);
        expect(matches(without, { ...one, [name]: other })).toBe(matches(without, one));
      },
    ),
    runs,
  );
});
