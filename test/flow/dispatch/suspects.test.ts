import { expect, test } from '@jest/globals';
import { Suspects } from '../../../lambda/flow/dispatch/suspects.ts';
import { KEY, queuedContact, T0 } from '../../support/contacts.ts';

const record = (contactId: string, inFlightSince?: number) => ({
  ...queuedContact(),
  contactId,
  ...(inFlightSince === undefined ? {} : { inFlightSince }),
});
const DUE_AT = T0 + 10_000;

test('those whose update was in flight are suspects, and nobody else', () => {
  const suspects = new Suspects(DUE_AT);
  expect([suspects.add(record('a')), suspects.add(record('b', T0))]).toEqual([false, true]);
  expect([suspects.size, suspects.has({ ...KEY, contactId: 'a' })]).toEqual([1, false]);
  expect(suspects.has({ ...KEY, contactId: 'b' })).toBe(true);
  expect(suspects.has({ instanceId: 'i-2', contactId: 'b' })).toBe(false);
});

test('the one whose update was sent longest ago is served first, each once', () => {
  const suspects = new Suspects(DUE_AT);
  for (const [contactId, at] of [
    ['b', 2],
    ['a', 1],
    ['c', 3],
  ] as const)
    suspects.add(record(contactId, at));
  const taken = Array.from({ length: 4 }, () => suspects.take(DUE_AT, false)?.contactId);
  expect([taken, suspects.size]).toEqual([['a', 'b', 'c', undefined], 0]);
});

test.each([
  { laterMs: -1, isAlone: false, isTaken: false },
  { laterMs: -1, isAlone: true, isTaken: true },
  { laterMs: 0, isAlone: false, isTaken: true },
])('others go first until its time has come, or there are none: %j', ({ laterMs, isAlone, isTaken }) => {
  const suspects = new Suspects(DUE_AT);
  suspects.add(record('a', T0));
  expect(suspects.take(DUE_AT + laterMs, isAlone) !== undefined).toBe(isTaken);
  expect(suspects.size).toBe(isTaken ? 0 : 1);
});
