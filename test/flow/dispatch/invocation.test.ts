import { describe, expect, test } from '@jest/globals';
import { dispatchPending } from '../../../lambda/flow/dispatch/dispatch.ts';
import { atSecond, context, KEY, T0 } from '../../support/contacts.ts';
import {
  DISPATCH_MS,
  dispatchAll,
  enqueue,
  leaveInFlight,
  PRIORITY_2,
  withPendingChange,
} from '../../support/flow.ts';
import { describeSuccess, MemoryPorts } from '../../support/memory-ports.ts';

/* The course of one invocation: which contacts it reads and serves, how long it waits, and how it ends. */

const AT_ONCE = { checkBeforeFirstChange: false };
const WATCH = {
  watch: {
    mode: 'observe',
    match: { attributes: { value: ['high'] } },
    steps: [{ after: '0s', set: { priority: 1 } }],
  },
};

async function backlog(contacts: number, ...others: readonly string[]): Promise<MemoryPorts> {
  const memory = new MemoryPorts(context(PRIORITY_2, AT_ONCE));
  for (const contactId of others) await enqueue(memory, contactId);
  for (let index = 0; index < contacts; index++) await enqueue(memory, `c-${String(index).padStart(3, '0')}`);
  return memory;
}

const called = (memory: MemoryPorts) => memory.calls.map(({ contactId }) => contactId);

describe('contacts whose update was in flight', () => {
  test('are served alone once half of the time has passed, where there is more other work than time', async () => {
    const memory = await backlog(10, 'suspect');
    leaveInFlight(memory, 'suspect');
    expect(await dispatchPending([], memory.dispatchPorts, T0 + 400)).toBe('time-up');
    const at = memory.calls.find(({ contactId }) => contactId === 'suspect')?.at ?? 0;
    expect(at).toBeGreaterThanOrEqual(T0 + 200);
    expect(at).toBeLessThan(T0 + 300);
  });

  test('are left for last although they fill a page of the index', async () => {
    const suspects = Array.from({ length: 10 }, (_, index) => `a-${index}`);
    const memory = await backlog(3, ...suspects);
    memory.fillQuota();
    for (const [index, contactId] of suspects.entries()) leaveInFlight(memory, contactId, T0 - index);
    expect(await dispatchPending([], memory.dispatchPorts, T0 + DISPATCH_MS)).toBe('empty');
    expect(called(memory)).toEqual(['c-000', 'c-001', 'c-002', ...suspects.toReversed()]);
  });

  test('are left alone where an update of their instance was denied', async () => {
    const memory = await backlog(1, 'suspect');
    memory.fillQuota();
    leaveInFlight(memory, 'suspect');
    memory.updateResult = () => ({ kind: 'denied', message: 'no' });
    expect(await dispatchPending([], memory.dispatchPorts, T0 + DISPATCH_MS)).toBe('denied');
    expect(called(memory)).toEqual(['c-000']);
  });

  test('may have nothing left to do when their turn comes', async () => {
    const memory = await backlog(0, 'suspect');
    leaveInFlight(memory, 'suspect');
    const loadMany = memory.loadMany.bind(memory);
    let reads = 0;
    memory.loadMany = async (keys) => {
      if (keys.length > 0) reads += 1;
      return reads === 2 ? [] : loadMany(keys);
    };
    memory.pending = async (instanceId, list) =>
      list === 'updates' && reads < 2 ? [{ instanceId, contactId: 'suspect' }] : [];
    expect(await dispatchPending([], memory.dispatchPorts, T0 + DISPATCH_MS)).toBe('empty');
    expect(called(memory)).toEqual([]);
  });
});

test('a contact that a message names is read by itself only until the index shows it', async () => {
  const memory = await backlog(100);
  const reads: number[] = [];
  const loadMany = memory.loadMany.bind(memory);
  memory.loadMany = async (keys) => {
    if (keys.some(({ contactId }) => contactId === 'named')) reads.push(memory.now);
    return loadMany(keys);
  };
  await dispatchPending([{ ...KEY, contactId: 'named' }], memory.dispatchPorts, T0 + DISPATCH_MS);
  expect(memory.now).toBeGreaterThan(T0 + 5_000);
  expect(reads).toEqual([T0]);
});

describe('the pages of the index', () => {
  async function limits(memory: MemoryPorts): Promise<number[]> {
    const found: number[] = [];
    const pending = memory.pending.bind(memory);
    memory.pending = (instanceId, list, limit, now) => {
      if (list === 'updates') found.push(limit);
      return pending(instanceId, list, limit, now);
    };
    await dispatchPending([], memory.dispatchPorts, memory.now + DISPATCH_MS);
    return found;
  }

  test('double while all that they list is about to be reconciled', async () => {
    const steps = [
      { after: '0s', set: { priority: 3 } },
      { after: '60s', set: { priority: 1 } },
    ];
    const memory = new MemoryPorts(context({ all: { steps } }));
    for (let index = 0; index < 600; index++) await enqueue(memory, `c-${index}`);
    memory.now = atSecond(60);
    // Each is as much larger as contacts were passed over.
    expect(await limits(memory)).toEqual([10, 20 + 10, 40 + 30, 80 + 70, 160 + 150, 320 + 310, 640 + 600]);
  });

  test('have ten contacts beside those just served while there is something to do', async () => {
    const memory = await backlog(30);
    memory.fillQuota();
    expect(Math.max(...(await limits(memory)))).toBeLessThanOrEqual(40);
  });
});

describe('when its time is up', () => {
  test('an invocation asks nothing for observing policies any more', async () => {
    const memory = await withPendingChange(context(WATCH));
    expect(await dispatchPending([], memory.dispatchPorts, memory.now)).toBe('empty');
    expect(memory.described).toEqual([]);
  });

  test('it says where what the index listed had nothing to do', async () => {
    const memory = new MemoryPorts(context(PRIORITY_2));
    memory.pending = async (_id, list) => (list === 'updates' ? [KEY] : []);
    expect(await dispatchPending([], memory.dispatchPorts, memory.now)).toBe('nothing-found');
    expect(memory.dispatchNotifications).toEqual([]);
  });

  test('it waits for the quota no longer, and never for more than a second at once', async () => {
    const memory = await backlog(2);
    memory.configuration = context(PRIORITY_2, { ...AT_ONCE, updateRate: 1 });
    const waits: number[] = [];
    const { dispatchPorts } = memory;
    const clock = {
      ...memory.clock,
      sleep: async (durationMs: number) => {
        waits.push(durationMs);
        memory.now += durationMs;
      },
    };
    expect(await dispatchPending([], { ...dispatchPorts, clock }, T0 + 1_300)).toBe('time-up');
    expect([Math.max(...waits), memory.now - T0]).toEqual([1_000, 1_300]);
    expect(Math.min(...waits)).toBeGreaterThan(0);
  });
});

test('a contact that failed, and was served after all in the same invocation, is not reconciled for that', async () => {
  const memory = await backlog(60);
  let failures = 1;
  memory.updateResult = ({ contactId }) => {
    if (contactId === 'c-000' && failures-- > 0) throw new TypeError('broken');
    return { kind: 'done' };
  };
  memory.sent.length = 0;
  expect(await dispatchPending([], memory.dispatchPorts, T0 + DISPATCH_MS)).toBe('empty');
  expect(called(memory).filter((contactId) => contactId === 'c-000')).toHaveLength(2);
  expect(memory.sent.filter(({ delaySeconds }) => delaySeconds > 5)).toEqual([]);
});

describe('a shadow', () => {
  test('has its contact reconciled once its answer is there, and not before', async () => {
    const memory = await withPendingChange(context(WATCH), { attributesChangedAt: 5 });
    memory.describeResult = () =>
      describeSuccess({ routing: {}, attributes: { value: 'high' }, tags: { tier: 'gold' } });
    memory.sent.length = 0;
    await dispatchAll(memory);
    expect(memory.sent).toHaveLength(1);
    const { attributes, facts } = memory.record(KEY) ?? {};
    // Events of the second in which Connect was asked may be newer.
    expect([attributes?.changedAt, facts?.tags?.at]).toEqual([5, Math.floor(T0 / 1_000) * 1_000 - 1]);
  });

  test('of a contact whose attributes never changed is known for the first version of them', async () => {
    const memory = await withPendingChange(context(WATCH));
    memory.describeResult = () => describeSuccess({ routing: {}, attributes: {} });
    await dispatchAll(memory);
    expect(memory.record(KEY)?.attributes).toEqual({ changedAt: 0, names: ['value'], values: {} });
  });

  test('whose answer says that the contact has left reports that', async () => {
    const memory = await withPendingChange(context(WATCH));
    memory.describeResult = () =>
      describeSuccess({ routing: {}, attributes: {}, disconnectedAt: atSecond(1) });
    await dispatchAll(memory);
    expect(memory.lines).toMatchObject([{ contactId: KEY.contactId, how: 'abandoned' }]);
  });

  test('counts answers that do not come, whatever fails beside them', async () => {
    const memory = new MemoryPorts(context(WATCH));
    for (let index = 0; index < 7; index++) await enqueue(memory, `c-${index}`);
    memory.fillQuota();
    memory.describeResult = ({ contactId }) => {
      if (contactId === 'c-3') throw new TypeError('broken');
      return { kind: 'unknown', message: 'time-out' };
    };
    await dispatchAll(memory, []);
    expect((await memory.loadQuota())?.state.describe.ratePerSecond).toBe(4.5);
  });
});
