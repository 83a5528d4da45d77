import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compilePattern, EVERYTHING, matches } from '../../../lambda/domain/pattern/index.ts';
import { findRequiredValues } from '../../../lambda/domain/pattern/required-values.ts';
import { likelyEvent } from './arbitraries.ts';
import { compiled } from './compiled.ts';

const CASES: readonly [name: string, source: object, expected: Record<string, string[]>][] = [
  ['exact texts', { channel: ['VOICE', 'CHAT'] }, { channel: ['VOICE', 'CHAT'] }],
  [
    'nested fields, with their keys joined by dots',
    { queue: { id: ['q'] }, 'tags.tier': ['gold'] },
    { 'queue.id': ['q'], 'tags.tier': ['gold'] },
  ],
  ['a number beside the texts', { a: ['x', 1] }, {}],
  ['null beside the texts', { a: ['x', null] }, {}],
  ['an operator beside the texts', { a: ['x', { prefix: 'y' }] }, {}],
  ['a field that may be absent', { a: ['x', { exists: false }] }, {}],
  ['operators alone', { a: [{ 'equals-ignore-case': 'x' }], b: [{ exists: true }] }, {}],
  [
    'an IP address, which has several notations',
    { a: ['10.0.0.1', 'x'], b: ['::1'], c: ['x'] },
    { c: ['x'] },
  ],
  ['the same field in every branch', { $or: [{ a: ['x'] }, { a: ['y'] }] }, { a: ['x', 'y'] }],
  ['a field that is not in every branch', { c: ['z'], $or: [{ a: ['x'] }, { b: ['y'] }] }, { c: ['z'] }],
  ['a branch with an operator on the field', { $or: [{ a: ['x'] }, { a: [{ prefix: 'y' }] }] }, {}],
  [
    'a branch that replaces a field outside the $or',
    { a: ['x'], $or: [{ a: ['y'] }, { b: [1] }] },
    { a: ['x', 'y'] },
  ],
  [
    'branches in branches',
    {
      $or: [
        { a: ['x'], $or: [{ b: ['1'] }, { b: ['2'] }] },
        { a: ['y'], b: ['3'] },
      ],
    },
    { a: ['x', 'y'], b: ['1', '2', '3'] },
  ],
];

test.each(CASES)('%s', (_name, source, expected) => {
  const required = findRequiredValues(compiled(source));
  expect(Object.fromEntries([...required].map(([name, texts]) => [name, [...texts].sort()]))).toEqual(
    Object.fromEntries(Object.entries(expected).map(([name, texts]) => [name, texts.sort()])),
  );
});

test('the pattern that matches every event requires nothing', () => {
  expect(findRequiredValues(EVERYTHING).size).toBe(0);
});

const values = fc.oneof(
  { weight: 4, arbitrary: fc.subarray(['x', 'y'], { minLength: 1 }) },
  fc.constantFrom<unknown[]>(['x', 1], ['y', { exists: false }], [{ exists: false }], [{ prefix: 'x' }, 'y']),
);
const name = fc.constantFrom('a', 'b', 'a.b', 'b.a');
const { source } = fc.letrec((tie) => ({
  source: fc.oneof(
    { maxDepth: 3 },
    fc.dictionary(name, values, { minKeys: 1, maxKeys: 2 }),
    fc.dictionary(name, tie('source'), { minKeys: 1, maxKeys: 1 }),
    fc.record({ a: values, $or: fc.array(tie('source'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ $or: fc.array(tie('source'), { minLength: 2, maxLength: 3 }) }),
  ),
}));

test('every event that matches a pattern has the values that the pattern requires', () => {
  let checks = 0;
  fc.assert(
    fc.property(source, fc.array(likelyEvent, { minLength: 9, maxLength: 9 }), (one, events) => {
      const { pattern } = compilePattern(one);
      if (!pattern) return;
      const required = findRequiredValues(pattern);
      for (const event of events) {
        if (!matches(pattern, event)) continue;
        const found = textsOf(event, []);
        for (const [name, texts] of required) {
          checks++;
          expect(found.some((text) => text.name === name && texts.has(text.value))).toBe(true);
        }
      }
    }),
    { numRuns: 5000 },
  );
  expect(checks).toBeGreaterThan(100);
});

function textsOf(node: object, keys: readonly string[]): { name: string; value: string }[] {
  return Object.entries(node).flatMap(([key, value]) => {
    const inner = Array.isArray(node) ? keys : [...keys, key];
    if (typeof value === 'string') return [{ name: inner.join('.'), value }];
    return typeof value === 'object' && value !== null ? textsOf(value, inner) : [];
  });
}
