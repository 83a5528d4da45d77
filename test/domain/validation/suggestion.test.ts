import { describe, expect, test } from '@jest/globals';
import { closestMatch } from '../../../lambda/domain/validation/suggestion.ts';

describe('the closest match', () => {
  test.each<[name: string, known: readonly string[], expected: string | undefined]>([
    ['pasue', ['pause', 'instances'], 'pause'],
    ['anythingBut', ['prefix', 'anything-but'], 'anything-but'],
    ['routing_lag', ['routingLag'], 'routingLag'],
    ['VOICES', ['VOICE', 'CHAT'], 'VOICE'],
    ['set', ['steps', 'set'], 'set'],
    ['ab', ['a'], 'a'],
    ['abc', ['a'], undefined],
    ['priority', ['age', 'route'], undefined],
    ['', ['age'], undefined],
    ['PAUSE', ['pause'], 'pause'],
    ['abcde', ['abc', 'abcdefgh'], 'abcdefgh'],
    ['age', [], undefined],
  ])('of %j among %j is %j', (name, known, expected) => {
    expect(closestMatch(name, known)).toBe(expected);
  });

  test('of a name of any length takes no time', () => {
    expect(closestMatch('x'.repeat(10_000_000), ['age'])).toBeUndefined();
  });
});
