import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { applyPlan } from '../../../lambda/domain/reconcile/apply-plan.ts';
import { indexEntries } from '../../../lambda/domain/reconcile/index-entries.ts';
import {
  commonOrderKey,
  dueAtFromSortKey,
  orderKey,
  PENDING_RANGES,
  pendingSortKey,
  type RangeQuery,
  readInOrder,
  SPARE_SORT_KEY,
  unsentSortKey,
} from '../../../lambda/domain/reconcile/pending-order.ts';
import { type PendingWork, pendingWork } from '../../../lambda/domain/reconcile/pending-work.ts';
import { plan } from '../../../lambda/domain/reconcile/plan.ts';
import type { Routing } from '../../../lambda/domain/routing/routing.ts';
import { atSecond, context, queuedContact, T0 } from '../../support/contacts.ts';
import { criteria } from '../../support/criteria.ts';

const pad = (value: number, digits: number) => String(value).padStart(digits, '0');
const plainKey = (priority: number, dueAt: number) => `${pad(priority, 16)}#${pad(dueAt, 14)}`;
const targetKey = (priority: number, timelyUntil: number, dueAt = 1) =>
  `${pad(priority, 16)}#t${pad(timelyUntil, 14)}#${pad(dueAt, 14)}`;

/** The sort key of a contact after its first reconcile, under a policy and settings. */
function sortKeyOf(source: object, settings: object = {}, record = queuedContact()) {
  const where = context({ p: source }, { checkBeforeFirstChange: false, ...settings });
  const after = applyPlan(record, plan(record, where, T0), where.settings, T0);
  return indexEntries(after, T0, 'absolute').pending?.sortKey;
}

test('updates, questions and unsent events each have a range of their own', () => {
  const lists = (sortKey: string) =>
    Object.entries(PENDING_RANGES).flatMap(([list, [from, to]]) =>
      sortKey >= from && sortKey < to ? [list] : [],
    );
  expect(lists(plainKey(1, 0))).toEqual(['updates']);
  expect(lists(targetKey(5, T0))).toEqual(['updates']);
  expect(lists(SPARE_SORT_KEY)).toEqual(['updates']);
  expect(lists(`q${plainKey(1, 0)}`)).toEqual(['questions']);
  expect(lists(unsentSortKey(0))).toEqual(['unsent']);
  expect(lists(unsentSortKey(T0))).toEqual(['unsent']);
  expect(unsentSortKey(T0) < unsentSortKey(T0 + 1)).toBe(true);
  expect(plainKey(2 ** 31, T0) < SPARE_SORT_KEY).toBe(true);
});

test('the keys are those that stored entries have', () => {
  expect(unsentSortKey(5)).toBe('u#00000000000005');
  expect(SPARE_SORT_KEY).toBe('9999999999999999#00000000000000');
  expect(PENDING_RANGES).toEqual({ updates: ['0', 'q'], questions: ['q', 'u'], unsent: ['u', 'v'] });
});

describe('the sort key of pending work', () => {
  test('of a contact that Connect is asked about has the time since then', () => {
    const record = { ...queuedContact(), look: { at: atSecond(3) } };
    expect(pendingSortKey(record, { kind: 'look' }, 'absolute')).toBe(`q${plainKey(5, atSecond(3))}`);
    expect(commonOrderKey(record, { kind: 'look' }, T0)).toBe(plainKey(5, atSecond(3)));
  });

  test('of a contact about which nothing was decided comes first', () => {
    expect(pendingSortKey(queuedContact(), { kind: 'reconcile' }, 'absolute')).toBe(plainKey(5, 0));
  });

  test.each<[string, changes: Routing, status: object, decision: object, isOfTarget: boolean]>([
    ['the age of a target', { ageSeconds: 60 }, {}, {}, true],
    ['criteria alone', { criteria: criteria(3) }, {}, {}, false],
    ['an age with a priority', { priority: 2, ageSeconds: 60 }, {}, {}, false],
    ['an age of an operator', { ageSeconds: 60 }, {}, { override: { ageSeconds: 60 } }, false],
    ['an age that goes back after an override', { ageSeconds: 60 }, { restorePoint: {} }, {}, false],
    ['an age without a target', { ageSeconds: 60 }, {}, { timelyUntil: undefined }, false],
  ])(
    'has a time until which it is in time for the age of a target alone: %s',
    (_name, changes, more, decided, is) => {
      const applied = { priority: 5, ageSeconds: 0 };
      const status = { queueVisit: 'v', applied, isObserved: true, ...more };
      const decision = {
        generation: 1,
        reason: 'governed' as const,
        desired: changes,
        allowLower: false,
        timelyUntil: atSecond(120),
        ...decided,
      };
      const work = {
        kind: 'update' as const,
        changes,
        targetRouting: { ...applied, ...changes },
        status,
        decision,
      };
      const key = pendingSortKey({ ...queuedContact(), status, decision }, work, 'absolute');
      expect(key.includes('#t')).toBe(is);
    },
  );

  test('puts questions and updates together in one order', () => {
    const where = context({ p: { target: '3m' } });
    const record = applyPlan(queuedContact(), plan(queuedContact(), where, T0), where.settings, T0);
    const work = pendingWork(record) as PendingWork;
    expect(pendingSortKey(record, work, 'absolute')).toBe(`q${targetKey(5, atSecond(120), T0)}`);
    expect(commonOrderKey(record, work, atSecond(120))).toBe(targetKey(5, atSecond(120), T0));
    expect(commonOrderKey(record, work, atSecond(121))).toBe(
      targetKey(5, atSecond(120), T0).replace('t', 'u'),
    );
  });

  test('has the time until which the age of a target is in time, and when it fell due', () => {
    const key = sortKeyOf({ target: '3m' });
    expect(key).toBe(targetKey(5, atSecond(120), T0));
    expect(dueAtFromSortKey(key ?? '')).toBe(T0);
    expect(sortKeyOf({ target: '3m' }, { routingLagSeconds: 10 })).toBe(targetKey(5, atSecond(170), T0));
  });

  test('of a question about it is the same among the questions', () => {
    expect(sortKeyOf({ target: '3m' }, { checkBeforeFirstChange: true })).toBe(
      `q${targetKey(5, atSecond(120), T0)}`,
    );
  });

  test('has no such time where the priority is to be changed, too, or an operator orders', () => {
    const steps = [{ after: '0s', set: { priority: 2 } }];
    expect(sortKeyOf({ target: '3m', steps })).toBe(plainKey(2, T0));
    const overridden = { ...queuedContact(), override: { at: T0, set: { ageSeconds: 60 } } };
    expect(sortKeyOf({ target: '3m' }, {}, overridden)).toBe(plainKey(5, T0));
  });
});

describe('the order', () => {
  test('is by priority, then other changes, then ages in time by due time, then ages that are too late', () => {
    const keys = [
      plainKey(1, 900),
      targetKey(1, 100),
      plainKey(2, 50),
      plainKey(2, 60),
      targetKey(2, 500),
      targetKey(2, 700),
      targetKey(2, 100),
      targetKey(2, 499),
      plainKey(3, 1),
    ];
    const shuffled = keys.toReversed();
    expect(shuffled.toSorted((a, b) => (orderKey(a, 500) < orderKey(b, 500) ? -1 : 1))).toEqual(keys);
  });

  test.each([
    [1, ['inTime']],
    [2, ['inTime', 'later']],
    [3, ['inTime', 'later', 'tooLate']],
    [4, ['inTime', 'later', 'tooLate', 'next']],
    [9, ['inTime', 'later', 'tooLate', 'next']],
  ])('is that in which the first %d entries are read: %j', (limit, names) => {
    const keys: Record<string, string> = {
      tooLate: targetKey(5, 10),
      inTime: targetKey(5, 60),
      later: targetKey(5, 70),
      next: plainKey(6, 1),
    };
    const { found } = readAll(Object.values(keys).sort(), 'updates', limit, 50);
    expect(found).toEqual(names.map((name) => keys[name]));
  });

  const anyKey = fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.nat({ max: 20 }), fc.nat({ max: 9 }))
    .map(([priority, isTarget, time, dueAt]) =>
      isTarget ? targetKey(priority, time, dueAt) : plainKey(priority, dueAt),
    );

  test('is that in which an index is read, with few requests', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyKey, { maxLength: 40 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 45 }),
        fc.nat({ max: 21 }),
        (drawn, areQuestions, limit, now) => {
          const keys = drawn.map((key) => (areQuestions ? `q${key}` : key));
          const index = keys.toSorted();
          const { found, requests } = readAll(index, areQuestions ? 'questions' : 'updates', limit, now);
          const expected = keys.toSorted((a, b) => (orderKey(a, now) < orderKey(b, now) ? -1 : 1));
          expect(found).toEqual(expected.slice(0, limit));
          // Three priorities, each with what comes before, what is in time, and what is too late.
          expect(requests).toBeLessThanOrEqual(9);
          if (keys.every((key) => orderKey(key, now) === key) || limit > keys.length)
            expect(requests).toBe(1);
        },
      ),
    );
  });
});

/** Reads the index as `readInOrder` says. */
function readAll(index: readonly string[], list: 'updates' | 'questions', limit: number, now: number) {
  const answer = (query: RangeQuery) =>
    index
      .filter((sortKey) => sortKey >= query.from && sortKey < query.to)
      .slice(0, query.limit)
      .map((sortKey) => ({ sortKey }));
  const reading = readInOrder<{ readonly sortKey: string }>(list, limit, now);
  let requests = 0;
  let step = reading.next();
  while (!step.done) {
    requests += 1;
    // DynamoDB takes no other limit.
    expect(step.value.limit).toBeGreaterThan(0);
    expect(step.value.limit).toBeLessThanOrEqual(limit);
    step = reading.next(answer(step.value));
  }
  return { found: step.value.map(({ sortKey }) => sortKey), requests };
}
