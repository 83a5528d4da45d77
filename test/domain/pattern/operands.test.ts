import { describe, expect, test } from '@jest/globals';
import { compilePattern } from '../../../lambda/domain/pattern/index.ts';

const adviceOn = (operator: object) =>
  compilePattern({ a: [operator] }).problems.map(({ message }) => message.replace(/^.*?\. (?=It|Write)/, ''));

describe('an operator that takes a text', () => {
  const QUOTES = 'Write a string in quotes.';

  test.each<[operand: unknown, advice: string]>([
    [5, 'Write "5" in quotes.'],
    [true, 'Write "true" in quotes.'],
    [null, QUOTES],
    [[], QUOTES],
    [[1], QUOTES],
    [['x', 1], QUOTES],
    [['x'], 'It takes one text: write {"prefix": "x"}.'],
    [['x', 'y'], 'It takes one text: write {"prefix": "x"}, {"prefix": "y"}.'],
    [
      [...'abcde'],
      `It takes one text: write ${[...'abcde'].map((text) => `{"prefix": "${text}"}`).join(', ')}.`,
    ],
    [[...'abcdef'], QUOTES],
  ])('%j', (operand, advice) => {
    expect(adviceOn({ prefix: operand })).toEqual([advice]);
  });

  test('inside another operator a list of texts cannot be split into several', () => {
    expect(adviceOn({ prefix: { 'equals-ignore-case': ['x', 'y'] } })).toEqual([QUOTES]);
    expect(adviceOn({ 'anything-but': { prefix: [['x', 'y']] } })).toEqual([QUOTES]);
  });
});

test.each([
  [{ rule: 'angry' }, 'Write "rule:angry".'],
  [{ rule: 5 }, 'Write one of prefix'],
  [{ prefx: 5 }, 'Write "prefix".'],
  [{ eq: 5 }, 'Write the value itself into the list, without an operator.'],
])('an unknown operator: %j', (operator, advice) => {
  expect(adviceOn(operator)).toEqual([expect.stringContaining(advice)]);
});
