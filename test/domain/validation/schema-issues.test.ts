import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { conditionSchema } from '../../../lambda/domain/condition/schema.ts';
import { INTERNAL_SCHEMAS, SCHEMAS } from '../../../lambda/domain/messages/schemas.ts';
import { policySchema } from '../../../lambda/domain/policy/schema.ts';
import { settingsSchema } from '../../../lambda/domain/settings.ts';
import { formatPath, formatProblem, type Problem } from '../../../lambda/domain/validation/problem.ts';
import * as s from '../../../lambda/domain/validation/schema.ts';
import { schemaIssues } from '../../../lambda/domain/validation/schema-issues.ts';
import { schemaProblems } from '../../../lambda/domain/validation/schema-problems.ts';
import { objectToZod, toZod } from '../../../lambda/domain/validation/to-zod.ts';
import { zodProblems } from '../../../lambda/domain/validation/zod-problems.ts';

/** Made anew in each test, so that what a test judges is also how schemas are made and converted. */
const everyKind = () =>
  s.strictObject({
    mode: s.optional(s.oneOf(['on', 'off'])),
    kind: s.optional(s.literal('a')),
    isTest: s.optional(s.literal(true)),
    names: s.optional(
      s.array(s.string().check(s.minLength(2), s.maxLength(3))).check(s.minLength(1, 'a name')),
    ),
    share: s.optional(s.number().check(s.gt(0), s.lt(1))),
    count: s.int().check(s.gte(1), s.lte(9)),
    isOn: s.optional(s.boolean()),
    inner: s.optional(s.object({ size: s.number(), any: s.unknown() })),
    byName: s.optional(
      s.record(s.string().check(s.maxLength(5)), s.strictObject({ size: s.number() }, 'a size')),
    ),
    even: s.optional(s.number().check(s.refine((n) => n % 2 === 0, 'an even number'))),
    odd: s.optional(
      s.number().check(
        s.refine(
          (n) => n % 2 !== 0,
          (value) => `an odd number, not ${value}`,
        ),
      ),
    ),
    form: s.optional(s.string('a form').check(s.refine((text) => text.length === 1))),
  });

const ALL: Readonly<Record<string, s.ObjectSchema<s.Members>>> = {
  policy: policySchema,
  settings: settingsSchema,
  condition: conditionSchema,
  ...SCHEMAS,
  ...INTERNAL_SCHEMAS,
};

const TEXTS = [
  '',
  'a',
  'on',
  'off',
  '3m',
  '0s',
  '-5s',
  'horizon',
  'VOICE',
  'enforce',
  '😀😀',
  'toolong',
  '1',
];
const scalar = fc.oneof(
  fc.constantFrom<unknown>(...TEXTS, null, true, false),
  fc.constantFrom(0, 1, 2, 0.5, -1, 9, 10, 100.5, 2 ** 53, -(2 ** 60), Number.NaN, Number.POSITIVE_INFINITY),
);

/** A value that is valid by chance in many parts, and wrong in others. */
function valueFor(schema: s.Schema<unknown>, depth = 0): fc.Arbitrary<unknown> {
  const other = fc.oneof(scalar, fc.constant([]), fc.constant({}), fc.constant([{ x: 1 }]));
  return fc.oneof({ weight: 6, arbitrary: likely(schema, depth) }, { weight: 1, arbitrary: other });
}

function likely({ shape }: s.Schema<unknown>, depth: number): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'optional':
      return valueFor(shape.inner, depth);
    case 'array':
      return fc.array(valueFor(shape.element, depth + 1), { maxLength: 3 });
    case 'record':
      return fc.dictionary(fc.constantFrom('x', 'yy', 'too long'), valueFor(shape.value, depth + 1));
    case 'object':
      return fc
        .tuple(
          fc.record(
            Object.fromEntries(
              Object.entries(shape.members).map(([name, member]) => [name, valueFor(member, depth + 1)]),
            ),
            { requiredKeys: [] },
          ),
          fc.constantFrom({}, {}, { extra: 1 }, { constructor: 1, more: 2 }),
        )
        .map(([members, others]) => ({ ...members, ...others }));
    case 'enum':
    case 'literal':
      return fc.constantFrom(...shape.values);
    case 'number':
    case 'int':
      return fc.constantFrom(0, 1, 2, 0.5, 9, 10, -1);
    case 'boolean':
      return fc.boolean();
    default:
      return fc.constantFrom(...TEXTS);
  }
}

/**
 * Zod also measures what is of the wrong type, and says two things of one value: this system says one.
 */
function comparable(problems: readonly Problem[]): string[] {
  const wrong = new Set(
    problems
      .filter(({ code }) => code === 'wrong-type' || code === 'missing')
      .map(({ path }) => formatPath(path)),
  );
  return problems
    .filter(({ code, path }) => code === 'wrong-type' || code === 'missing' || !wrong.has(formatPath(path)))
    .map(formatProblem);
}

describe('the problems are those of Zod:', () => {
  test.each([
    ['every kind', everyKind],
    ...Object.entries(ALL).map(([name, schema]) => [name, () => schema] as const),
  ])('%s', (_name, make) => {
    const schema = make();
    const zod = toZod(schema);
    fc.assert(
      fc.property(valueFor(schema), (value) => {
        expect(comparable(schemaProblems(schema, value))).toStrictEqual(comparable(zodProblems(zod, value)));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a difference', () => {
  test.each<[s.Schema<unknown>, unknown, object]>([
    [
      s.int(),
      2 ** 60,
      { kind: 'limit', comparison: 'at most', limit: Number.MAX_SAFE_INTEGER, origin: 'number' },
    ],
    [
      s.int(),
      -(2 ** 60),
      { kind: 'limit', comparison: 'at least', limit: Number.MIN_SAFE_INTEGER, origin: 'number' },
    ],
    [s.number().check(s.gt(1)), 1, { kind: 'limit', comparison: 'more than', limit: 1, origin: 'number' }],
    [
      s.string().check(s.minLength(2)),
      'a',
      { kind: 'limit', comparison: 'at least', limit: 2, origin: 'string' },
    ],
    [
      s.array(s.string()).check(s.maxLength(0)),
      ['a'],
      { kind: 'limit', comparison: 'at most', limit: 0, origin: 'array' },
    ],
    [s.number().check(s.refine(() => false)), 1, { kind: 'refused' }],
  ])('%# without a form has no message of its own, and says what it is about', (schema, value, issue) => {
    expect(schemaIssues(schema, value)).toStrictEqual([{ ...issue, path: [], message: 'Invalid input' }]);
  });
});

test('a member with the name of one that every object has is absent where the value does not have it', () => {
  const schema = s.strictObject({ toString: s.optional(s.string()) });
  expect(schemaIssues(schema, {})).toStrictEqual([]);
});

test('an object in the form of Zod has its members', () => {
  expect(Object.keys(objectToZod(s.strictObject({ a: s.string(), b: s.unknown() })).shape)).toEqual([
    'a',
    'b',
  ]);
});

test('what several members share is one schema of Zod', () => {
  const shared = s.string();
  expect(toZod(shared)).toBe(toZod(shared));
});
