import { describe, expect, test } from '@jest/globals';
import { isInRollout } from '../../../lambda/domain/policy/rollout.ts';

const ids = Array.from(
  { length: 20_000 },
  (_, index) => `11111111-2222-3333-4444-${String(index).padStart(12, '0')}`,
);
const share = (name: string, percent: number) =>
  ids.filter((id) => isInRollout(name, id, percent)).length / ids.length;

describe('a rollout', () => {
  test('takes nobody in at 0 and everybody at 100', () => {
    expect([share('a', 0), share('a', 100)]).toEqual([0, 1]);
  });

  test.each([0.5, 10, 50, 90])('takes in the part that it says: %p percent', (percent) => {
    expect(Math.abs(share('a', percent) - percent / 100)).toBeLessThan(0.01);
  });

  test('keeps whom it has when it grows', () => {
    const ten = ids.filter((id) => isInRollout('a', id, 10));
    expect(ten.every((id) => isInRollout('a', id, 30))).toBe(true);
  });

  test('of two policies takes in different contacts', () => {
    const both = ids.filter((id) => isInRollout('a', id, 50) && isInRollout('b', id, 50)).length / ids.length;
    expect(Math.abs(both - 0.25)).toBeLessThan(0.02);
  });

  test('does not change from one version of this software to the next', () => {
    const first = ids.slice(0, 16).map((id) => (isInRollout('gold-callers', id, 50) ? 1 : 0));
    expect(first.join('')).toBe('1110100011111000');
  });
});
