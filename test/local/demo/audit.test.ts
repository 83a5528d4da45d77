import { describe, expect, test } from '@jest/globals';
import { auditByAny, auditCalls, type ContactAudit, type ObservedCall } from '../../../local/demo/audit.ts';
import {
  type ExpectedChange,
  expectedChanges,
  type GroundTruth,
} from '../../../local/demo/expected-changes.ts';
import { peakLoad } from '../../../local/demo/peak-load.ts';
import { percentile } from '../../../sim/statistics/index.ts';
import { atSecond, context, queuedContact, T0 } from '../../support/contacts.ts';

const POLICIES = {
  angry: { precedence: 1, match: { signals: ['angry'] }, steps: [{ after: '0s', set: { priority: 1 } }] },
  calm: { precedence: 2, match: { signals: ['calm'] }, steps: [{ after: '10m', set: { priority: 2 } }] },
  all: {
    steps: [
      { after: '0s', set: { priority: 4 } },
      { after: '60s', set: { priority: 3 } },
    ],
  },
};

const truth = (more: Partial<GroundTruth> = {}): GroundTruth => ({
  facts: queuedContact().facts as GroundTruth['facts'],
  attributes: {},
  initialRouting: {},
  signals: [],
  leftAt: atSecond(300),
  ...more,
});

describe('the expected changes of a contact', () => {
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
      'none because of a signal that has ended',
      truth({ signals: [{ name: 'angry', at: atSecond(-20), until: T0 }] }),
      [
        { dueAt: T0, changes: { priority: 4 }, policy: 'all' },
        { dueAt: atSecond(60), changes: { priority: 3 }, policy: 'all' },
      ],
    ],
    [
      'each step from the end of a signal',
      truth({ signals: [{ name: 'calm', at: T0, until: atSecond(90) }] }),
      [{ dueAt: atSecond(90), changes: { priority: 3 }, policy: 'all' }],
    ],
    [
      'none after it left',
      truth({ leftAt: atSecond(60) }),
      [{ dueAt: T0, changes: { priority: 4 }, policy: 'all' }],
    ],
    ['none that its flow has set already', truth({ initialRouting: { priority: 2 } }), []],
    [
      'a change because of a signal, from the time of the signal',
      truth({ signals: [{ name: 'angry', at: atSecond(20) }] }),
      [
        { dueAt: T0, changes: { priority: 4 }, policy: 'all' },
        { dueAt: atSecond(20), changes: { priority: 1 }, policy: 'angry' },
      ],
    ],
  ])('%s', (_name, groundTruth, expected) => {
    expect(expectedChanges(groundTruth, context(POLICIES))).toEqual(expected);
  });
});

const call = (second: number, priority: number, applied = true): ObservedCall => ({
  contactId: 'c-1',
  at: atSecond(second),
  request: { QueuePriority: priority },
  applied,
  throttled: false,
  wasQueued: true,
});

describe('the audit of a contact', () => {
  const expected = expectedChanges(truth(), context(POLICIES));
  const leftAt = atSecond(300);
  const [first, second] = expected;

  const FIRST_APPLIED = { policy: 'all', latenessMs: 500 };
  const SECOND_APPLIED = { policy: 'all', latenessMs: 1_000 };

  test.each<[string, ObservedCall[], number, Partial<ContactAudit>]>([
    ['all applied', [call(0.5, 4), call(61, 3)], leftAt, { applied: [FIRST_APPLIED, SECOND_APPLIED] }],
    ['one missed', [call(0.5, 4)], leftAt, { applied: [FIRST_APPLIED], missed: [second as ExpectedChange] }],
    [
      'a call that was not applied does not count',
      [call(0.5, 4), call(61, 3, false)],
      leftAt,
      { applied: [FIRST_APPLIED], missed: [second as ExpectedChange] },
    ],
    [
      'a call before the change is due does not count',
      [call(0.5, 4), call(59, 3)],
      leftAt,
      { applied: [FIRST_APPLIED], missed: [second as ExpectedChange], unexpected: [call(59, 3)] },
    ],
    [
      'the contact left within the grace period',
      [call(0.5, 4)],
      atSecond(62),
      { applied: [FIRST_APPLIED], departedFirst: 1 },
    ],
    [
      'a change that was not due',
      [call(0.5, 4), call(5, 1), call(61, 3)],
      leftAt,
      { applied: [FIRST_APPLIED, SECOND_APPLIED], unexpected: [call(5, 1)] },
    ],
  ])('%s', (_name, calls, left, audit) => {
    expect(auditCalls(expected, calls, left)).toEqual({
      applied: [],
      departedFirst: 0,
      superseded: 0,
      heldBack: 0,
      missed: [],
      unexpected: [],
      ...audit,
    });
  });

  describe('while calls are paused', () => {
    const pausedUntil = (until: number) => (dueAt: number) => (dueAt >= atSecond(50) ? until : dueAt);

    test('holds no change against the system whose contact left before', () => {
      const audit = auditCalls(expected, [call(0.5, 4)], leftAt, pausedUntil(Number.POSITIVE_INFINITY));
      expect(audit).toMatchObject({ applied: [FIRST_APPLIED], heldBack: 1, missed: [], departedFirst: 0 });
      expect(auditCalls(expected, [call(0.5, 4)], leftAt, pausedUntil(atSecond(299)))).toMatchObject({
        heldBack: 1,
        missed: [],
      });
    });

    test('counts how late a change is from when it was possible', () => {
      const audit = auditCalls(expected, [call(0.5, 4), call(203, 3)], leftAt, pausedUntil(atSecond(200)));
      expect(audit).toMatchObject({
        applied: [FIRST_APPLIED, { policy: 'all', latenessMs: 3_000 }],
        heldBack: 0,
        unexpected: [],
      });
    });

    test('misses a change that is never made afterwards', () => {
      const audit = auditCalls(expected, [call(0.5, 4)], leftAt, pausedUntil(atSecond(200)));
      expect(audit.missed).toEqual([second]);
      expect(audit.heldBack).toBe(0);
    });
  });

  test('a change that takes two calls is applied with the second one', () => {
    const both = [{ dueAt: T0, changes: { priority: 2, ageSeconds: 60 }, policy: 'all' }];
    const age = { ...call(2, 9), request: { QueueTimeAdjustmentSeconds: 60 } };
    expect(auditCalls(both, [call(1, 2), age], leftAt)).toMatchObject({
      applied: [{ policy: 'all', latenessMs: 2_000 }],
      unexpected: [],
    });
    expect(auditCalls(both, [call(1, 2)], leftAt).missed).toEqual(both);
  });

  test('what was due is decided by the possibility that explains the calls best', () => {
    const early = [{ dueAt: atSecond(20), changes: { priority: 1 }, policy: 'angry' }];
    const late = [{ dueAt: atSecond(40), changes: { priority: 1 }, policy: 'angry' }];
    const none: ExpectedChange[] = [];
    const of = (possibilities: ExpectedChange[][], ...calls: ObservedCall[]) =>
      auditByAny(possibilities, calls, leftAt);
    const applied = (latenessMs: number) => [{ policy: 'angry', latenessMs }];
    expect(of([late, early], call(30, 1))).toMatchObject({
      applied: applied(10_000),
      missed: [],
      unexpected: [],
    });
    expect(of([early, late], call(41, 1))).toMatchObject({ applied: applied(1_000) });
    expect(of([early, none])).toMatchObject({ applied: [], missed: [] });
    // No possibility explains these.
    expect(of([late, early]).missed).toHaveLength(1);
    expect(of([late, none], call(30, 1)).unexpected).toHaveLength(1);
  });

  test('a change that fell due after the demo had ended, while the system became idle, is not judged', () => {
    const audit = auditCalls([first] as typeof expected, [call(0.5, 4), call(31, 2)], atSecond(30));
    expect(audit).toMatchObject({ applied: [FIRST_APPLIED], unexpected: [] });
  });

  test('a change that was superseded within the grace period need not be applied', () => {
    const soon = [first, { ...second, dueAt: atSecond(2) }] as typeof expected;
    expect(auditCalls(soon, [call(3, 3)], leftAt)).toMatchObject({
      superseded: 1,
      missed: [],
      applied: [{ latenessMs: 1_000 }],
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

  test('calls within the quota do not exceed it, and one more does', () => {
    const limits = { ratePerSecond: 2, burst: 3 };
    const times = [0, 0, 0, 500, 1_000, 1_500];
    expect(peakLoad(times, limits)).toEqual({ maxPerSecond: 5, overBudget: 0 });
    expect(peakLoad([...times, 1_500], limits)).toEqual({ maxPerSecond: 5, overBudget: 1 });
    expect(peakLoad([], limits)).toEqual({ maxPerSecond: 0, overBudget: 0 });
  });
});
