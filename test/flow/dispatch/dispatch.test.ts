import { describe, expect, test } from '@jest/globals';
import type { ContactFacts } from '../../../lambda/domain/contact/facts.ts';
import { LATE_UPDATE_MS } from '../../../lambda/domain/deployment-constants.ts';
import { applyMessage } from '../../../lambda/domain/messages/apply-message.ts';
import type { UpdateResult } from '../../../lambda/domain/reconcile/update-result.ts';
import { dispatchPending } from '../../../lambda/flow/dispatch/dispatch.ts';
import { reconcile } from '../../../lambda/flow/reconcile.ts';
import { atSecond, context, KEY, T0 } from '../../support/contacts.ts';
import {
  DISPATCH_MS,
  deliverLastWakeUp,
  dispatchAll,
  enqueue,
  PRIORITY_2,
  receive,
  sentUpdates,
  withPendingChange,
} from '../../support/flow.ts';
import { describeSuccess, MemoryPorts } from '../../support/memory-ports.ts';

const TWO_STEPS = {
  all: {
    steps: [
      { after: '0s', set: { priority: 3 } },
      { after: '60s', set: { priority: 1 } },
    ],
  },
};
const BY_TIER = {
  gold: {
    precedence: 1,
    match: { tags: { tier: ['gold'] } },
    steps: [{ after: '0s', set: { priority: 1 } }],
  },
  others: { steps: [{ after: '0s', set: { priority: 3 } }] },
};

const record = (memory: MemoryPorts) => memory.record(KEY);
describe('dispatch', () => {
  test('sends the update that is due, once, and records it', async () => {
    const memory = await withPendingChange();
    memory.now = atSecond(0.4);
    expect(await dispatchAll(memory)).toBe('empty');
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
    expect(record(memory)?.status).toEqual({
      queueVisit: record(memory)?.decision?.queueVisit,
      applied: { priority: 2, ageSeconds: 0 },
      isObserved: true,
    });
    expect(memory.telemetryLog).toEqual(['applied 400 ms late']);
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.calls.length).toBe(1);
  });

  test('waits for the quota, be it a millisecond', async () => {
    const memory = await withPendingChange(context(PRIORITY_2, { checkBeforeFirstChange: false }));
    // The bucket gets 18 tokens a second.
    memory.fillQuota(0.99);
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.calls.map(({ at }) => at - T0)).toEqual([1]);
  });

  test('finds the work in the index, whatever contact was named', async () => {
    const memory = await withPendingChange();
    expect(await dispatchPending([], memory.dispatchPorts, memory.now + DISPATCH_MS)).toBe('empty');
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
  });

  test('finds the contact that was named although the index does not show it yet', async () => {
    const memory = await withPendingChange();
    memory.pending = async () => [];
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
  });

  test('does not trust an index that still shows finished work', async () => {
    const memory = await withPendingChange();
    memory.pending = async () => [KEY];
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.calls.length).toBe(1);
  });

  test('works off a long backlog from one message although the index lags', async () => {
    const memory = new MemoryPorts(context(PRIORITY_2, { checkBeforeFirstChange: false }));
    for (let index = 0; index < 60; index++) await enqueue(memory, `c-${String(index).padStart(2, '0')}`);
    // The index shows for a second and a half what was pending then.
    const snapshots: { at: number; keys: Awaited<ReturnType<MemoryPorts['pending']>> }[] = [];
    const upToDate = memory.pending.bind(memory);
    memory.pending = async (instanceId, list, limit, now) => {
      if (list === 'questions') return [];
      snapshots.push({
        at: memory.now,
        keys: await upToDate(instanceId, list, Number.POSITIVE_INFINITY, now),
      });
      const shown = snapshots.findLast(({ at }) => at <= memory.now - 1_500) ?? snapshots[0];
      return (shown?.keys ?? []).slice(0, limit);
    };
    expect(
      await dispatchPending([{ ...KEY, contactId: 'c-00' }], memory.dispatchPorts, memory.now + DISPATCH_MS),
    ).toBe('empty');
    expect(new Set(memory.calls.map(({ contactId }) => contactId)).size).toBe(60);
    expect(memory.calls.length).toBe(60);
  });

  test('sends an override at once for a contact that was served a moment ago, despite a long backlog', async () => {
    const memory = new MemoryPorts(context(PRIORITY_2, { checkBeforeFirstChange: false }));
    for (let index = 0; index < 100; index++) await enqueue(memory, `c-${index}`);
    memory.updateResult = () => {
      // Reported with the tenth update, which is another contact's.
      if (memory.calls.length === 10) override = overrideOf(memory.calls[0]?.contactId ?? '');
      return { kind: 'done' };
    };
    let override: Promise<unknown> | undefined;
    const overrideOf = (contactId: string) =>
      reconcile(
        { ...KEY, contactId },
        (contact, now) =>
          applyMessage(
            contact,
            { ...KEY, contactId, type: 'override', id: 'o', at: now, set: { priority: 1 } },
            now,
          ),
        memory.configuration,
        memory.reconcilePorts,
      );
    await dispatchPending([], memory.dispatchPorts, memory.now + DISPATCH_MS);
    await override;
    const [first, tenth] = [memory.calls[0], memory.calls[9]];
    const overriding = memory.calls.filter(({ contactId }) => contactId === first?.contactId)[1];
    expect(overriding?.call.update).toEqual({ QueuePriority: 1 });
    expect((overriding?.at ?? 0) - (tenth?.at ?? 0)).toBeLessThan(200);
    expect(memory.calls.length).toBe(101);
  });

  test('serves the most urgent first, then the longest overdue', async () => {
    const memory = new MemoryPorts(context(BY_TIER));
    const gold = { tags: { at: T0, value: { tier: 'gold' } } };
    const arrivals: [string, number, Partial<ContactFacts>][] = [
      ['late', 3, {}],
      ['gold-2', 2, gold],
      ['early', 1, {}],
      ['gold-1', 0, gold],
    ];
    memory.now = atSecond(5);
    for (const [contactId, second, facts] of arrivals) {
      const queue = { arn: 'arn:q', enqueuedAt: atSecond(second) };
      await enqueue(memory, contactId, { ...facts, queue });
    }
    await dispatchPending([], memory.dispatchPorts, memory.now + DISPATCH_MS);
    expect(memory.calls.map(({ contactId }) => contactId)).toEqual(['gold-1', 'gold-2', 'early', 'late']);
  });

  test('stays within the quota from an empty bucket on', async () => {
    const memory = new MemoryPorts(context(PRIORITY_2, { checkBeforeFirstChange: false }));
    for (let index = 0; index < 100; index++) await enqueue(memory, `c-${index}`);
    expect(await dispatchPending([], memory.dispatchPorts, memory.now + DISPATCH_MS)).toBe('empty');
    expect(memory.calls.length).toBe(100);
    const times = memory.calls.map(({ at }) => at);
    for (const [index, at] of times.entries()) {
      expect(index + 1).toBeLessThanOrEqual((18 * (at - T0)) / 1_000 + 1e-6);
    }
    // 100 calls at 18 a second; waiting for whole milliseconds may cost a little.
    expect((times.at(-1) ?? 0) - T0).toBeLessThan(6_000);
  });

  test('a contact that left while its change was pending gets no update', async () => {
    const memory = await withPendingChange();
    await enqueue(memory, 'c-1', { disconnectedAt: atSecond(1) });
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.calls).toEqual([]);
    expect(memory.described).toEqual([]);
  });

  test('steps a second apart are sent, also where each reconcile comes just before the next step', async () => {
    const ramp = { from: '0s', every: '1s', ramp: { age: { add: '10s', upTo: '200s' } } };
    const memory = new MemoryPorts(context({ all: { steps: [ramp] } }, { checkBeforeFirstChange: false }));
    memory.fillQuota();
    memory.now = T0 + 900;
    await enqueue(memory);
    for (let step = 1; step <= 10; step++) {
      memory.now = T0 + (step - 1) * 1_000 + 950;
      await dispatchAll(memory);
      memory.now = T0 + step * 1_000 + 900;
      await receive(memory, { type: 'wake', wakeAt: memory.now });
    }
    expect(memory.calls.map(({ at }) => (at - T0 - 950) / 1_000)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('a change to checkBeforeFirstChange lets nothing fall below what a flow set', async () => {
    const policies = { all: { steps: [{ after: '60s', set: { priority: 2 } }] } };
    const memory = await withPendingChange(context(policies, { checkBeforeFirstChange: false }));
    memory.describeResult = () => describeSuccess({ routing: { priority: 1 }, attributes: {} });
    memory.configuration = context(policies);
    memory.now = atSecond(60);
    await receive(memory, { type: 'wake', wakeAt: memory.now });
    await dispatchAll(memory);
    expect([memory.described, memory.calls]).toEqual([['c-1'], []]);
  });

  test('a superseded change is never sent', async () => {
    const memory = await withPendingChange(
      context({ all: { steps: [...PRIORITY_2.all.steps, { after: '10s', set: { priority: 1 } }] } }),
    );
    memory.now = atSecond(10);
    await deliverLastWakeUp(memory);
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 1 }]);
  });

  test('a change that would take effect after the next step waits for that reconcile, and is never sent', async () => {
    const memory = await withPendingChange(context(TWO_STEPS));
    memory.now = atSecond(60) - 200;
    expect(await dispatchAll(memory)).toBe('empty');
    expect(sentUpdates(memory)).toEqual([]);

    memory.now = atSecond(61);
    await receive(memory, { type: 'wake', wakeAt: atSecond(60) });
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 1 }]);
  });

  test('dispatch does not wait more than five seconds for a reconcile', async () => {
    const memory = await withPendingChange(context(TWO_STEPS));
    memory.now = atSecond(65);
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 3 }]);
  });

  test('priority and age that both change take two updates', async () => {
    const memory = await withPendingChange(
      context(
        { all: { allowLower: true, steps: [{ after: '0s', set: { age: '5m' } }] } },
        { checkBeforeFirstChange: false },
      ),
    );
    await dispatchAll(memory);
    await receive(memory, { type: 'override', id: 'o', at: memory.now, set: { priority: 1 } });
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueueTimeAdjustmentSeconds: 300 }, { QueuePriority: 1 }]);
  });

  test('when the time is up the rest remains pending and dispatch is notified to continue', async () => {
    const memory = await withPendingChange();
    memory.dispatchNotifications.length = 0;
    expect(await dispatchPending([KEY], memory.dispatchPorts, memory.now)).toBe('time-up');
    expect(memory.calls).toEqual([]);
    expect(memory.dispatchNotifications).toEqual([{ ...KEY, deduplicationKey: `time-up@${memory.now}` }]);
  });

  test('while the kill switch is on nothing is called and everything remains pending', async () => {
    const memory = await withPendingChange(context(PRIORITY_2, { pause: true }));
    expect(await dispatchAll(memory)).toBe('kill-switch');
    expect([memory.calls, memory.described]).toEqual([[], []]);
    memory.configuration = context(PRIORITY_2);
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
  });

  test('an observing policy calls nothing', async () => {
    const memory = await withPendingChange(context({ all: { ...PRIORITY_2.all, mode: 'observe' } }));
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.calls).toEqual([]);
    expect(record(memory)?.decision).toMatchObject({ reason: 'no-policy', desired: {} });
    expect(record(memory)?.shadows?.policies).toEqual([
      { policy: 'all', step: 0, desired: { priority: 2 }, wouldSet: { priority: 2 }, changes: 1 },
    ]);
  });
});

describe('before the first change Connect is asked for the applied routing', () => {
  test('the ratchet holds against what a flow has set', async () => {
    const memory = await withPendingChange();
    memory.describeResult = () => describeSuccess({ routing: { priority: 1 }, attributes: {} });
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.calls).toEqual([]);
    expect(record(memory)?.status).toMatchObject({
      isObserved: true,
      applied: { priority: 1, ageSeconds: 0 },
    });
  });

  test('a contact that has left by then gets no update', async () => {
    const memory = await withPendingChange();
    memory.describeResult = () =>
      describeSuccess({ routing: {}, attributes: {}, disconnectedAt: atSecond(1) });
    await dispatchAll(memory);
    expect(memory.calls).toEqual([]);
    expect(record(memory)?.facts?.disconnectedAt).toBe(atSecond(1));
  });

  test('Connect is asked once', async () => {
    const memory = await withPendingChange(
      context({ all: { steps: [...PRIORITY_2.all.steps, { after: '10s', set: { priority: 1 } }] } }),
    );
    await dispatchAll(memory);
    memory.now = atSecond(10);
    await deliverLastWakeUp(memory);
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }, { QueuePriority: 1 }]);
    expect(memory.described).toEqual(['c-1']);
  });

  test.each(['throttled', 'unknown', 'denied'] as const)(
    'where the answer is %s a change that may lower waits for it, says so, and is sent once it is there',
    async (kind) => {
      const memory = await withPendingChange();
      memory.describeResult = () => ({ kind, message: 'no' });
      expect(await dispatchAll(memory)).toBe('empty');
      expect(memory.calls).toEqual([]);
      expect(record(memory)?.status).toMatchObject({ isObserved: false, attempts: 1, retryAt: T0 + 1_000 });
      expect(memory.telemetryLog).toContain('unanswered c-1: no');
      await deliverLastWakeUp(memory);
      await dispatchAll(memory);
      expect(
        record(memory)?.history.filter(({ text }) => text === 'waits for DescribeContact: no'),
      ).toHaveLength(1);
      memory.describeResult = () => describeSuccess({ routing: { priority: 3 }, attributes: {} });
      await deliverLastWakeUp(memory);
      await dispatchAll(memory);
      expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
    },
  );

  test.each([
    ['the most urgent priority', { steps: [{ after: '0s', set: { priority: 1 } }] }, { QueuePriority: 1 }],
    [
      'a policy with allowLower',
      { allowLower: true, steps: [{ after: '0s', set: { age: '1m' } }] },
      { QueueTimeAdjustmentSeconds: 60 },
    ],
  ])('%s is sent without a question', async (_name, policy, update) => {
    const memory = await withPendingChange(context({ all: policy }));
    memory.describeResult = () => ({ kind: 'denied', message: 'no' });
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([update]);
    expect(memory.described).toEqual([]);
  });

  test('an override is sent where Connect does not answer, and what its policy asks for waits', async () => {
    const memory = await withPendingChange();
    memory.describeResult = () => ({ kind: 'denied', message: 'no' });
    await receive(memory, { type: 'override', id: 'o', at: T0, set: { ageSeconds: 60 } });
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueueTimeAdjustmentSeconds: 60 }]);
  });

  test('an override is sent although DescribeContact did not find the contact: the update has an answer of its own', async () => {
    const memory = await withPendingChange();
    memory.describeResult = () => ({ kind: 'gone', message: 'not found' });
    await dispatchAll(memory);
    expect(record(memory)?.closedAt).toBe(T0);
    memory.now += 1_000;
    await receive(memory, { type: 'override', id: 'o', at: memory.now, set: { priority: 1 } });
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 1 }]);
    expect(record(memory)).not.toHaveProperty('closedAt');
  });

  test('where the settings say that flows set nothing, contacts that wait for an answer wait no longer', async () => {
    const memory = await withPendingChange();
    memory.describeResult = () => ({ kind: 'denied', message: 'no' });
    await dispatchAll(memory);
    memory.configuration = context(PRIORITY_2, { checkBeforeFirstChange: false });
    await receive(memory, { type: 'wake', wakeAt: memory.now });
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
  });

  test('a contact that is not found is closed', async () => {
    const memory = await withPendingChange();
    memory.describeResult = () => ({ kind: 'gone', message: 'not found' });
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.calls).toEqual([]);
    expect(record(memory)?.closedAt).toBe(memory.now);
    expect(memory.telemetryLog).toEqual(['closed c-1: not found']);
  });
});

describe('attributes that a policy names', () => {
  const rich = {
    rich: {
      match: { attributes: { value: [{ prefix: '1' }] } },
      steps: [{ after: '0s', set: { priority: 1 } }],
    },
  };

  test('are fetched, only those that policies name are stored, and the contact is reconciled', async () => {
    const memory = await withPendingChange(context(rich));
    memory.describeResult = () =>
      describeSuccess({ routing: {}, attributes: { value: '120', phone: '+4930123456' } });
    expect(await dispatchAll(memory)).toBe('empty');
    expect(record(memory)?.attributes).toEqual({ changedAt: 0, names: ['value'], values: { value: '120' } });
    expect(memory.calls).toEqual([]);
    await deliverLastWakeUp(memory);
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 1 }]);
    expect(memory.described).toEqual(['c-1']);
  });

  test('are asked for again later where Connect does not answer, and no other contact waits for that', async () => {
    const memory = await withPendingChange(context(rich));
    memory.describeResult = () => ({ kind: 'unknown', message: 'no' });
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.described).toEqual(['c-1']);
    expect(memory.sent.at(-1)?.delaySeconds).toBe(1);
    memory.describeResult = () => describeSuccess({ routing: {}, attributes: { value: '120' } });
    await deliverLastWakeUp(memory);
    await dispatchAll(memory);
    await deliverLastWakeUp(memory);
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 1 }]);
  });

  test('are waited for while the budget for questions is spent', async () => {
    const memory = await withPendingChange(context(rich));
    memory.fillQuota(0);
    await dispatchAll(memory);
    expect(memory.described).toEqual(['c-1']);
    expect(memory.now).toBeGreaterThan(T0);
  });
});

describe('the result of an update', () => {
  const answers =
    (...outcomes: UpdateResult[]) =>
    () =>
      outcomes.shift() ?? { kind: 'done' };

  test('throttled: the change remains pending, dispatch slows down and tries again', async () => {
    const memory = await withPendingChange();
    memory.updateResult = answers({ kind: 'throttled' });
    expect(await dispatchAll(memory)).toBe('empty');
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }, { QueuePriority: 2 }]);
    expect((memory.calls[1]?.at ?? 0) - T0).toBeGreaterThanOrEqual(100);
    expect(memory.telemetryLog[0]).toBe('throttled');
  });

  test('unknown: it is sent again later, although it may have been applied', async () => {
    const memory = await withPendingChange();
    memory.updateResult = answers({ kind: 'unknown', message: 'timeout' });
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.calls.length).toBe(1);
    expect(record(memory)?.status).toMatchObject({
      unconfirmed: ['priority'],
      attempts: 1,
      retryAt: T0 + 1_000,
    });
    expect(memory.items.get('i-1#c-1')?.entries.pending?.sortKey).toBe(undefined);
    await deliverLastWakeUp(memory);
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }, { QueuePriority: 2 }]);
    expect(memory.calls[1]?.call.generation).toBe(memory.calls[0]?.call.generation);
    expect(record(memory)?.status).toEqual({
      queueVisit: record(memory)?.decision?.queueVisit,
      applied: { priority: 2, ageSeconds: 0 },
      isObserved: true,
    });
  });

  test('unknown, with incremental ages: Connect is asked before the age is sent again', async () => {
    const aged = context(
      { all: { steps: [{ after: '0s', set: { age: '5m' } }] } },
      { ageAdjustment: 'incremental' },
    );
    const memory = await withPendingChange(aged);
    memory.updateResult = answers({ kind: 'unknown', message: 'timeout' });
    await dispatchAll(memory);
    memory.describeResult = () => describeSuccess({ routing: { ageSeconds: 300 }, attributes: {} });
    await deliverLastWakeUp(memory);
    expect(await dispatchAll(memory)).toBe('empty');
    expect(sentUpdates(memory)).toEqual([{ QueueTimeAdjustmentSeconds: 300 }]);
    expect(memory.described).toEqual(['c-1', 'c-1']);
  });

  test('unknown, with incremental ages: an answer counts once a late call can no longer change it', async () => {
    const aged = context(
      {
        gold: {
          precedence: 1,
          match: { tags: { tier: ['gold'] } },
          steps: [{ after: '0s', set: { age: '10m' } }],
        },
        all: { steps: [{ after: '0s', set: { age: '5m' } }] },
      },
      { ageAdjustment: 'incremental' },
    );
    const memory = await withPendingChange(aged);
    let ageSeconds = 0;
    memory.describeResult = () => describeSuccess({ routing: { ageSeconds }, attributes: {} });
    memory.updateResult = () => ({ kind: 'unknown', message: 'timeout' });
    await dispatchAll(memory);
    // A decision that is new is asked about at once, but Connect has not applied the call yet.
    memory.updateResult = () => ({ kind: 'done' });
    memory.now += 2_000;
    await enqueue(memory, 'c-1', { tags: { at: memory.now, value: { tier: 'gold' } } });
    memory.sent.length = 0;
    await dispatchAll(memory);
    expect(memory.described).toEqual(['c-1', 'c-1']);
    ageSeconds = 300;
    await deliverLastWakeUp(memory);
    expect(memory.now).toBeGreaterThanOrEqual(T0 + LATE_UPDATE_MS);
    await dispatchAll(memory);
    expect(memory.described).toEqual(['c-1', 'c-1', 'c-1']);
    expect(sentUpdates(memory)).toEqual([
      { QueueTimeAdjustmentSeconds: 300 },
      { QueueTimeAdjustmentSeconds: 300 },
    ]);
    expect(record(memory)?.status?.applied.ageSeconds).toBe(600);
  });

  test('conflict: it is retried a few times with growing delays, then given up until the desired routing changes', async () => {
    const memory = await withPendingChange();
    memory.updateResult = () => ({ kind: 'conflict', message: 'busy' });
    const waits: number[] = [];
    for (let tries = 0; tries < 4; tries++) {
      await dispatchAll(memory);
      waits.push((record(memory)?.status?.retryAt ?? 0) - memory.now);
      await deliverLastWakeUp(memory);
    }
    await dispatchAll(memory);
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(memory.telemetryLog).toEqual(['refused c-1: busy']);
    await dispatchAll(memory);
    expect(memory.calls.length).toBe(5);
  });

  test('gone: the contact is closed', async () => {
    const memory = await withPendingChange();
    memory.updateResult = answers({ kind: 'gone', message: 'not found' });
    expect(await dispatchAll(memory)).toBe('empty');
    expect(record(memory)?.closedAt).toBe(T0);
    await enqueue(memory, 'c-1', { connectedAt: T0 - 1 });
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.calls.length).toBe(1);
  });

  test('gone, although the contact waits: it is tried again after ten seconds, by a timer or by the sweep', async () => {
    const memory = await withPendingChange();
    memory.updateResult = answers({ kind: 'gone', message: 'not found' });
    await dispatchAll(memory);
    expect(memory.sent.at(-1)?.delaySeconds).toBe(10);
    expect(memory.items.get('i-1#c-1')?.entries.queued?.reconcileAt).toBe(T0 + 10_000);
    await deliverLastWakeUp(memory);
    expect(await dispatchAll(memory)).toBe('empty');
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }, { QueuePriority: 2 }]);
    expect(record(memory)).not.toHaveProperty('closedAt');
    expect(record(memory)).not.toHaveProperty('closure');
  });

  test('gone each time: five calls in all, and none more until something new is known', async () => {
    const memory = await withPendingChange();
    memory.updateResult = () => ({ kind: 'gone', message: 'not found' });
    await dispatchAll(memory);
    for (let sweep = 0; sweep < 20; sweep++) {
      memory.now += 900_000;
      await receive(memory, { type: 'wake', wakeAt: memory.now });
      await dispatchAll(memory);
    }
    expect(memory.calls).toHaveLength(5);
    expect(memory.items.get('i-1#c-1')?.entries).toEqual({});
    memory.updateResult = () => ({ kind: 'done' });
    await enqueue(memory, 'c-1', { eventAt: memory.now });
    await dispatchAll(memory);
    expect(memory.calls).toHaveLength(6);
  });

  test.each<[string, (memory: MemoryPorts) => Promise<unknown>, object]>([
    [
      'a later queue visit',
      (memory) =>
        enqueue(memory, 'c-1', {
          connectedAt: memory.now - 1,
          queue: { arn: 'arn:r', enqueuedAt: memory.now },
        }),
      { QueuePriority: 2 },
    ],
    [
      'a later event of the contact',
      (memory) => enqueue(memory, 'c-1', { eventAt: memory.now }),
      { QueuePriority: 2 },
    ],
    [
      'an override',
      (memory) => receive(memory, { type: 'override', id: 'o', at: memory.now, set: { priority: 1 } }),
      { QueuePriority: 1 },
    ],
  ])('gone, and then %s: the contact is open again at once', async (_name, happens, update) => {
    const memory = await withPendingChange();
    memory.updateResult = answers({ kind: 'gone', message: 'not found' });
    await dispatchAll(memory);
    memory.now += 2_000;
    await happens(memory);
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }, update]);
  });

  test('another Region owns it: open again once an event names this Region, and asked about anew', async () => {
    const memory = await withPendingChange();
    memory.updateResult = answers({ kind: 'gone', message: 'active elsewhere', cause: 'other-region' });
    await dispatchAll(memory);
    memory.now += 2_000;
    await enqueue(memory, 'c-1', { eventAt: memory.now });
    await dispatchAll(memory);
    expect(memory.calls).toHaveLength(1);
    const activeRegion = { at: memory.now, value: memory.region };
    await enqueue(memory, 'c-1', { activeRegion });
    await dispatchAll(memory);
    expect(memory.calls).toHaveLength(2);
    expect(memory.described).toEqual(['c-1', 'c-1']);
  });

  test('another Region was active for a while: asked about anew, so that urgency does not fall', async () => {
    const steps = [
      { after: '0s', set: { priority: 3 } },
      { after: '60s', set: { priority: 2 } },
    ];
    const memory = await withPendingChange(context({ all: { steps } }));
    await dispatchAll(memory);
    memory.now = atSecond(10);
    await enqueue(memory, 'c-1', { activeRegion: { at: memory.now, value: 'us-east-1' } });
    memory.describeResult = () => describeSuccess({ routing: { priority: 1 }, attributes: {} });
    memory.now = atSecond(90);
    await enqueue(memory, 'c-1', { activeRegion: { at: memory.now, value: memory.region } });
    await dispatchAll(memory);
    expect(memory.described).toEqual(['c-1', 'c-1']);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 3 }]);
    // What the other Region set is not what the flow had set.
    expect(record(memory)?.status?.initial).toEqual({ priority: 5, ageSeconds: 0 });
  });

  test('another Region was active, and lowered the contact: its policy is applied again', async () => {
    const memory = await withPendingChange();
    await dispatchAll(memory);
    memory.now = atSecond(10);
    await enqueue(memory, 'c-1', { activeRegion: { at: memory.now, value: 'us-east-1' } });
    memory.now = atSecond(20);
    await enqueue(memory, 'c-1', { activeRegion: { at: memory.now, value: memory.region } });
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }, { QueuePriority: 2 }]);
  });

  test('invalid: it is recorded with its request and not retried until the desired routing changes', async () => {
    const memory = await withPendingChange();
    memory.updateResult = answers({ kind: 'invalid', message: 'bad' });
    expect(await dispatchAll(memory)).toBe('empty');
    expect(record(memory)?.status?.rejected).toEqual({
      at: T0,
      generation: 1,
      request: { QueuePriority: 2 },
      message: 'bad',
    });
    expect(memory.telemetryLog).toEqual(['refused c-1: bad']);
    await dispatchAll(memory);
    expect(memory.calls.length).toBe(1);
    await receive(memory, { type: 'override', id: 'o', at: T0, set: { priority: 1 } });
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }, { QueuePriority: 1 }]);
  });

  test('denied: dispatch stops at once, everything remains pending, and it tries again in a minute', async () => {
    const memory = await withPendingChange();
    memory.updateResult = answers({ kind: 'denied', message: 'no permission' });
    expect(await dispatchAll(memory)).toBe('denied');
    expect(memory.telemetryLog).toEqual(['denied: no permission']);
    expect(memory.items.get('i-1#c-1')?.entries.pending?.sortKey).toBe(
      `0000000000000002#${String(T0).padStart(14, '0')}`,
    );
    expect(memory.sent.at(-1)).toEqual({
      body: { type: 'wake', ...KEY, wakeAt: new Date(T0 + 60_000).toISOString() },
      delaySeconds: 60,
    });
    memory.dispatchNotifications.length = 0;
    await deliverLastWakeUp(memory);
    expect(memory.dispatchNotifications.length).toBe(1);
    await dispatchAll(memory);
    expect(memory.telemetryLog).toEqual(['denied: no permission', 'applied 60000 ms late']);
  });

  test('facts that were recorded while the update was in flight are not lost', async () => {
    const memory = await withPendingChange();
    memory.updateResult = () => {
      const stored = memory.items.get('i-1#c-1');
      if (!stored) throw new TypeError('unexpected');
      const signalled = applyMessage(
        stored.record,
        { type: 'signal', ...KEY, id: 's', at: T0, signal: 'vip' },
        T0,
      );
      memory.items.set('i-1#c-1', { ...stored, record: signalled, revision: stored.revision + 1 });
      return { kind: 'done' };
    };
    await dispatchAll(memory);
    expect(record(memory)).toMatchObject({
      signals: { vip: { at: T0 } },
      status: { isObserved: true, applied: { priority: 2 } },
    });
  });
});

describe('an override', () => {
  const steps = [
    { after: '0s', set: { priority: 4 } },
    { after: '60s', set: { priority: 3 } },
  ];

  test('may lower urgency, and when it is released the contact gets what its policy asks for by then', async () => {
    const memory = await withPendingChange(context({ all: { steps } }));
    await dispatchAll(memory);
    await receive(memory, { type: 'override', id: 'o', at: T0, set: { priority: 8 } });
    await dispatchAll(memory);
    memory.now = atSecond(60);
    await deliverLastWakeUp(memory);
    await dispatchAll(memory);
    await receive(memory, { type: 'release', id: 'r', at: atSecond(61) });
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 4 }, { QueuePriority: 8 }, { QueuePriority: 3 }]);
    expect(record(memory)?.status?.restorePoint).toBe(undefined);
  });

  test('that is released where no policy governs restores the routing from before it', async () => {
    const memory = await withPendingChange(context({}));
    memory.describeResult = () => describeSuccess({ routing: { priority: 6 }, attributes: {} });
    await receive(memory, { type: 'override', id: 'o', at: T0, set: { priority: 1 } });
    await dispatchAll(memory);
    await receive(memory, { type: 'release', id: 'r', at: atSecond(1) });
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 1 }, { QueuePriority: 6 }]);
  });

  test('whose restoration Connect rejected is restored once the desired routing changes', async () => {
    const memory = await withPendingChange(
      context({ all: { steps: [{ after: '60s', set: { priority: 3 } }] } }),
    );
    await receive(memory, { type: 'override', id: 'o', at: memory.now, set: { priority: 1 } });
    await dispatchAll(memory);
    memory.updateResult = () => ({ kind: 'invalid', message: 'no' });
    await receive(memory, { type: 'release', id: 'r', at: memory.now });
    await dispatchAll(memory);
    memory.updateResult = () => ({ kind: 'done' });
    for (const second of [30, 61]) {
      memory.now = atSecond(second);
      await receive(memory, { type: 'wake', wakeAt: memory.now });
      await dispatchAll(memory);
    }
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 1 }, { QueuePriority: 5 }, { QueuePriority: 3 }]);
    expect(record(memory)?.status).not.toHaveProperty('restorePoint');
  });

  test('that is given again after its release is a change of its own', async () => {
    const memory = await withPendingChange(context({}));
    for (const id of ['a', 'b']) {
      memory.now += 1_000;
      await receive(memory, { type: 'override', id, at: memory.now, set: { priority: 1 } });
      await dispatchAll(memory);
      await receive(memory, { type: 'release', id: `${id}-r`, at: memory.now });
      await dispatchAll(memory);
    }
    expect(sentUpdates(memory).map(({ QueuePriority }) => QueuePriority)).toEqual([1, 5, 1, 5]);
    const identities = memory.calls.map(({ call }) => `${call.generation}:${call.update.QueuePriority}`);
    expect(new Set(identities).size).toBe(4);
  });
});
