import { describe, expect, test } from '@jest/globals';
import {
  createProblem,
  describeValue,
  formatPath,
  formatProblem,
  typeProblem,
} from '../../../lambda/domain/validation/problem.ts';

describe('a path', () => {
  test.each([
    [[], ''],
    [['steps'], 'steps'],
    [['steps', 1, 'set', 'priority'], 'steps[1].set.priority'],
    [[0, 'a'], '[0].a'],
  ])('%j is %j', (path, expected) => {
    expect(formatPath(path)).toBe(expected);
  });
});

describe('a value in a message', () => {
  const loop: unknown[] = [];
  loop.push(loop);
  test.each([
    { name: 'a string', value: 'a "b"', expected: '"a \\"b\\""' },
    { name: 'a list', value: ['English', 2], expected: '["English",2]' },
    { name: 'an empty object', value: {}, expected: '{}' },
    { name: 'null', value: null, expected: 'null' },
    { name: 'undefined', value: undefined, expected: 'nothing' },
    { name: 'a number that JSON does not have', value: Number.NaN, expected: 'NaN' },
    { name: '60 characters', value: 'x'.repeat(58), expected: `"${'x'.repeat(58)}"` },
    { name: 'more than 60 characters', value: 'x'.repeat(59), expected: `"${'x'.repeat(56)}...` },
    { name: 'a list that contains itself', value: loop, expected: 'a list' },
    { name: 'an object that contains itself', value: { loop }, expected: 'an object' },
    { name: 'a value without JSON', value: 10n, expected: '10' },
  ])('$name: $expected', ({ value, expected }) => {
    expect(describeValue(value)).toBe(expected);
  });
});

describe('a problem', () => {
  test.each([
    {
      problem: createProblem('not-allowed', ['mode'], 'observer', 'enforce or observe', 'observe'),
      expected: 'mode: Found "observer"; expected enforce or observe. Did you mean "observe"? (not-allowed)',
    },
    {
      problem: typeProblem(['steps', 0], 7, 'an object'),
      expected: 'steps[0]: Found 7; expected an object. (wrong-type)',
    },
    {
      problem: typeProblem(['a', 'steps'], undefined, 'a list'),
      expected: 'a.steps: steps is missing; expected a list. (missing)',
    },
    {
      problem: typeProblem(['list', 0], undefined, 'a string'),
      expected: 'list[0]: list[0] is missing; expected a string. (missing)',
    },
    { problem: typeProblem([], 7, 'an object'), expected: 'Found 7; expected an object. (wrong-type)' },
  ])('$expected', ({ problem, expected }) => {
    expect(formatProblem(problem)).toBe(expected);
  });
});
