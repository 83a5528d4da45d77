import { describe, expect, test } from '@jest/globals';
import type { DescribeResult } from '../../../lambda/domain/reconcile/description.ts';
import { atSecond, context, KEY } from '../../support/contacts.ts';
import {
  deliverLastWakeUp,
  dispatchAll,
  enqueue,
  sentUpdates,
  withPendingChange,
} from '../../support/flow.ts';
import { describeSuccess, MemoryPorts } from '../../support/memory-ports.ts';

const WATCH = {
  watch: {
    precedence: 1,
    mode: 'observe',
    match: { attributes: { value: ['high'] } },
    steps: [{ after: '0s', set: { priority: 1 } }],
  },
};
const GOVERN = {
  govern: {
    match: { attributes: { tier: ['gold'] } },
    steps: [{ after: '0s', set: { priority: 3 } }],
  },
};
const ANSWER = describeSuccess({ routing: {}, attributes: { value: 'high', tier: 'gold' } });

async function waiting(count: number, given = context(WATCH)): Promise<MemoryPorts> {
  const memory = new MemoryPorts(given);
  memory.describeResult = () => ANSWER;
  for (let index = 0; index < count; index++) await enqueue(memory, `c-${index + 1}`);
  return memory;
}

describe('a question of an observing policy', () => {
  test('is asked from spare budget, and its answer is recorded, without any update', async () => {
    const memory = await withPendingChange(context(WATCH));
    memory.describeResult = () => ANSWER;
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.described).toEqual([KEY.contactId]);
    await deliverLastWakeUp(memory);
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.record(KEY)?.shadows?.policies).toEqual([
      { policy: 'watch', step: 0, desired: { priority: 1 }, wouldSet: { priority: 1 }, changes: 1 },
    ]);
    expect([sentUpdates(memory), memory.described]).toEqual([[], [KEY.contactId]]);
    expect(memory.telemetryLog).toEqual(['shadow c-1: watch step 0 {"priority":1}']);
  });

  test('leaves half of the burst to the questions of enforcing policies', async () => {
    const memory = await waiting(20);
    memory.fillQuota();
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.described).toHaveLength(7);
    expect((await memory.loadQuota())?.state.describe.tokens).toBe(8);
  });

  test('waits without holding dispatch up while there is no spare budget, and is asked later', async () => {
    const memory = await waiting(3);
    memory.fillQuota(7);
    const startedAt = memory.now;
    expect(await dispatchAll(memory)).toBe('empty');
    expect([memory.described, memory.now]).toEqual([[], startedAt]);
    memory.now = atSecond(60);
    await dispatchAll(memory);
    expect(memory.described).toHaveLength(3);
  });

  test('comes after every update and question of an enforcing policy', async () => {
    const memory = await waiting(12, context(WATCH));
    memory.configuration = context({ ...WATCH, ...GOVERN });
    for (const contactId of ['late-1', 'late-2']) await enqueue(memory, contactId);
    memory.fillQuota();
    await dispatchAll(memory);
    expect(memory.described.slice(0, 2).sort()).toEqual(['late-1', 'late-2']);
  });

  test('is answered by a question that an enforcing policy asks anyway', async () => {
    const memory = await withPendingChange(context({ ...WATCH, ...GOVERN }));
    memory.describeResult = () => ANSWER;
    await dispatchAll(memory);
    await deliverLastWakeUp(memory);
    await dispatchAll(memory);
    expect(memory.described.filter((id) => id === KEY.contactId).length).toBeLessThanOrEqual(2);
    expect(memory.record(KEY)?.attributes).toMatchObject({ names: ['tier', 'value'] });
    expect(memory.record(KEY)?.shadows?.policies).toMatchObject([{ policy: 'watch', changes: 1 }]);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 3 }]);
  });

  test.each<DescribeResult>([
    { kind: 'throttled', message: 'slow' },
    { kind: 'unknown', message: 'timeout' },
    { kind: 'gone', message: 'not found' },
    { kind: 'denied', message: 'no' },
  ])('that fails ($kind) changes nothing of the contact', async (result) => {
    const memory = await withPendingChange(context(WATCH));
    const before = memory.record(KEY);
    memory.describeResult = () => result;
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.record(KEY)).toEqual(before);
    expect(memory.described).toEqual([KEY.contactId]);
  });

  test.each<[DescribeResult, object, string[]]>([
    [{ kind: 'throttled', message: 'slow' }, { ratePerSecond: 4.5 }, []],
    [{ kind: 'unknown', message: 'timeout' }, { ratePerSecond: 9 }, []],
    [{ kind: 'denied', message: 'no' }, { ratePerSecond: 9 }, ['denied: no']],
  ])('counts for the budget as any question does: %j', async (result, bucket, lines) => {
    const memory = await withPendingChange(context(WATCH));
    memory.describeResult = () => result;
    await dispatchAll(memory);
    expect((await memory.loadQuota())?.state.describe).toMatchObject(bucket);
    expect(memory.telemetryLog).toEqual(lines);
  });

  test('that throws is no result of a question: nothing else is affected', async () => {
    const memory = await waiting(2);
    memory.fillQuota();
    memory.describeResult = ({ contactId }) => {
      if (contactId === 'c-1') throw new Error('broken');
      return ANSWER;
    };
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.telemetryLog).toEqual(['failed c-1: Error: broken']);
    expect(memory.record({ ...KEY, contactId: 'c-2' })?.attributes?.values).toEqual({ value: 'high' });
    expect((await memory.loadQuota())?.state.describe.ratePerSecond).toBe(9);
  });

  test('takes the last token only of a budget of one', async () => {
    const memory = await waiting(2, context(WATCH, { describeBurst: 1, describeRate: 1 }));
    memory.fillQuota(1);
    await dispatchAll(memory);
    expect(memory.described).toEqual(['c-1']);
  });

  test('of a contact whose answer is known already is not asked: the contact is reconciled', async () => {
    const memory = await waiting(1);
    memory.fillQuota();
    await dispatchAll(memory);
    const answered = memory.sent.length;
    await dispatchAll(memory);
    expect(memory.described).toEqual(['c-1']);
    expect(memory.sent.slice(answered)).toEqual([
      { body: { type: 'wake', ...KEY, wakeAt: new Date(memory.now).toISOString() }, delaySeconds: 0 },
    ]);
  });

  test('is not asked while the kill switch is on', async () => {
    const memory = await withPendingChange(context(WATCH, { pause: true }));
    expect(await dispatchAll(memory)).toBe('kill-switch');
    expect(memory.described).toEqual([]);
  });
});
