import { expect, test } from '@jest/globals';
import { UnderWayChecker } from '../../../../sim/dst/adapters/under-way-checker.ts';

test.each([
  [26_000, []],
  [28_000, ['an update of c-1 counts as under way, and began 28000 ms ago']],
])('an update counts as under way while a dispatch may run: %i ms', (afterMs, expected) => {
  const violations: string[] = [];
  const checker = new UnderWayChecker((message) => violations.push(message));
  checker.onBegun('idempotency#1', 1_000);
  checker.onRefused('idempotency#1', 'c-1', 1_000 + afterMs);
  checker.onRefused('idempotency#2', 'c-2', 1_000 + afterMs);
  expect(violations).toStrictEqual(expected);
});

test('an update that begins again counts from then', () => {
  const violations: string[] = [];
  const checker = new UnderWayChecker((message) => violations.push(message));
  checker.onBegun('idempotency#1', 1_000);
  checker.onBegun('idempotency#1', 60_000);
  checker.onRefused('idempotency#1', 'c-1', 70_000);
  expect(violations).toStrictEqual([]);
});
