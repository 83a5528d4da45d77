import { describe, expect, test } from '@jest/globals';
import { type ContactTruth, expectedChanges } from '../../../local/scenario/expected.ts';
import { busiest } from '../../../local/scenario/statistics.ts';
import { judge, type SeenCall } from '../../../local/scenario/verdict.ts';
import { percentile } from '../../../sim/statistics/index.ts';
import { atSecond, context, queuedContact, T0 } from '../../support/contacts.ts';

const POLICIES = {
  angry: { precedence: 1, match: { signals: ['angry'] }, steps: [{ after: '0s', set: { priority: 1 } }] },
  all: {
    steps: [
      { after: '0s', set: { priority: 4 } },
      { after: '60s', set: { priority: 3 } },
    ],
  },
};

const truth = (more: Partial<ContactTruth> = {}): ContactTruth => ({
  facts: queuedContact().facts as ContactTruth['facts'],
  attributes: {},
  initialRouting: {},
  signals: [],
  leftAt: atSecond(300),
  ...more,
});

describe('the changes that are owed to a contact', () => {
  test.each([
    [
      'each step at its time',
      truth(),
      [
        { dueAt: T0, changes: { priority: 4 }, policy: 'all' },
        { dueAt: atSecond(60), changes: { priority: 3 }, policy: 'all' },
      ],
    ],
    [
      'none after it left',
      truth({ leftAt: atSecond(60) }),
      [{ dueAt: T0, changes: { priority: 4 }, policy: 'all' }],
    ],
    ['none that its flow had already given it', truth({ initialRouting: { priority: 2 } }), []],
    [
      'what a signal brings, from when it was told',
      truth({ signals: [{ name: 'angry', at: atSecond(20) }] }),
      [
        { dueAt: T0, changes: { priority: 4 }, policy: 'all' },
        { dueAt: atSecond(20), changes: { priority: 1 }, policy: 'angry' },
      ],
    ],
  ])('%s', (_name, given, expected) => {
    expect(expectedChanges(given, context(POLICIES))).toEqual(expected);
  });
});

const call = (second: number, priority: number, applied = true): SeenCall => ({
  contactId: 'c-1',
  at: atSecond(second),
  request: { QueuePriority: priority },
  applied,
  throttled: false,
  wasQueued: true,
});

describe('the verdict on a contact', () => {
  const expected = expectedChanges(truth(), context(POLICIES));
  const leftAt = atSecond(300);
  const [first, second] = expected;

  test.each([
    [
      'all made',
      [call(0.5, 4), call(61, 3)],
      leftAt,
      {
        made: [
          { policy: 'all', latenessMs: 500 },
          { policy: 'all', latenessMs: 1_000 },
        ],
        leftInTime: 0,
        overtaken: 0,
        missed: [],
        undue: [],
      },
    ],
    [
      'one missed',
      [call(0.5, 4)],
      leftAt,
      {
        made: [{ policy: 'all', latenessMs: 500 }],
        leftInTime: 0,
        overtaken: 0,
        missed: [second],
        undue: [],
      },
    ],
    [
      'a call that was not applied makes nothing',
      [call(0.5, 4), call(61, 3, false)],
      leftAt,
      {
        made: [{ policy: 'all', latenessMs: 500 }],
        leftInTime: 0,
        overtaken: 0,
        missed: [second],
        undue: [],
      },
    ],
    [
      'a call before its time does not count',
      [call(0.5, 4), call(59, 3)],
      leftAt,
      {
        made: [{ policy: 'all', latenessMs: 500 }],
        leftInTime: 0,
        overtaken: 0,
        missed: [second],
        undue: [call(59, 3)],
      },
    ],
    [
      'gone before the call could come',
      [call(0.5, 4)],
      atSecond(62),
      { made: [{ policy: 'all', latenessMs: 500 }], leftInTime: 1, overtaken: 0, missed: [], undue: [] },
    ],
    [
      'a change that nobody owed it',
      [call(0.5, 4), call(5, 1), call(61, 3)],
      leftAt,
      {
        made: [
          { policy: 'all', latenessMs: 500 },
          { policy: 'all', latenessMs: 1_000 },
        ],
        leftInTime: 0,
        overtaken: 0,
        missed: [],
        undue: [call(5, 1)],
      },
    ],
  ])('%s', (_name, calls, left, verdict) => {
    expect(judge(expected, calls, left)).toEqual(verdict);
  });

  test('a change that another overtook at once need not be made', () => {
    const soon = [first, { ...second, dueAt: atSecond(2) }] as typeof expected;
    expect(judge(soon, [call(3, 3)], leftAt)).toMatchObject({
      overtaken: 1,
      missed: [],
      made: [{ latenessMs: 1_000 }],
    });
  });
});

describe('statistics', () => {
  test.each([
    [[], 0.5, undefined],
    [[7], 0.95, 7],
    [[4, 1, 3, 2], 0.5, 2],
    [[4, 1, 3, 2], 1, 4],
    [[4, 1, 3, 2], 0, 1],
  ])('of %j the percentile %p is %p', (values, share, expected) => {
    expect(percentile(values, share)).toBe(expected);
  });

  test('calls within the budget do not exceed it, and one more does', () => {
    const limits = { ratePerSecond: 2, burst: 3 };
    const times = [0, 0, 0, 500, 1_000, 1_500];
    expect(busiest(times, limits)).toEqual({ inOneSecond: 5, beyondBudget: 0 });
    expect(busiest([...times, 1_500], limits)).toEqual({ inOneSecond: 5, beyondBudget: 1 });
    expect(busiest([], limits)).toEqual({ inOneSecond: 0, beyondBudget: 0 });
  });
});
