import { describe, expect, test } from '@jest/globals';
import { UnderWayChecker } from '../../../../sim/dst/adapters/under-way-checker.ts';

const MARK = { key: 'a', until: 16_000 };
const LATER = { key: 'a', until: 32_000 };
const OTHER = { key: 'b', until: 32_000 };

/** A dispatch that began an update at 1 s, and may run until 16 s. */
function begun() {
  const violations: string[] = [];
  const checker = new UnderWayChecker((message) => violations.push(message));
  const update = checker.onBegin('c-1 #1', MARK, undefined, 1_000, 16_000);
  return { checker, update, violations };
}

describe('an update counts as under way', () => {
  test.each([
    [26_000, []],
    [28_000, ['c-1 #1 counts as under way, and began 28000 ms ago']],
  ])('while its dispatch may run: %i ms', (afterMs, expected) => {
    const { checker, violations } = begun();
    checker.onRefused('c-1 #1', MARK, 1_000 + afterMs);
    expect(violations).toStrictEqual(expected);
  });

  test('from when it last began', () => {
    const { checker, violations } = begun();
    checker.onBegin('c-1 #1', { key: 'a', until: 75_000 }, MARK, 60_000, 75_000);
    checker.onRefused('c-1 #1', { key: 'a', until: 75_000 }, 70_000);
    expect(violations).toStrictEqual([]);
  });

  test('and no other does', () => {
    const { checker, violations } = begun();
    checker.onRefused('c-1 #2', MARK, 2_000);
    checker.onRefused('c-1 #1', LATER, 2_000);
    expect(violations).toStrictEqual([
      'c-1 #2 counts as under way, and c-1 #1 is',
      'c-1 #1 counts as under way, and no update is',
    ]);
  });
});

describe('an update that is under way', () => {
  test.each([
    [14_000, ['c-1 #1 begins, and the dispatch that began it before may take 2000 ms more']],
    [15_500, []],
  ])('begins again only once its dispatch has ended: at %i', (at, expected) => {
    const { checker, violations } = begun();
    checker.onBegin('c-1 #1', LATER, MARK, at, 32_000);
    expect(violations).toStrictEqual(expected);
  });

  test('is in the way of no other', () => {
    const { checker, violations } = begun();
    checker.onBegin('c-1 #2', OTHER, MARK, 14_000, 32_000);
    expect(violations).toStrictEqual([]);
  });

  test('has its idempotency key alone', () => {
    const { checker, violations } = begun();
    checker.onBegin('c-1 #2', LATER, undefined, 20_000, 32_000);
    expect(violations).toStrictEqual(['c-1 #2 has the idempotency key of c-1 #1']);
  });

  test('begins again once its dispatch has the result', () => {
    const { checker, update, violations } = begun();
    update.onEnded();
    checker.onBegin('c-1 #1', LATER, MARK, 14_000, 32_000);
    expect(violations).toStrictEqual([]);
  });
});
