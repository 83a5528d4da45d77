import { describe, expect, test } from '@jest/globals';
import {
  lengthProblem,
  noListProblem,
  noTextProblem,
} from '../../../lambda/domain/validation/list-problems.ts';

describe('a value that is no list', () => {
  test('has advice where it is known what to write', () => {
    expect(noListProblem(['a'], 'x', 'a list', ['x', 'y'])).toEqual({
      code: 'wrong-type',
      path: ['a'],
      message: 'Found "x"; expected a list. Write ["x", "y"].',
      found: 'x',
      allowed: 'a list',
    });
    expect(noListProblem(['a'], 'x', 'a list', undefined).message).toBe('Found "x"; expected a list.');
  });

  test('has no advice that is longer than the values that a message shows', () => {
    const messageOf = (length: number) => noListProblem(['a'], 1, 'a list', ['x'.repeat(length)]).message;
    expect(messageOf(196)).toBe(`Found 1; expected a list. Write ["${'x'.repeat(196)}"].`);
    expect(messageOf(197)).toBe('Found 1; expected a list.');
  });
});

test('an entry that is no text has the text that is meant', () => {
  expect(noTextProblem(['a', 0], 1, 'a text', '1').message).toBe('Found 1; expected a text. Write "1".');
  expect(noTextProblem(['a', 0], 1, 'a text').message).toBe('Found 1; expected a text.');
});

test.each([
  [[], 0, 'Found an empty list; expected 2 of them. Write an entry, or leave the key out if it is optional.'],
  [['x'], 1, 'Found one entry; expected 2 of them.'],
  [['x', 'y', 'z'], 3, 'Found 3 entries; expected 2 of them.'],
])('the length of %j is %d', (list, found, message) => {
  expect(lengthProblem(['a'], list, '2 of them')).toEqual({
    code: 'out-of-range',
    path: ['a'],
    message,
    found,
    allowed: '2 of them',
  });
});
