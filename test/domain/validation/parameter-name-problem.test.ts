import { expect, test } from '@jest/globals';
import { parameterNameProblems } from '../../../lambda/domain/validation/parameter-name-problem.ts';

test.each([
  ['Gold Callers', 'Rename it to "gold-callers".'],
  ['ünï_çode', 'Rename it to "uni-code".'],
  ['-a-', 'Rename it to "a".'],
  ['金', 'Rename it.'],
  ['', 'Rename it.'],
  ['A'.repeat(101), 'Rename it.'],
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
