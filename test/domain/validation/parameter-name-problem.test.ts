import { expect, test } from '@jest/globals';
import { parameterNameProblems } from '../../../lambda/domain/validation/parameter-name-problem.ts';

test.each([
  ['Gold Callers', 'Rename its file or parameter, for example to "gold-callers".'],
  ['ünï_çode', 'Rename its file or parameter, for example to "uni-code".'],
  ['-a-', 'Rename its file or parameter, for example to "a".'],
  ['金', 'Rename its file or parameter.'],
  ['', 'Rename its file or parameter.'],
  ['A'.repeat(101), 'Rename its file or parameter.'],
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
