import { expect, test } from '@jest/globals';
import {
  isParameterName,
  parameterNameProblems,
} from '../../../lambda/domain/validation/parameter-name-problem.ts';

test.each([
  ['Gold Callers', 'Rename it to "gold-callers".'],
  ['ünï_çode', 'Rename it to "uni-code".'],
  ['-a-', 'Rename it to "a".'],
  ['金', 'Rename it.'],
  ['', 'Rename it.'],
  ['A'.repeat(100), `Rename it to "${'a'.repeat(100)}".`],
  ['A'.repeat(101), 'Rename it.'],
  ['../Gold & Platinum!', 'Rename it to "gold-platinum".'],
])('the name %j has the advice: %s', (name, advice) => {
  const [problem, ...others] = parameterNameProblems('policy', name);
  expect(others).toEqual([]);
  expect(problem?.message).toBe(
    `The policy's name is ${JSON.stringify(name)}; expected lower-case letters, digits and hyphens. ${advice}`,
  );
});

test('a valid name has no problem', () => {
  expect(parameterNameProblems('policy', 'gold-1')).toEqual([]);
});

test.each(['policy', 'calendar', 'condition'] as const)(
  'the name of a %s has a problem of its own code',
  (kind) => {
    expect(parameterNameProblems(kind, 'A')).toEqual([
      {
        code: `${kind}-name`,
        path: [],
        message: `The ${kind}'s name is "A"; expected lower-case letters, digits and hyphens. Rename it to "a".`,
        found: 'A',
        allowed: 'lower-case letters, digits and hyphens',
      },
    ]);
  },
);

test.each([
  ['gold', true],
  ['1-gold', true],
  ['-gold', false],
  ['gold_1', false],
  ['Gold', false],
  ['../gold', false],
  ['gold\n', false],
  ['', false],
])('%j is a valid name: %s', (name, isValid) => {
  expect(isParameterName(name)).toBe(isValid);
});
