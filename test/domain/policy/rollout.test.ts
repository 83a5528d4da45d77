import { describe, expect, test } from '@jest/globals';
import { isInRollout } from '../../../lambda/domain/policy/rollout.ts';
import { stableHash } from '../../../lambda/domain/stable-hash.ts';

const ids = Array.from(
  { length: 20_000 },
  (_, index) => `11111111-2222-3333-4444-${String(index).padStart(12, '0')}`,
);
const share = (name: string, percent: number) =>
  ids.filter((id) => isInRollout(name, id, percent)).length / ids.length;

describe('a rollout', () => {
  test('includes no contact at 0 and every contact at 100', () => {
    expect([share('a', 0), share('a', 100)]).toEqual([0, 1]);
  });

  test.each([0.5, 10, 50, 90])('includes its percentage of contacts: %p percent', (percent) => {
    expect(Math.abs(share('a', percent) - percent / 100)).toBeLessThan(0.01);
  });

  test('keeps its contacts when it grows', () => {
    const ten = ids.filter((id) => isInRollout('a', id, 10));
    expect(ten.every((id) => isInRollout('a', id, 30))).toBe(true);
  });

  test('includes different contacts for different policies', () => {
    const both = ids.filter((id) => isInRollout('a', id, 50) && isInRollout('b', id, 50)).length / ids.length;
    expect(Math.abs(both - 0.25)).toBeLessThan(0.02);
  });

  test('does not change between versions of this software', () => {
    const first = ids.slice(0, 16).map((id) => (isInRollout('gold-callers', id, 50) ? 1 : 0));
    expect(first.join('')).toBe('1110100011111000');
  });
});

test('a contact at the very end of a rollout is not in it', () => {
  // The share of this contact, exactly: the rollout reaches up to it.
  const share = (stableHash('gold\u0000c-1') / 2 ** 32) * 100;
  expect(isInRollout('gold', 'c-1', share)).toBe(false);
  expect(isInRollout('gold', 'c-1', share + 1e-9)).toBe(true);
  expect(isInRollout('gold', 'c-1', 100)).toBe(true);
  expect(isInRollout('gold', 'c-1', 0)).toBe(false);
});
