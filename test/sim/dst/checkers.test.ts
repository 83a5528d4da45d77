import { describe, expect, test } from '@jest/globals';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import type { Routing } from '../../../lambda/domain/routing/routing.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import { NO_FAULTS } from '../../../sim/dst/faults.ts';
import { InvariantChecker } from '../../../sim/dst/invariant-checker.ts';
import { KillSwitchChecker } from '../../../sim/dst/kill-switch-check.ts';
import { randomLatencies } from '../../../sim/dst/latencies.ts';
import { LossChecker } from '../../../sim/dst/loss-checker.ts';
import { Process } from '../../../sim/dst/process.ts';
import { overdueProblems, rateProblems } from '../../../sim/dst/recovery-check.ts';
import { UrgencyChecker } from '../../../sim/dst/urgency-checker.ts';
import { seededRandom } from '../../../sim/random.ts';
import { VirtualTime } from '../../../sim/virtual/virtual-time.ts';

const T0 = Date.parse('2026-11-23T10:00:00Z');

function start() {
  const time = new VirtualTime(T0);
  const random = seededRandom(1);
  const process = new Process('dispatch#1', {
    time,
    faults: NO_FAULTS,
    latencies: randomLatencies(random, NO_FAULTS),
    random,
  });
  return { time, process };
}

describe('the kill switch', () => {
  test.each([
    [7_000, []],
    [9_000, ['dispatch#1 makes a call 9000 ms after calls were stopped']],
  ])('allows the round in flight: a call after %i ms', async (afterMs, expected) => {
    const { time, process } = start();
    const violations: string[] = [];
    const checker = new KillSwitchChecker(time, (message) => violations.push(message));
    checker.onPublished(true);
    await time.run(T0 + afterMs);
    checker.onCall(process, 'call');
    expect(violations).toEqual(expected);
  });

  test('allows nothing of a process that knows', () => {
    const { time, process } = start();
    const violations: string[] = [];
    const checker = new KillSwitchChecker(time, (message) => violations.push(message));
    checker.onSettingsRead(process, true);
    checker.onCall(process, 'call');
    checker.onSettingsRead(process, false);
    checker.onCall(process, 'call');
    expect(violations).toEqual(['dispatch#1 makes a call, and has read that calls are stopped']);
  });
});

describe('the order of urgency', () => {
  const record = (
    contactId: string,
    priority: number,
    change: Partial<ContactRecord> = {},
    instanceId = 'i',
  ) =>
    ({
      instanceId,
      contactId,
      decision: { queueVisit: 'v', generation: 1, reason: 'governed', desired: { priority }, dueAt: T0 },
      status: { queueVisit: 'v', applied: { priority: 5, ageSeconds: 0 }, isObserved: true },
      ...change,
    }) as unknown as ContactRecord;

  function waiting(records: readonly ContactRecord[]) {
    const { time, process } = start();
    const violations: string[] = [];
    const checker = new UrgencyChecker(time, (kind, message) => violations.push(`${kind}: ${message}`));
    for (const one of records) {
      checker.onSave(one);
      checker.onIndexed(one);
    }
    const send = (one: ContactRecord) => {
      checker.onSave({ ...one, inFlightSince: time.now });
      checker.onSend(process, one);
    };
    return { time, process, checker, violations, send };
  }

  test('is broken when a less urgent change goes first, and the other does not follow', async () => {
    const [urgent, other] = [record('urgent', 1), record('other', 2)];
    const { time, checker, violations, send } = waiting([urgent, other]);
    await time.run(T0 + 10_000);
    send(other);
    await time.run(T0 + 30_000);
    checker.finish();
    expect(violations).toEqual([
      'order: other gets priority 2 while urgent waits for 1, which could be sent for 10000 ms',
    ]);
  });

  test('is kept within a round, and by what just became visible', async () => {
    const [urgent, other, late] = [record('urgent', 1), record('other', 2), record('late', 1)];
    const { time, checker, violations, send } = waiting([urgent, other]);
    await time.run(T0 + 10_000);
    checker.onSave(late);
    checker.onIndexed(late);
    send(other);
    send(urgent);
    await time.run(T0 + 30_000);
    checker.finish();
    expect(violations).toEqual([]);
  });

  test('is kept by a round that a crash cut short', async () => {
    const [urgent, other] = [record('urgent', 1), record('other', 2)];
    const { time, process, checker, violations, send } = waiting([urgent, other]);
    await time.run(T0 + 10_000);
    send(other);
    process.crash('in its round');
    await time.run(T0 + 30_000);
    checker.finish();
    expect(violations).toEqual([]);
  });

  test('is kept where the more urgent record could not be read, as during an upgrade', async () => {
    const [urgent, other] = [record('urgent', 1), record('other', 2)];
    const { time, checker, violations, send } = waiting([urgent, other]);
    await time.run(T0 + 10_000);
    checker.onFailed(urgent);
    send(other);
    await time.run(T0 + 30_000);
    checker.finish();
    expect(violations).toEqual([]);
  });

  test.each([
    ['the more urgent one first', ['urgent', 'other'], 5, []],
    [
      'the less urgent one first',
      ['other', 'urgent'],
      5,
      ['order: the index lists urgent for priority 1 after other for 2'],
    ],
    [
      'the less urgent one alone',
      ['other'],
      1,
      ['order: the index lists urgent for priority 1 after its first 1'],
    ],
    ['the more urgent one alone', ['urgent'], 1, []],
    ['not all', ['urgent'], 5, ['order: the index lists other for priority 2 not at all']],
  ])('is that of the index, which lists %s', async (_case, listed, limit, expected) => {
    const { time, checker, violations } = waiting([record('urgent', 1), record('other', 2)]);
    await time.run(T0 + 10);
    checker.onSave(record('hidden', 1));
    const check = checker.onAsked('i', limit);
    checker.onIndexed(record('hidden', 1));
    check(listed.map((contactId) => ({ instanceId: 'i', contactId })));
    expect(violations).toStrictEqual(expected);
  });

  test('is that of the index at the time of the question', async () => {
    const { time, checker, violations } = waiting([record('changed', 1), record('other', 2)]);
    await time.run(T0 + 10);
    const check = checker.onAsked('i', 1);
    await time.run(T0 + 20);
    checker.onSave(record('changed', 3));
    check([{ instanceId: 'i', contactId: 'other' }]);
    expect(violations).toStrictEqual([]);
  });

  test('says that a change was missed when the contact left after it was due', () => {
    const { checker } = waiting([record('c', 1)]);
    const facts = { queue: { enqueuedAt: T0 }, disconnectedAt: T0 + 5_000 };
    const left = record('c', 1, { facts, decision: undefined } as never);
    expect(checker.onSave(left)).toBe('missed');
    expect(checker.onSave(left)).toBeUndefined();
  });

  test('is fair while two instances have changes left', () => {
    const backlog = ['a', 'b'].flatMap((instanceId) =>
      Array.from({ length: 60 }, (_, index) => record(`c-${index}`, 1, {}, instanceId)),
    );
    const { violations, send } = waiting(backlog);
    const ofInstance = (id: string) => backlog.filter(({ instanceId }) => instanceId === id);
    for (const one of ofInstance('a').slice(0, 25)) send(one);
    expect(violations).toEqual([]);
    for (const one of ofInstance('a').slice(25, 26)) send(one);
    expect(violations).toEqual(['fairness: a got 26 updates more than b']);
  });
});

test('what is not counted is lost', () => {
  const checker = new LossChecker(() => {});
  const lost: string[] = [];
  checker.onHappened('throttled');
  checker.onHappened('unknown');
  checker.telemetry.callThrottled();
  checker.check((message) => lost.push(message));
  expect(lost).toEqual(['"unknown" happened 1 times, and is counted 0 times']);
});

describe('the recovery of rates', () => {
  const LIMITS = { ratePerSecond: 4, burst: 2 };
  const LIMIT_OF = { update: LIMITS, describe: LIMITS };
  const bucket = (ratePerSecond: number) => ({ tokens: 0, at: T0, ratePerSecond, limitPerSecond: 4 });

  test.each([
    [
      'throttles lowered it a minute ago',
      60_000,
      ['dispatch may make 3.000 calls of update a second; the quota grants 4'],
    ],
    ['it had time to climb back', 120_000, []],
  ])('finds a rate that is below the quota where %s', (_case, afterMs, expected) => {
    const state = { update: bucket(1), describe: bucket(4) };
    expect(rateProblems(state, LIMIT_OF, T0 + afterMs)).toStrictEqual(expected);
  });
});

test.each([
  ['soon', T0 + 60_000, []],
  ['a minute ago', T0 - 60_000, []],
  ['ten minutes ago', T0 - 600_000, ['c-1 should have been reconciled 600 s ago']],
  ['not again', undefined, []],
])('finds a contact that should have been reconciled %s', (_case, wakeAt, expected) => {
  const record = { contactId: 'c-1', wakeAt } as ContactRecord;
  expect(overdueProblems([record], T0)).toStrictEqual(expected);
});

test('a run knows which process ran into its time-out', async () => {
  const time = new VirtualTime(T0);
  const random = seededRandom(1);
  const timedOut: string[] = [];
  const context = {
    time,
    random,
    faults: NO_FAULTS,
    latencies: randomLatencies(random, NO_FAULTS),
    onTimeout: (name: string) => timedOut.push(name),
  };
  const invoke = (name: string, ms: number) => {
    const process = new Process(name, context);
    return process.run(() => process.sleep(ms), 1_000);
  };
  const results = Promise.allSettled([invoke('quick', 999), invoke('slow', 1_001)]);
  await time.run(T0 + 5_000);
  expect((await results).map(({ status }) => status)).toStrictEqual(['fulfilled', 'rejected']);
  expect(timedOut).toStrictEqual(['slow']);
});

test('an update without a result may look made where a transfer handed on the same criteria', () => {
  const criteria = {
    Steps: [
      {
        Expression: {
          AttributeCondition: {
            Name: 'Language',
            Value: 'French',
            ProficiencyLevel: 1,
            ComparisonOperator: 'NumberGreaterOrEqualTo' as const,
          },
        },
      },
    ],
  };
  const key = { instanceId: 'i', contactId: 'c' };
  const problemsAfter = (routing: Routing) => {
    const checker = new InvariantChecker(new VirtualTime(T0), DEFAULT_SETTINGS, false);
    checker.onArrival(key, routing);
    const detail = { ...key, id: 'escalated/c/1/1', to: { criteria } };
    checker.events.onAccepted({ name: 'escalated', at: T0, contactArn: 'c', detail } as never);
    const problems: string[] = [];
    checker.events.check([], true, (problem) => problems.push(problem));
    return problems;
  };
  expect(problemsAfter({ priority: 5, criteria })).toStrictEqual([]);
  expect(problemsAfter({ priority: 5 })).toStrictEqual([expect.stringMatching(/^i#escalated.* is invented/)]);
});
