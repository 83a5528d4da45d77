import { beforeEach, describe, expect, test } from '@jest/globals';
import { RecentHourMemory } from '../../../cli/state/recent-hour.ts';
import { MemoryReader } from '../../../scripts/console/memory-reader.ts';
import { atSecond, INSTANCE, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';

const POLICIES = {
  silver: { precedence: 1, match: { tags: { tier: ['silver'] } }, target: '1m' },
  rest: { precedence: 9, steps: [{ after: '1h', set: { priority: 1 } }] },
};
const SALES_ARN = QUEUE_ARN.replace('q-1', 'q-2');

let reader: MemoryReader;
let memory: RecentHourMemory;

beforeEach(() => {
  reader = new MemoryReader(T0, { policies: POLICIES, since: T0 }, [INSTANCE]);
  memory = new RecentHourMemory(T0);
});

/** A contact that enters a queue. */
function enter(contactId: string, second = 0, { tier = '', arn = QUEUE_ARN } = {}): void {
  const queue = { arn, enqueuedAt: atSecond(second) };
  const tags = tier === '' ? {} : { tags: { at: T0, value: { tier } } };
  const decision = {
    generation: 1,
    reason: 'governed' as const,
    policy: tier || 'rest',
    desired: {},
    allowLower: false,
  };
  reader.put({
    ...queuedContact({ contactId, queue, firstEnqueuedAt: queue.enqueuedAt, ...tags }),
    contactId,
    decision,
  });
}

function leave(
  contactId: string,
  facts: { readonly connectedAt?: number; readonly disconnectedAt?: number },
): void {
  const record = reader.records.get(`${INSTANCE}#${contactId}`);
  if (record?.facts) reader.put({ ...record, facts: { ...record.facts, ...facts } });
}

async function look(second: number) {
  reader.at = atSecond(second);
  const { state, left } = await reader.read();
  memory.add(state, left);
  return memory.hour;
}

describe('the last hour', () => {
  test('counts who was answered and who left before, by queue and by policy', async () => {
    enter('a', 0, { tier: 'silver' });
    enter('b', 10);
    enter('c', 0, { arn: SALES_ARN });
    await look(20);
    leave('a', { connectedAt: atSecond(30) });
    leave('b', { connectedAt: atSecond(60), disconnectedAt: atSecond(65) });
    leave('c', { disconnectedAt: atSecond(40) });
    const { queues, policies } = await look(70);
    expect(queues).toEqual({
      'q-1': { answered: 2, abandoned: 0, meanWaitSeconds: 40, withTarget: 1, withinTarget: 1, escalated: 0 },
      'q-2': { answered: 0, abandoned: 1, withTarget: 0, withinTarget: 0, escalated: 0 },
    });
    expect(policies).toEqual({
      silver: {
        answered: 1,
        abandoned: 0,
        meanWaitSeconds: 30,
        withTarget: 1,
        withinTarget: 1,
        escalated: 0,
      },
      rest: { answered: 1, abandoned: 1, meanWaitSeconds: 50, withTarget: 0, withinTarget: 0, escalated: 0 },
    });
  });

  test('counts neither an answer that is too late nor one who gave up as within the target', async () => {
    enter('late', 0, { tier: 'silver' });
    enter('gone', 0, { tier: 'silver' });
    await look(1);
    leave('late', { connectedAt: atSecond(61) });
    leave('gone', { disconnectedAt: atSecond(30) });
    expect((await look(70)).policies.silver).toMatchObject({ withTarget: 2, withinTarget: 0, abandoned: 1 });
  });

  test('counts who was escalated, and for policies that observe those that they would have changed', async () => {
    for (const contactId of ['raised', 'same']) enter(contactId);
    const change = (contactId: string, more: object) => {
      const record = reader.records.get(`${INSTANCE}#${contactId}`);
      if (record) reader.put({ ...record, ...more });
    };
    const queueVisit = 'v';
    change('raised', { status: { queueVisit, applied: { priority: 2 }, isObserved: true } });
    const shadow = { policy: 'trial', desired: {}, wouldSet: {}, changes: 0 };
    change('same', {
      status: { queueVisit, applied: { priority: 5 }, initial: { priority: 5 }, isObserved: true },
      shadows: { queueVisit, policies: [{ ...shadow, wouldSet: { priority: 1 }, changes: 1 }] },
    });
    await look(1);
    leave('raised', { connectedAt: atSecond(10) });
    leave('same', { disconnectedAt: atSecond(20) });
    const { policies } = await look(30);
    expect(policies.rest).toMatchObject({ answered: 1, abandoned: 1, escalated: 1 });
    expect(policies.trial).toEqual({
      answered: 0,
      abandoned: 1,
      withTarget: 0,
      withinTarget: 0,
      escalated: 1,
    });
  });

  test('leaves out who was moved, and who came and left between two looks', async () => {
    enter('moved');
    await look(1);
    const record = reader.records.get(`${INSTANCE}#moved`);
    if (record) reader.put({ ...record, facts: { ...record.facts, queue: undefined } as never });
    enter('unseen', 2);
    leave('unseen', { connectedAt: atSecond(3) });
    expect((await look(5)).queues).toEqual({});
  });

  test('forgets who left more than an hour ago, and says since when it knows', async () => {
    enter('a');
    await look(0);
    leave('a', { connectedAt: atSecond(10) });
    expect((await look(20)).since).toBe(T0);
    const hour = await look(3_611);
    expect(hour.queues).toEqual({});
    expect(hour.since).toBe(atSecond(11));
  });

  test('has the course of how many wait and are due, every 15 seconds', async () => {
    enter('a');
    for (const second of [0, 5, 14, 16, 40]) {
      if (second === 16) enter('b', 15);
      await look(second);
    }
    const { samples } = memory.hour;
    expect(samples.map(({ at, waiting }) => [(at - T0) / 1_000, waiting])).toEqual([
      [0, 1],
      [16, 2],
      [40, 2],
    ]);
    expect((await look(3_700)).samples.map(({ at }) => (at - T0) / 1_000)).toEqual([3_700]);
  });
});
