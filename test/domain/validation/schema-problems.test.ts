import { describe, expect, test } from '@jest/globals';
import {
  durationBetween,
  durationSchema,
  intervalSchema,
} from '../../../lambda/domain/validation/duration-schema.ts';
import { formatProblem } from '../../../lambda/domain/validation/problem.ts';
import * as s from '../../../lambda/domain/validation/schema.ts';
import { schemaProblems } from '../../../lambda/domain/validation/schema-problems.ts';

const problemsOf = (schema: s.Schema<unknown>, value: unknown) =>
  schemaProblems(schema, value).map(formatProblem);

/** Made anew in each test, so that what a test judges is also how schemas are made. */
const schema = () =>
  s.strictObject({
    mode: s.optional(s.oneOf(['on', 'off'])),
    kind: s.optional(s.literal('a')),
    names: s.optional(s.array(s.string().check(s.minLength(2), s.maxLength(3))).check(s.minLength(1))),
    many: s.optional(s.array(s.string()).check(s.minLength(2), s.maxLength(3))),
    share: s.optional(s.number().check(s.gt(0), s.lt(1))),
    count: s.optional(s.int().check(s.gte(1), s.lte(9))),
    isOn: s.optional(s.boolean()),
    inner: s.optional(
      s.strictObject({ size: s.number(), list: s.array(s.strictObject({ a: s.optional(s.string()) })) }),
    ),
    byName: s.optional(s.record(s.string(), s.strictObject({ size: s.number() }))),
    letter: s.optional(s.string().check(s.minLength(1))),
    even: s.optional(s.number().check(s.refine((n) => n % 2 === 0, 'an even number'))),
    twice: s.optional(s.number().check(s.gte(1)).check(s.lte(9))),
    name: s.optional(s.string('a name').check(s.minLength(2))),
    pair: s.optional(s.string('a name').check(s.minLength(2, 'two letters'))),
    loose: s.optional(s.object({ any: s.unknown() })),
  });

test.each([
  [{ mode: 'on', names: ['ab'], inner: { size: 1, list: [{}] } }],
  [{ twice: 9, name: 'ab', loose: { any: null, more: 1 } }],
])('a valid value has no problem: %j', (value) => {
  expect(problemsOf(schema(), value)).toEqual([]);
});

test('a schema of an object has its members', () => {
  const name = s.string();
  expect(s.strictObject({ name }).members.name).toBe(name);
});

describe('the problem of', () => {
  test.each<[value: unknown, problem: string]>([
    [null, 'This is empty; expected an object. (wrong-type)'],
    [7, 'Found 7; expected an object. (wrong-type)'],
    [{ mode: 'offf' }, 'mode: Found "offf"; expected one of on, off. Did you mean "off"? (not-allowed)'],
    [{ mode: false }, 'mode: Found false; expected one of on, off. Did you mean "off"? (not-allowed)'],
    [{ mode: true }, 'mode: Found true; expected one of on, off. (not-allowed)'],
    [{ mode: 7 }, 'mode: Found 7; expected one of on, off. (not-allowed)'],
    [{ kind: 'zzz' }, 'kind: Found "zzz"; expected a. (not-allowed)'],
    [{ kind: false }, 'kind: Found false; expected a. (not-allowed)'],
    [
      { names: [] },
      'names: Found an empty list; expected at least one entry. Write an entry, or leave the key out if it is optional. (out-of-range)',
    ],
    [{ names: ['a'] }, 'names[0]: Found "a"; expected at least 2 characters. (out-of-range)'],
    [{ names: ['abcd'] }, 'names[0]: Found "abcd"; expected at most 3 characters. (out-of-range)'],
    [{ names: ['ab', 7] }, 'names[1]: Found 7; expected a string. (wrong-type)'],
    [{ names: { 0: 'ab' } }, 'names: Found {"0":"ab"}; expected a list. (wrong-type)'],
    [{ many: ['a'] }, 'many: Found one entry; expected at least 2 entries. (out-of-range)'],
    [{ many: ['a', 'b', 'c', 'd'] }, 'many: Found 4 entries; expected at most 3 entries. (out-of-range)'],
    [{ letter: '' }, 'letter: Found ""; expected at least one character. (out-of-range)'],
    [{ share: 0 }, 'share: Found 0; expected more than 0. (out-of-range)'],
    [{ share: 1 }, 'share: Found 1; expected less than 1. (out-of-range)'],
    [{ count: 0 }, 'count: Found 0; expected at least 1. (out-of-range)'],
    [{ count: 10 }, 'count: Found 10; expected at most 9. (out-of-range)'],
    [{ count: 1.5 }, 'count: Found 1.5; expected a whole number. (wrong-type)'],
    [{ count: '3' }, 'count: Found "3"; expected a number. Write 3, without quotes. (wrong-type)'],
    [{ count: '30' }, 'count: Found "30"; expected a number. (wrong-type)'],
    [{ isOn: 'yes' }, 'isOn: Found "yes"; expected true or false. Write true, without quotes. (wrong-type)'],
    [{ even: 3 }, 'even: Found 3; expected an even number. (not-allowed)'],
    [{ twice: 0 }, 'twice: Found 0; expected at least 1. (out-of-range)'],
    [{ twice: 10 }, 'twice: Found 10; expected at most 9. (out-of-range)'],
    [{ name: true }, 'name: Found true; expected a name. Write "true". (wrong-type)'],
    [{ name: 'a' }, 'name: Found "a"; expected a name. (out-of-range)'],
    [{ pair: 'a' }, 'pair: Found "a"; expected two letters. (out-of-range)'],
    [{ loose: { more: 1 } }, 'loose.any: any is missing; expected nonoptional. (missing)'],
    [{ names: 'ab' }, 'names: Found "ab"; expected a list. Write ["ab"]. (wrong-type)'],
    [
      { letter: null },
      'letter: Found null; expected a string. Write a value, or leave the key out if it is optional. (wrong-type)',
    ],
    [{ inner: { list: [] } }, 'inner.size: size is missing; expected a number. (missing)'],
    [{ inner: { size: 1, list: [7] } }, 'inner.list[0]: Found 7; expected an object. (wrong-type)'],
    [{ byName: 7 }, 'byName: Found 7; expected an object. (wrong-type)'],
    [
      { byName: { x: { size: '7' } } },
      'byName.x.size: Found "7"; expected a number. Write 7, without quotes. (wrong-type)',
    ],
    [
      { inner: { size: 1, list: [{ A: 'x' }] } },
      'inner.list[0].A: "A" is not a known key; expected one of a. Did you mean "a"? (unknown-key)',
    ],
    [
      { byName: { x: { size: 1, sise: 2 } } },
      'byName.x.sise: "sise" is not a known key; expected one of size. (unknown-key)',
    ],
    [
      { inner: { size: 1, list: [], 0: 1 } },
      'inner.0: "0" is not a known key; expected one of size, list. (unknown-key)',
    ],
  ])('%j', (value, problem) => {
    expect(problemsOf(schema(), value)).toEqual([problem]);
  });

  test('a value with the name of a member that every object has', () => {
    const value = JSON.parse('{ "constructor": 1, "__proto__": 2 }');
    expect(schemaProblems(schema(), value).map(({ path, found }) => [path, found])).toEqual([
      [['constructor'], 'constructor'],
      [['__proto__'], '__proto__'],
    ]);
  });

  test.each([
    ['off', ['off', 'Off', 'false', ' disabled ', 'INACTIVE', false, 'of']],
    ['enforce', ['true', 'on', 'enabled', 'active', 'live', true, 'enforced']],
    ['observe', ['shadow', 'test', 'dry-run', 'monitor', 'Observe']],
    [undefined, ['constructor', 7, ['shadow'], { live: true }, 'never']],
  ])('a mode by another word is that %s is meant', (meant, words) => {
    const modes = s.strictObject({ mode: s.oneOf(['enforce', 'observe', 'off']) });
    const suggestionFor = (word: unknown) =>
      /Did you mean "(.*)"\?/.exec(problemsOf(modes, { mode: word })[0] ?? '')?.[1];
    for (const word of words.filter((one) => one !== meant)) {
      expect([word, suggestionFor(word)]).toEqual([word, meant]);
    }
  });

  test('a missing one of several', () => {
    expect(problemsOf(s.strictObject({ mode: s.oneOf(['on', 'off']) }), {})).toEqual([
      'mode: mode is missing; expected one of on, off. (missing)',
    ]);
  });
});

describe('a duration', () => {
  const problems = (schema: s.Schema<unknown>, value: unknown) =>
    schemaProblems(schema, value).map(({ message }) => message);
  const FORM = 'a duration such as 45s, 3m, 1h30m or PT3M, at most a year';

  test.each<[s.Schema<unknown>, unknown]>([
    [durationSchema, '0s'],
    [durationSchema, '366d'],
    [intervalSchema, '1s'],
    [durationBetween(2, 60, 'x'), '2s'],
    [durationBetween(2, 60, 'x'), '1m'],
  ])('%# is valid at its bounds: %s', (schema, value) => {
    expect(problems(schema, value)).toEqual([]);
  });

  test.each<[s.Schema<unknown>, unknown, string]>([
    [durationSchema, '-1s', `Found "-1s"; expected ${FORM}.`],
    [durationSchema, 90, `Found 90; expected ${FORM}. Write "90s".`],
    [durationSchema, 'soon', `Found "soon"; expected ${FORM}.`],
    [intervalSchema, '0s', `Found "0s"; expected ${FORM}, at least 1s.`],
    [intervalSchema, '0 seconds', `Found "0 seconds"; expected ${FORM}, at least 1s.`],
    [durationBetween(1, 60, FORM), '0s', `Found "0s"; expected ${FORM}, at least 1s.`],
    [durationBetween(1, 60, FORM), '0 minutes', `Found "0 minutes"; expected ${FORM}, at least 1s.`],
    [durationBetween(1, 60, FORM), 'PT0S', `Found "PT0S"; expected ${FORM}, at least 1s.`],
    [durationBetween(1, 60, FORM), 'soon', `Found "soon"; expected ${FORM}.`],
    [durationBetween(2, 60, 'x'), '0s', 'Found "0s"; expected x.'],
    [durationBetween(2, 60, 'x'), '61s', 'Found "61s"; expected x.'],
  ])('%# out of its bounds says what is valid: %s', (schema, value, message) => {
    expect(problems(schema, value)).toEqual([message]);
  });
});
