import { describe, expect, test } from '@jest/globals';
import {
  createProblem,
  describeValue,
  emptyProblem,
  exactlyOneOfProblem,
  firstProblems,
  formatPath,
  formatProblem,
  typeProblem,
  unknownKeyProblem,
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
    { name: 'a space that does not break', value: 'a\u00a0b', expected: '"a\\u00a0b"' },
    { name: 'a character of no width', value: ['\ufeff'], expected: '["\\ufeff"]' },
    { name: 'a control character of C1', value: '\u0085', expected: '"\\u0085"' },
    { name: 'a number', value: -0.5, expected: '-0.5' },
    { name: 'an infinite number', value: Number.POSITIVE_INFINITY, expected: 'Infinity' },
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

describe('the problem of an unknown key', () => {
  const message = (key: string, object?: unknown) =>
    unknownKeyProblem(['a', key], key, ['pause', 'mode'], object);

  test('names the key that was probably meant', () => {
    expect(message('pasue', { pasue: true })).toEqual({
      code: 'unknown-key',
      path: ['a', 'pasue'],
      message: '"pasue" is not a known key; expected one of pause, mode. Did you mean "pause"?',
      found: 'pasue',
      allowed: 'pause, mode',
    });
    expect(message('pasue').message).toContain('Did you mean "pause"?');
    expect(message('pasue', 'pause').message).toContain('Did you mean "pause"?');
  });

  test('names none that the object has, nor one that is unlike', () => {
    const plain = '"pasue" is not a known key; expected one of pause, mode.';
    expect(message('pasue', { pause: false }).message).toBe(plain);
    expect(message('x', {}).message).toBe(plain.replace('pasue', 'x'));
  });
});

test.each([
  [
    'a key with its value',
    { 'pause:true': 1 },
    ' Write "pause: true" without quotes, with a space after the colon.',
  ],
  [
    'a key with a value of several lines',
    { 'pause:a\nb': 1 },
    ' Write "pause: a\\nb" without quotes, with a space after the colon.',
  ],
  ['an unknown key with its value', { 'colour:red': 1 }, ''],
  ['a known key with a colon alone', { 'pause:': 1 }, ' Did you mean "pause"?'],
  [
    'a character that nobody can see',
    { 'pa\u200buse': 1 },
    ' It has a character that nobody can see. Remove it.',
  ],
  ['a space at its end', { 'pause ': 1 }, ' It has a space at its beginning or end. Remove it.'],
  [
    'what stands around the keys',
    { settings: { colour: 1, mode: 2 } },
    ' Write what is in it here, without "settings" around it.',
  ],
  ['an object without any of the keys', { settings: { colour: 1 } }, ''],
  ['a list', { settings: ['mode'] }, ''],
  ['a text', { settings: 'mode' }, ''],
])('an unknown key has the advice of its form: %s', (_name, object, advice) => {
  const [key = ''] = Object.keys(object);
  const { message } = unknownKeyProblem([key], key, ['pause', 'mode'], object);
  expect(message.replace(/^.*expected one of pause, mode\./s, '')).toBe(advice);
});

test('what is missing within a value is found as nothing', () => {
  expect(createProblem('route-agents', ['a'], undefined, 'an id').message).toBe(
    'Found nothing; expected an id.',
  );
});

test('a null says what to do about it', () => {
  expect(typeProblem(['a'], null, 'a list').message).toBe(
    'Found null; expected a list. Write a value, or leave the key out if it is optional.',
  );
  expect(typeProblem(['a', 0], null, 'a text').message).toBe(
    'Found null; expected a text. Write a value, or remove the entry.',
  );
});

test('a document without content is a problem of its own', () => {
  expect(emptyProblem('an object')).toEqual({
    code: 'wrong-type',
    path: [],
    message: 'This is empty; expected an object.',
    found: null,
    allowed: 'an object',
  });
});

test('of two members exactly one is expected', () => {
  expect(exactlyOneOfProblem('addressee', ['a'], ['x', 'y'], true)).toEqual({
    code: 'addressee',
    path: ['a'],
    message: 'Found both x and y; expected one of x and y.',
    found: 'both x and y',
    allowed: 'one of x and y',
  });
  expect(exactlyOneOfProblem('addressee', [], ['x', 'y'], false, 'x for one').message).toBe(
    'Found neither x nor y; expected x for one.',
  );
});

test('what is missing is named, or is the whole', () => {
  expect(createProblem('missing', [], undefined, 'an object')).toEqual({
    code: 'missing',
    path: [],
    message: 'This is missing; expected an object.',
    allowed: 'an object',
  });
  expect(createProblem('missing', ['a'], null, 'an object').message).toBe('Found null; expected an object.');
});

test('a long path, and a long key in it, are cut', () => {
  expect(formatPath(['x'.repeat(128)])).toBe('x'.repeat(128));
  expect(formatPath(['x'.repeat(129), 0])).toBe(`${'x'.repeat(125)}...[0]`);
  expect(formatPath(Array(100).fill('abcd'))).toHaveLength(400);
});

describe('the first problems', () => {
  test.each([
    [2, []],
    [3, ['There is one more problem.']],
    [4, ['There are 2 more problems.']],
  ])('of %d', (count, rest) => {
    const all = Array.from({ length: count }, (_, index) => index);
    expect(firstProblems(all, 2)).toEqual({ first: [0, 1], rest });
  });

  test('are 20 by default', () => {
    expect(firstProblems(Array(21).fill(0)).first).toHaveLength(20);
  });
});
