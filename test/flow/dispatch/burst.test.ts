import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RoutingUpdate } from '../../../lambda/domain/routing/routing.ts';
import { dispatchPending } from '../../../lambda/flow/dispatch/dispatch.ts';
import { atSecond, context, KEY, T0 } from '../../support/contacts.ts';
import { enqueue } from '../../support/flow.ts';
import { describeSuccess, MemoryPorts } from '../../support/memory-ports.ts';

const CONTACTS = 300;
const contactId = (index: number) => `c-${String(index).padStart(3, '0')}`;
/** Every thirtieth contact was put at priority 1 by its flow. */
const isRaised = (id: string) => Number(id.slice(2)) % 30 === 29;
const NEXT_DECISION = {
  settled: {
    precedence: 1,
    match: { channel: ['CHAT'] },
    steps: [{ after: '0s', set: { age: '1m' } }],
  },
  others: { match: { channel: ['VOICE'] }, steps: [{ after: '0s', set: { priority: 2 } }] },
};

const secondsOf = (memory: MemoryPorts, isAbout: (id: string) => boolean) =>
  memory.calls.filter(({ contactId: id }) => isAbout(id)).map(({ at }) => (at - T0) / 1_000);

/** A burst whose changes may lower what flows have set, with the default quotas from full buckets on. */
async function burst(): Promise<MemoryPorts> {
  const memory = new MemoryPorts(context(NEXT_DECISION));
  memory.describeResult = ({ contactId: id }) =>
    describeSuccess({ routing: isRaised(id) ? { priority: 1 } : {}, attributes: {} });
  memory.fillQuota();
  for (let index = 0; index < CONTACTS; index++) await enqueue(memory, contactId(index));
  return memory;
}

describe('a burst of 300 contacts whose routing is not known', () => {
  let memory: MemoryPorts;
  beforeAll(async () => {
    memory = await burst();
    await dispatchPending([], memory.dispatchPorts, atSecond(120));
  });

  test('lowers none of those that their flow had put at priority 1', () => {
    const lowered = memory.calls.filter(({ contactId: id }) => isRaised(id));
    expect(lowered).toEqual([]);
    expect(memory.calls).toHaveLength(CONTACTS - CONTACTS / 30);
  });

  test('costs one question a contact, and the last answer comes after (300 - 15) / 9 seconds', () => {
    expect(memory.described).toHaveLength(CONTACTS);
    const last = Math.max(...secondsOf(memory, () => true));
    expect(last).toBeGreaterThan(31);
    expect(last).toBeLessThan(33);
  });

  test('asks about the longest waiting of equal urgency first', () => {
    expect(memory.described.slice(0, 10).sort()).toEqual(Array.from({ length: 10 }, (_, i) => contactId(i)));
  });
});

describe('questions do not hold up', () => {
  test('ages at the same priority that can be sent', async () => {
    const memory = await burst();
    const known = Array.from({ length: 20 }, (_, index) => `known-${index}`);
    for (const id of known) {
      const enqueuedAt = atSecond(1);
      memory.now = enqueuedAt;
      await enqueue(memory, id, { channel: 'CHAT', queue: { arn: 'arn:q', enqueuedAt } });
      const stored = memory.items.get(`${KEY.instanceId}#${id}`);
      if (!stored?.record.status) throw new TypeError('unexpected');
      const status = {
        ...stored.record.status,
        isObserved: true,
        applied: { priority: 2, ageSeconds: 0 },
      };
      await memory.save({ ...stored.record, status }, stored.revision, {
        pending: { sortKey: `0000000000000002#${String(enqueuedAt).padStart(14, '0')}` },
      });
    }
    memory.fillQuota(0);
    await dispatchPending([], memory.dispatchPorts, atSecond(120));
    const ages = memory.calls.filter(({ contactId: id }) => id.startsWith('known'));
    expect(ages.map(({ call }) => call.update)).toEqual(
      known.map((): RoutingUpdate => ({ QueueTimeAdjustmentSeconds: 60 })),
    );
    // Twenty calls at 18 a second, of which the questions' first answers take some.
    expect(Math.max(...ages.map(({ at }) => at)) - atSecond(1)).toBeLessThan(3_500);
  });
});

test('a question that a less urgent change can do without comes after those that changes wait for', async () => {
  const memory = new MemoryPorts(
    context({
      gold: { match: { channel: ['VOICE'] }, steps: [{ after: '0s', set: { priority: 2 } }] },
      others: {
        match: { channel: ['CHAT'] },
        // The criteria may be sent at once, the priority waits.
        steps: [{ after: '0s', set: { priority: 4, route: ['Language:English >= 3'] } }],
      },
    }),
  );
  memory.fillQuota(0);
  for (let index = 0; index < 100; index++) await enqueue(memory, contactId(index), { channel: 'CHAT' });
  const urgent = Array.from({ length: 10 }, (_, index) => `gold-${index}`);
  for (const id of urgent) await enqueue(memory, id);
  await dispatchPending([], memory.dispatchPorts, atSecond(60));
  expect(memory.described.slice(0, urgent.length).sort()).toEqual(urgent);
  expect(memory.calls.filter(({ call }) => call.sets.priority !== undefined)).toHaveLength(
    100 + urgent.length,
  );
});
