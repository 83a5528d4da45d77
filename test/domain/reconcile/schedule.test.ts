import { describe, expect, test } from '@jest/globals';
import {
  earliest,
  isBackingOff,
  isReconcileImminent,
  nextReconcileAt,
  nextRetryAt,
  timerFor,
} from '../../../lambda/domain/reconcile/schedule.ts';
import { atSecond, queuedContact, T0 } from '../../support/contacts.ts';

const NOW = T0;
const record = (members: { wakeAt?: number; timerAt?: number }) => ({ ...queuedContact(), ...members });

const TIMERS = [
  ['nothing to wait for', {}, undefined],
  ['a wait of whole seconds', { wakeAt: atSecond(60) }, { delaySeconds: 60, firesAt: atSecond(60) }],
  ['a wait that ends within a second', { wakeAt: NOW + 1 }, { delaySeconds: 1, firesAt: atSecond(1) }],
  ['a wait that ended already', { wakeAt: NOW - 5_000 }, { delaySeconds: 1, firesAt: atSecond(1) }],
  ['a part of a second: rounded up', { wakeAt: NOW + 1_001 }, { delaySeconds: 2, firesAt: atSecond(2) }],
  ['the longest delay of SQS', { wakeAt: atSecond(900) }, { delaySeconds: 900, firesAt: atSecond(900) }],
  ['more than SQS can delay', { wakeAt: atSecond(901) }, { delaySeconds: 900, firesAt: atSecond(900) }],
  ['a pending timer that fires in time', { wakeAt: atSecond(60), timerAt: atSecond(60) }, undefined],
  ['a pending timer that fires earlier', { wakeAt: atSecond(60), timerAt: atSecond(5) }, undefined],
  ['a pending timer within the second after', { wakeAt: atSecond(60), timerAt: atSecond(60.999) }, undefined],
  [
    'a pending timer that fires too late',
    { wakeAt: atSecond(60), timerAt: atSecond(61) },
    { delaySeconds: 60, firesAt: atSecond(60) },
  ],
  [
    'a timer that has fired',
    { wakeAt: atSecond(60), timerAt: NOW },
    { delaySeconds: 60, firesAt: atSecond(60) },
  ],
] as const;

describe('the timer of a contact', () => {
  test.each(TIMERS)('%s', (_name, members, expected) => {
    expect(timerFor(record(members), NOW)).toEqual(expected);
  });
});

describe('a reconcile is imminent', () => {
  test.each([
    ['without a time', undefined, false],
    ['251 ms before its time', NOW + 251, false],
    ['250 ms before its time, as long as a call takes', NOW + 250, true],
    ['at its time', NOW, true],
    ['just under 5 s after it', NOW - 4_999, true],
    ['5 s after it: it may be lost', NOW - 5_000, false],
  ])('%s', (_name, wakeAt, expected) => {
    expect(isReconcileImminent(record(wakeAt === undefined ? {} : { wakeAt }), NOW)).toBe(expected);
  });
});

test('a reconcile a second after the last step is not waited for: each could find the next one imminent', () => {
  const decision = { generation: 1, reason: 'governed', desired: {}, allowLower: false } as const;
  const isImminent = (dueAt: number) =>
    isReconcileImminent({ ...record({ wakeAt: NOW + 50 }), decision: { ...decision, dueAt } }, NOW);
  expect(isImminent(NOW + 50 - 1_000)).toBe(false);
  expect(isImminent(NOW + 50 - 2_000)).toBe(true);
});

test.each([
  [undefined, false],
  [NOW - 1, false],
  [NOW, false],
  [NOW + 1, true],
])('with a retry at %p a contact is backing off: %p', (retryAt, expected) => {
  const status = { queueVisit: '', applied: {}, isObserved: true, ...(retryAt !== undefined && { retryAt }) };
  expect(isBackingOff({ ...queuedContact(), status }, NOW)).toBe(expected);
});

test('a question about a contact is repeated by its own time, not by that of an update', () => {
  const status = { queueVisit: '', applied: {}, isObserved: true, retryAt: NOW + 9 };
  const asked = (retryAt?: number) => ({
    ...queuedContact(),
    status,
    look: { at: T0, ...(retryAt !== undefined && { retryAt }) },
  });
  expect([isBackingOff(asked(NOW + 5), NOW), nextRetryAt(asked(NOW + 5))]).toEqual([true, NOW + 5]);
  expect([isBackingOff(asked(), NOW), nextRetryAt(asked())]).toEqual([false, undefined]);
});

test('nothing is repeated where nothing is left to do', () => {
  const status = { queueVisit: '', applied: {}, isObserved: true, retryAt: NOW + 9 };
  expect(nextRetryAt({ ...queuedContact(), status })).toBeUndefined();
  expect(nextRetryAt({ ...queuedContact(), status, isUndecided: true })).toBe(NOW + 9);
});

test('the next reconcile is at the earliest time by which something may change', () => {
  const shadows = { queueVisit: 'v', policies: [], wakeAt: NOW + 8 };
  const closed = { closedAt: NOW, closure: { cause: 'not-found' as const, count: 1 } };
  expect(nextReconcileAt(queuedContact())).toBeUndefined();
  expect(nextReconcileAt(record({ wakeAt: NOW + 9 }))).toBe(NOW + 9);
  expect(nextReconcileAt({ ...record({ wakeAt: NOW + 9 }), shadows })).toBe(NOW + 8);
  expect(nextReconcileAt({ ...queuedContact(), ...closed })).toBe(atSecond(10));
  expect(nextReconcileAt({ ...queuedContact(), look: { at: T0, retryAt: NOW + 7 }, shadows })).toBe(NOW + 7);
  expect(
    timerFor({ ...record({ wakeAt: atSecond(60) }), shadows: { ...shadows, wakeAt: atSecond(20) } }, NOW),
  ).toEqual({ delaySeconds: 20, firesAt: atSecond(20) });
});

test('the earliest of no times is none', () => {
  expect(earliest([])).toBe(undefined);
  expect(earliest([undefined, undefined])).toBe(undefined);
  expect(earliest([undefined, 3, 2])).toBe(2);
});
