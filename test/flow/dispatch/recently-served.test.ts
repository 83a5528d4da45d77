import { expect, test } from '@jest/globals';
import { INDEX_LAG_MS, RecentlyServed } from '../../../lambda/flow/dispatch/recently-served.ts';

const KEY = { instanceId: 'i-1', contactId: 'c-1' };
const SERVED_AT = 10_000;

test.each<[string, number | undefined, number | undefined, number, boolean]>([
  ['at once', 5_000, 5_000, 0, true],
  ['as long as the index may lag', 5_000, 5_000, INDEX_LAG_MS - 1, true],
  ['no longer', 5_000, 5_000, INDEX_LAG_MS, false],
  ['with an older due time', 5_000, 4_999, 0, true],
  ['but not with a newer one, which is new work', 5_000, 5_001, 0, false],
  ['where the index shows no due time', 5_000, undefined, 0, true],
  ['with any due time where the record had none', undefined, 9_000_000, 0, true],
  ['with any due time where that of the record is damaged', Number.NaN, 9_000_000, 0, true],
])('a contact that was served is passed over %s', (_name, dueAt, shownDueAt, laterMs, isPassedOver) => {
  const served = new RecentlyServed();
  served.add([{ ...KEY, dueAt }], SERVED_AT);
  expect(served.has({ ...KEY, dueAt: shownDueAt }, SERVED_AT + laterMs)).toBe(isPassedOver);
  expect(served.has({ ...KEY, contactId: 'c-2', dueAt: shownDueAt }, SERVED_AT + laterMs)).toBe(false);
});

test('contacts are forgotten when the index has caught up', () => {
  const served = new RecentlyServed();
  served.add([KEY, { ...KEY, contactId: 'c-2' }], SERVED_AT);
  served.add([{ ...KEY, contactId: 'c-3' }], SERVED_AT + 1);
  expect(served.count(SERVED_AT + INDEX_LAG_MS - 1)).toBe(3);
  expect(served.count(SERVED_AT + INDEX_LAG_MS)).toBe(1);
  expect(served.count(SERVED_AT + INDEX_LAG_MS + 1)).toBe(0);
});
