import { describe, expect, test } from '@jest/globals';
import { ConfigError } from '../../lib/config-error.ts';
import { parsePrefix } from '../../lib/prefix.ts';

describe('a valid prefix is returned unchanged', () => {
  test.each([
    ['/escalator'],
    ['/team_a/connect-escalator.v2'],
    ['/awake'],
    ['/a/aws'],
    ['/1/2/3/4/5/6/7/8/9/a/b/c/d'],
  ])('%s', (value) => {
    expect(parsePrefix(value)).toBe(value);
  });
});

test('the default is /connect-escalator', () => {
  expect(parsePrefix(undefined)).toBe('/connect-escalator');
});

const RESERVED = 'starts with a name that AWS reserves (aws, ssm)';
const CHARACTERS = 'contains a character other than letters, digits, ".", "-", "_" and "/"';

describe('a prefix that SSM would reject is rejected', () => {
  test.each([
    { value: 'escalator', problem: 'does not start with a slash' },
    { value: '', problem: 'does not start with a slash' },
    { value: '/', problem: 'ends with a slash' },
    { value: '/escalator/', problem: 'ends with a slash' },
    { value: '/a//b', problem: 'has an empty level' },
    { value: '/a b', problem: CHARACTERS },
    { value: '/größe', problem: CHARACTERS },
    { value: '/aws', problem: RESERVED },
    { value: '/SSM/escalator', problem: RESERVED },
    { value: '/1/2/3/4/5/6/7/8/9/a/b/c/d/e', problem: 'has 14 levels, more than 13' },
    { value: 7, problem: 'is not a string' },
  ])('$value', ({ value, problem }) => {
    expect(() => parsePrefix(value)).toThrow(
      new ConfigError(
        `prefix ${JSON.stringify(value)} ${problem}. Pass for example -c prefix=/connect-escalator`,
      ),
    );
  });
});
