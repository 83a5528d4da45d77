import { describe, expect, test } from '@jest/globals';
import { ConfigError } from '../../lib/config-error.ts';
import { parsePrefix } from '../../lib/prefix.ts';

describe('a prefix is taken as it is', () => {
  test.each([
    ['/escalator'],
    ['/team_a/connect-escalator.v2'],
    ['/awake'],
    ['/a/aws'],
    ['/1/2/3/4/5/6/7/8/9/a/b/c/d'],
  ])('%s', (given) => {
    expect(parsePrefix(given)).toBe(given);
  });
});

test('without one it is /connect-escalator', () => {
  expect(parsePrefix(undefined)).toBe('/connect-escalator');
});

const RESERVED = 'begins with a name that AWS keeps for itself (aws, ssm)';
const CHARACTERS = 'holds a character other than letters, digits, ".", "-", "_" and "/"';

describe('a prefix that SSM would refuse is refused', () => {
  test.each([
    { given: 'escalator', problem: 'does not start with a slash' },
    { given: '', problem: 'does not start with a slash' },
    { given: '/', problem: 'ends with a slash' },
    { given: '/escalator/', problem: 'ends with a slash' },
    { given: '/a//b', problem: 'has an empty level' },
    { given: '/a b', problem: CHARACTERS },
    { given: '/größe', problem: CHARACTERS },
    { given: '/aws', problem: RESERVED },
    { given: '/SSM/escalator', problem: RESERVED },
    { given: '/1/2/3/4/5/6/7/8/9/a/b/c/d/e', problem: 'has 14 levels, more than 13' },
    { given: 7, problem: 'is not text' },
  ])('$given', ({ given, problem }) => {
    expect(() => parsePrefix(given)).toThrow(
      new ConfigError(
        `prefix ${JSON.stringify(given)} ${problem}. Pass for example -c prefix=/connect-escalator`,
      ),
    );
  });
});
