import { describe, expect, test } from '@jest/globals';
import { compilePattern, OPERATOR_NAMES } from '../../../lambda/domain/pattern/index.ts';

const messagesOf = (source: unknown) => compilePattern(source).problems.map(({ message }) => message);

/** Source: the operators of Event Ruler, and the words that it reserves. */
const RESERVED =
  'prefix suffix equals-ignore-case wildcard anything-but numeric cidr exists exactly = < <= > >= regex not-wildcard ' +
  'not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ' +
  'ip-address-in-range ip-address-not-in-range';

describe('names that Event Ruler reserves inside $or', () => {
  test.each(RESERVED.split(' '))('%s is rejected there as a field', (name) => {
    const { problems } = compilePattern({ $or: [{ a: [1] }, { [name]: ['x'] }] });
    expect(problems).toMatchObject([{ code: 'reserved-name', path: ['$or', 1, name], found: name }]);
  });

  test.each(RESERVED.split(' '))('%s is a field like any other outside', (name) => {
    expect(compilePattern({ [name]: ['x'], $or: [{ a: [1] }, { b: [1] }] }).problems).toEqual([]);
  });

  test.each([
    [{ x: { b: { prefix: ['p'] } } }, '"b": [{"prefix": "p"}]'],
    [{ x: { b: { numeric: ['>', 5] } } }, '"b": [{"numeric": [">",5]}]'],
    [{ prefix: ['p'] }, '"a": [{"prefix": "b"}]'],
    [{ b: { regex: ['p'] } }, '"a": [{"prefix": "b"}]'],
  ])('the advice has the operator in the list of the field above it: %j', (branch, written) => {
    expect(messagesOf({ $or: [{ a: [1] }, branch] })).toEqual([
      expect.stringContaining(`in a list of values: ${written}.`),
    ]);
  });
});

describe('a key that joins patterns in another language', () => {
  const FIELDS = [{ a: [1] }, { b: [2] }];

  test.each([
    ['any', FIELDS, '"$or"'],
    ['every', FIELDS, 'into one object'],
    ['none', FIELDS, 'anything-but'],
    ['or', [{ a: [1] }, { prefix: 'x' }], '"$or"'],
    ['or', [{ prefix: 'x', a: [1] }], '"$or"'],
  ])('%s above the patterns %j', (key, patterns, advice) => {
    expect(messagesOf({ [key]: patterns })).toEqual([expect.stringContaining(advice)]);
  });

  test.each([
    ['or', [{ prefix: 'x' }]],
    ['any', ['x', { prefix: 'y' }]],
    ['not', ['x']],
    ['all', [{ exists: true }, { suffix: 'x' }]],
  ])('%s with the values %j is a field', (key, values) => {
    expect(compilePattern({ [key]: values }).problems).toEqual([]);
  });

  test('a field of another name with patterns in its list has unknown operators', () => {
    expect(compilePattern({ tier: FIELDS }).problems).toMatchObject([
      { code: 'unknown-operator' },
      { code: 'unknown-operator' },
    ]);
  });
});

describe('a list in place of a pattern', () => {
  test.each([
    [[{ a: [1] }], 'without the list around it'],
    [[{ a: [1] }, { b: [2] }], '"$or": [{…}, {…}]'],
    [[], 'an object with at least one field'],
    [[{ a: [1] }, 'x'], 'an object with at least one field'],
  ])('%j', (source, advice) => {
    expect(messagesOf(source)).toEqual([expect.stringContaining(advice)]);
  });
});

test.each(OPERATOR_NAMES)(
  'the operator %s in place of a list of values: the advice puts it into the list',
  (name) => {
    expect(messagesOf({ x: { tier: { [name]: true } } })).toEqual([
      expect.stringContaining(`Put an operator in a list: "tier": [{"${name}": `),
    ]);
    expect(messagesOf({ [name]: 'x' })).toEqual([
      expect.stringContaining('A field takes a list of values: write ["x"].'),
    ]);
  },
);
