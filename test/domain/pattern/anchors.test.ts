import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Anchor, anchorsOf } from '../../../lambda/domain/pattern/anchors.ts';
import { compilePattern, type Field } from '../../../lambda/domain/pattern/index.ts';
import type { Scalar } from '../../../lambda/domain/pattern/pattern.ts';
import { compiled } from './compiled.ts';

const fieldOf = (values: readonly unknown[]) => compiled({ a: values }).rules[0]?.[0] as Field;
const text = (kind: 'text' | 'prefix' | 'suffix' | 'part', of: string, ignoresCase = false): Anchor => ({
  kind,
  text: of,
  ignoresCase,
});
const range = (low: number, high: number): Anchor => ({ kind: 'range', low, high });
const present = (...except: string[]): Anchor => ({ kind: 'present', except });

test.each<[values: unknown[], anchors: Anchor[], areSufficient: boolean]>([
  [['x', { exactly: 'y' }], [text('text', 'x'), text('text', 'y')], true],
  [[{ prefix: 'x' }, { suffix: 'y' }], [text('prefix', 'x'), text('suffix', 'y')], true],
  [[{ 'equals-ignore-case': 'AbC' }], [text('text', 'abc', true)], false],
  [[{ prefix: { 'equals-ignore-case': 'AbC' } }], [text('prefix', 'abc', true)], false],
  [[{ suffix: { 'equals-ignore-case': 'AbC' } }], [text('suffix', 'abc', true)], false],
  [[{ 'equals-ignore-case': 'é' }], [present()], false],
  [[{ wildcard: 'abc*' }], [text('prefix', 'abc')], true],
  [[{ wildcard: '*abc' }], [text('suffix', 'abc')], true],
  [[{ wildcard: '*abc*' }], [text('part', 'abc')], false],
  [[{ wildcard: 'ab*cde*f' }], [text('part', 'cde')], false],
  [[{ wildcard: 'ab*cd*ef' }], [text('prefix', 'ab')], false],
  [[{ wildcard: 'a*cd*ef' }], [text('suffix', 'ef')], false],
  [[{ wildcard: 'a\\*c' }], [text('text', 'a*c')], true],
  [[{ wildcard: '*' }], [present()], false],
  [[{ prefix: '' }], [present()], false],
  [[5, { numeric: ['=', 6] }], [range(5, 5), range(6, 6)], false],
  [[{ numeric: ['>', 1, '<=', 6] }], [range(1, 6)], false],
  [[{ numeric: ['>=', 1] }], [range(1, Infinity)], false],
  [[{ numeric: ['<', 1] }], [range(-Infinity, 1)], false],
  [[{ exists: true }], [present()], true],
  [[{ exists: true }, 'x'], [present()], true],
  [[{ 'anything-but': ['x', 'y'] }], [present('x', 'y')], false],
  [[{ 'anything-but': 'x' }], [present('x')], false],
  [[{ 'anything-but': 5 }], [present()], false],
  [[{ 'anything-but': { prefix: 'x' } }], [present()], false],
  [[{ 'anything-but': 'x' }, { 'anything-but': 'y' }], [present()], false],
  [['10.0.0.1'], [present()], false],
  [[{ cidr: '10.0.0.0/8' }], [present()], false],
  [[null], [present()], false],
  [[true, 'x'], [present()], false],
])('of %j are %j', (values, anchors, areSufficient) => {
  expect(anchorsOf(fieldOf(values))).toStrictEqual({ anchors, areSufficient });
});

test('a field that may be absent has none', () => {
  expect(anchorsOf(fieldOf(['x', { exists: false }]))).toBeUndefined();
});

function has(anchor: Anchor, value: Scalar): boolean {
  if (anchor.kind === 'present') return typeof value !== 'string' || !anchor.except.includes(value);
  if (anchor.kind === 'range')
    return typeof value === 'number' && anchor.low <= value && value <= anchor.high;
  if (typeof value !== 'string') return false;
  const of = anchor.ignoresCase ? value.toLowerCase() : value;
  switch (anchor.kind) {
    case 'text':
      return of === anchor.text;
    case 'prefix':
      return of.startsWith(anchor.text);
    case 'suffix':
      return of.endsWith(anchor.text);
    case 'part':
      return of.includes(anchor.text);
  }
}

const part = fc.string({
  unit: fc.constantFrom('a', 'B', 'b', 'ß', 'S', 'k', '\u212a', '?', '😀', '.'),
  maxLength: 4,
});
const number = fc.constantFrom(-1, 0, 0.5, 1, 2, 1e12, 1e-7);
const operator = fc.oneof(
  part,
  number,
  fc.constantFrom<unknown>(null, true, '10.0.0.1', { exists: true }, { cidr: '10.0.0.0/8' }),
  fc
    .constantFrom('prefix', 'suffix', 'equals-ignore-case', 'exactly', 'anything-but')
    .chain((name) => part.map((of): unknown => ({ [name]: of }))),
  fc
    .constantFrom('prefix', 'suffix')
    .chain((name) => part.map((of): unknown => ({ [name]: { 'equals-ignore-case': of } }))),
  fc.array(part, { minLength: 1, maxLength: 4 }).map((parts): unknown => ({ wildcard: parts.join('*') })),
  fc.tuple(fc.constantFrom('=', '<', '<=', '>', '>='), number).map((numeric): unknown => ({ numeric })),
  fc.array(part, { minLength: 1, maxLength: 3 }).map((of): unknown => ({ 'anything-but': of })),
);
const value = fc.oneof<fc.Arbitrary<Scalar>[]>(
  part,
  fc.array(part, { maxLength: 4 }).map((parts) => parts.join('')),
  number,
  fc.constantFrom<Scalar>('10.0.0.1', '010.0.0.1', true, null),
);

test('what satisfies a requirement has one of its anchors, and the reverse where they are sufficient', () => {
  let satisfied = 0;
  fc.assert(
    fc.property(
      fc.array(operator, { minLength: 1, maxLength: 3 }),
      fc.array(value, { minLength: 10, maxLength: 10 }),
      (values, candidates) => {
        const { pattern } = compilePattern({ a: values });
        const field = pattern?.rules[0]?.[0];
        const anchors = field && anchorsOf(field);
        if (!anchors) return;
        for (const candidate of candidates) {
          const isSatisfied = field.test(candidate);
          const isFound = anchors.anchors.some((anchor) => has(anchor, candidate));
          if (isSatisfied || anchors.areSufficient)
            expect({ candidate, isFound }).toEqual({ candidate, isFound: isSatisfied });
          if (isSatisfied) satisfied++;
        }
      },
    ),
    { numRuns: 3000 },
  );
  expect(satisfied).toBeGreaterThan(1000);
});
