import { beforeEach, describe, expect, test } from '@jest/globals';
import { comingChanges } from '../../../../cli/state/changes/coming-changes.ts';
import { RecentChangesMemory } from '../../../../cli/state/changes/recent-changes-memory.ts';
import { MemoryReader } from '../../../../scripts/console/memory-reader.ts';
import { type Order, waitingRecord } from '../../../../scripts/console/waiting-contacts.ts';
import { atSecond, INSTANCE, QUEUE_ARN, T0 } from '../../../support/contacts.ts';

const POLICIES = {
  ladder: {
    steps: [
      { after: '10s', set: { priority: 4 } },
      { after: '2m', set: { priority: 2 } },
    ],
  },
};

let reader: MemoryReader;
let memory: RecentChangesMemory;

beforeEach(() => {
  reader = new MemoryReader(T0, { policies: POLICIES, since: T0 }, [INSTANCE]);
  memory = new RecentChangesMemory();
});

const override = (contactId: string, second: number, until: number): Order => ({
  type: 'override',
  id: 'o-1',
  ...{ instanceId: INSTANCE, contactId, at: atSecond(second), until: atSecond(until) },
  set: { priority: 1 },
  actor: 'ann',
});

async function look(
  second: number,
  contacts: Readonly<Record<string, number>>,
  orders: Readonly<Record<string, Order>> = {},
) {
  reader.at = atSecond(second);
  for (const [contactId, enqueued] of Object.entries(contacts)) {
    const messages = orders[contactId] && orders[contactId].at <= reader.at ? [orders[contactId]] : [];
    const contact = {
      ...{ instanceId: INSTANCE, contactId, queueArn: QUEUE_ARN },
      enqueuedAt: atSecond(enqueued),
      messages,
    };
    reader.put(waitingRecord(contact, reader.context, reader.at));
  }
  const read = await reader.read();
  memory.add(read);
  return read;
}

const names = () => memory.list.latest.map(({ contactId, at }) => `${contactId} ${(at - T0) / 1_000}`);

describe('the changes of the last minute', () => {
  test('are listed once, the latest first, also of a contact that has left, for a minute', async () => {
    await look(20, { a: 0, b: 5 });
    expect(names()).toStrictEqual(['b 15', 'a 10']);
    const record = reader.records.get(`${INSTANCE}#a`);
    if (record?.facts) reader.put({ ...record, facts: { ...record.facts, connectedAt: atSecond(21) } });
    await look(30, { b: 5 });
    await look(40, { b: 5 });
    expect(names()).toStrictEqual(['b 15', 'a 10']);
    await look(70, { b: 5 });
    expect(names()).toStrictEqual(['b 15']);
    await look(75, { b: 5 });
    expect(memory.list).toStrictEqual({ count: 0, latest: [] });
  });

  test('are all counted, and the latest twenty listed', async () => {
    await look(40, Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`c${index}`, index])));
    expect(memory.list.count).toBe(25);
    expect(names()).toHaveLength(20);
    expect(names()[0]).toBe('c24 34');
  });
});

describe('the changes of the next minute', () => {
  test('are one for each contact, the next first, with the policy and the step', async () => {
    const read = await look(80, { a: 0, b: 75, c: 79, later: 60 });
    expect(comingChanges(read)).toStrictEqual({
      count: 3,
      next: [
        ...(['b', 'c'] as const).map((contactId) => ({
          ...{ instanceId: INSTANCE, contactId, at: atSecond(contactId === 'b' ? 85 : 89) },
          ...{ updates: [{ QueuePriority: 4 }], policy: 'ladder', step: 1 },
        })),
        {
          ...{ instanceId: INSTANCE, contactId: 'a', at: atSecond(120) },
          ...{ updates: [{ QueuePriority: 2 }], policy: 'ladder', step: 2 },
        },
      ],
    });
  });

  test('follow from the policy when an override ends', async () => {
    const read = await look(60, { a: 0 }, { a: override('a', 30, 90) });
    expect(comingChanges(read).next).toMatchObject([
      { at: atSecond(90), updates: [{ QueuePriority: 4 }], policy: 'ladder' },
    ]);
  });

  test('say where more contacts are reconciled than were looked at', async () => {
    const contacts = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`c${index}`, 0]));
    const read = await look(5, contacts);
    expect(comingChanges(read)).toMatchObject({ count: 200, isPartial: true });
    expect(comingChanges(read).next).toHaveLength(20);
    reader.records.delete(`${INSTANCE}#c0`);
    expect(comingChanges(await reader.read())).not.toHaveProperty('isPartial');
  });
});
