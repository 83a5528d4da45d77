import { describe, expect, test } from '@jest/globals';
import { compilePattern } from '../../../lambda/domain/pattern/index.ts';
import { intendedOperator } from '../../../lambda/domain/pattern/intended-operator.ts';
import { operatorForm } from '../../../lambda/domain/pattern/operator-names.ts';

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
