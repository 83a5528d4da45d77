import { describe, expect, test } from '@jest/globals';
import { compilePattern } from '../../../lambda/domain/pattern/index.ts';
import { intendedOperator } from '../../../lambda/domain/pattern/intended-operator.ts';
import {
  isEquality,
  isNegation,
  joinOf,
  operatorEntry,
  operatorForm,
} from '../../../lambda/domain/pattern/operator-names.ts';

describe('the operator that a key stands for', () => {
  test.each<[operator: string | undefined, keys: string]>([
    ['anything-but', 'anything-but anythingBut anything_but not not-equals notEquals not_in ne neq'],
    ['anything-but', '!= except isnt'],
    ['prefix', 'prefix prefx starts-with startsWith starts_with begins-with beginsWith startswith'],
    ['suffix', 'suffix Suffix sufix ends-with endsWith endswith'],
    ['wildcard', 'wildcard wildcards like matches contains regex glob'],
    ['numeric', 'numeric numerics gt gte lt lte > >= < <='],
    ['equals-ignore-case', 'equals-ignore-case equalsIgnoreCase ignore-case ignoreCase'],
    ['exists', 'exists exist'],
    ['cidr', 'cidr'],
    // What is equal stands in the list itself.
    [undefined, 'equals equal eq = == in is one-of oneOf any_of'],
    // Four letters are similar to too many names.
    [undefined, 'cidx tier constructor toString'],
  ])('%s: %s', (operator, keys) => {
    for (const key of keys.split(' ')) expect([key, intendedOperator(key)]).toEqual([key, operator]);
  });
});

describe('what a name of another language stands for', () => {
  const names = (text: string) => text.split(' ').map((name) => [name]);
  const others = names('tier some-tier oneway android orders nothing equality constructor anyone');

  test.each(names('equals equal eq = == in is one-of oneOf one_of any-of anyOf $eq $in EQUALS'))(
    '%s: a value of the list',
    (name) => expect(isEquality(name)).toBe(true),
  );

  test.each(names('not none none-of noneOf nor anything-but anythingBut $not $nor NOT'))(
    '%s: the negation of a pattern',
    (name) => expect(isNegation(name)).toBe(true),
  );

  test.each(names('or any any-of anyOf one-of oneOf some either || $or OR'))(
    '%s: one of several patterns',
    (name) => expect(joinOf(name)).toBe('any'),
  );

  test.each(names('and all all-of allOf every must && $and AND'))('%s: all of several patterns', (name) =>
    expect(joinOf(name)).toBe('all'),
  );

  test.each(others)('%s: a name like any other', (name) => {
    expect([isEquality(name), isNegation(name), joinOf(name)]).toEqual([false, false, undefined]);
  });
});

describe('how an operator of another language is written', () => {
  test.each<[name: string, operand: unknown, written: string]>([
    ['not', ['x', 'y'], '{"anything-but": ["x","y"]}'],
    ['not', true, '{"anything-but": "true"}'],
    ['startsWith', ['x', 'y'], '{"prefix": "x"}'],
    ['startsWith', 5, '{"prefix": "5"}'],
    ['endsWith', true, '{"suffix": "true"}'],
    ['ignoreCase', 'x', '{"equals-ignore-case": "x"}'],
    ['gt', 5, '{"numeric": [">", 5]}'],
    ['$gte', 5, '{"numeric": [">=", 5]}'],
    ['lt', 5, '{"numeric": ["<", 5]}'],
    ['lte', [5, 6], '{"numeric": ["<=", 5]}'],
    ['>', 5, '{"numeric": [">", 5]}'],
    ['>=', 5, '{"numeric": [">=", 5]}'],
    ['<', 5, '{"numeric": ["<", 5]}'],
    ['<=', 5, '{"numeric": ["<=", 5]}'],
    ['<', 'many', '{"numeric": [">=", 5]}'],
    ['numeric', 5, '{"numeric": [">=", 5]}'],
    ['numeric', ['>', 7], '{"numeric": [">",7]}'],
    ['numeric', ['>'], '{"numeric": [">=", 5]}'],
    ['contains', 'x', '{"wildcard": "*x*"}'],
    ['contains', 'x*y', '{"wildcard": "x*y"}'],
    ['contains', 'x**y', '{"wildcard": "x*y"}'],
    ['contains', 5, '{"wildcard": "*5*"}'],
    ['contains', { x: 1 }, '{"wildcard": "…"}'],
    ['contains', 'x\\y', '{"wildcard": "…"}'],
    ['like', '%x%y', '{"wildcard": "*x*y"}'],
    ['glob', 'x**', '{"wildcard": "x*"}'],
    ['regex', '^x$', '{"wildcard": "x"}'],
    ['regex', 'x', '{"wildcard": "*x*"}'],
    ['matches', '^x', '{"wildcard": "x*"}'],
    ['matches', 'x$', '{"wildcard": "*x"}'],
    ['matches', '.*x.*y', '{"wildcard": "*x*y*"}'],
    ['matches', 'x+', '{"wildcard": "…"}'],
    ['wildcard', 'x*', '{"wildcard": "x*"}'],
  ])('%s of %j: %s', (name, operand, written) => {
    expect(operatorEntry(name, intendedOperator(name) ?? '', operand)).toBe(written);
  });

  const names =
    'not not-equals not-in ne neq != except isnt starts-with begins-with startswith ends-with endswith like matches ' +
    'contains regex glob gt gte lt lte > >= < <= ignore-case';
  const operands = [5, true, '', 'x', 'x*', '**', '%', '\\', '\\*', '^x.*$', '[x]', '"', 'x'.repeat(100)];

  test.each(names.split(' '))('what the advice says to write instead of %s is valid', (name) => {
    for (const operand of operands) {
      const [problem] = compilePattern({ a: [{ [name]: operand }] }).problems;
      const [, written = ''] = /Write (.*)\.$/s.exec(problem?.message ?? '') ?? [];
      expect(compilePattern({ a: [JSON.parse(written)] }).problems).toEqual([]);
    }
  });

  test.each([
    ['>', 'numeric'],
    ['exists', 'exists'],
    ['cidr', 'cidr'],
  ])('inside anything-but no other operator than those for texts is advised: %s', (name, operator) => {
    const [problem] = compilePattern({ a: [{ 'anything-but': { [name]: 5 } }] }).problems;
    expect(problem?.message).toContain('Write one of prefix, suffix, equals-ignore-case, wildcard.');
    expect(problem?.message).not.toContain(`{"${operator}"`);
  });
});

describe('how an operator is written', () => {
  test.each<[operator: string, values: unknown, written: string]>([
    ['anything-but', ['x', 'y'], '"tier": [{"anything-but": ["x","y"]}]'],
    ['prefix', ['x', 'y'], '"tier": [{"prefix": "x"}]'],
    ['prefix', 'x', '"tier": [{"prefix": "x"}]'],
    ['prefix', 'x'.repeat(58), `"tier": [{"prefix": "${'x'.repeat(58)}"}]`],
    ['prefix', 'x'.repeat(59), '"tier": [{"prefix": "…"}]'],
    ['prefix', { x: 1 }, '"tier": [{"prefix": "…"}]'],
    ['prefix', undefined, '"tier": [{"prefix": "…"}]'],
    ['numeric', 'many', '"tier": [{"numeric": [">=", 5]}]'],
  ])('%s of %j', (operator, values, written) => {
    expect(operatorForm('tier', operator, operator, values)).toBe(written);
  });

  test.each([
    [{ tier: { gte: 3 } }, 'Put an operator in a list: "tier": [{"numeric": [">=", 3]}].'],
    [{ tier: { cidx: 3 } }, 'A field takes a list of values: write [3].'],
    [{ prefix: 'x' }, 'A field takes a list of values: write ["x"].'],
  ])('in place of a field: %j', (source, advice) => {
    expect(compilePattern(source).problems.map(({ message }) => message)).toEqual([
      expect.stringContaining(advice),
    ]);
  });
});
