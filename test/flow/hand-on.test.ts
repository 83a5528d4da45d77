import { describe, expect, test } from '@jest/globals';
import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { type ContactRecord, emptyRecord } from '../../lambda/domain/contact/record.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { handOn, withChain } from '../../lambda/flow/transfer-chain.ts';
import { scheduleReconcile } from '../../lambda/flow/wake-up.ts';
import { context, INSTANCE, KEY, queuedContact, saveAt, T0 } from '../support/contacts.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const transferred = (contactId: string, previousContactId: string): ContactRecord => {
  const record = queuedContact({ contactId, initiationMethod: 'TRANSFER', previousContactId });
  return { ...record, contactId };
};

describe('what changed is handed on', () => {
  const before: ContactRecord = { ...queuedContact(), successors: ['a', 'b'] };
  const handed = async (from: ContactRecord, to: ContactRecord) => {
    const memory = new MemoryPorts(context({}));
    await handOn(from, to, T0, memory);
    return memory.sent;
  };

  test('to each contact after it, at once, with what holds now', async () => {
    const signals = { vip: { at: 1 }, over: { at: 1, until: T0 }, soon: { at: 1, until: T0 + 1 } };
    const body = {
      type: 'inherit',
      instanceId: INSTANCE,
      previousContactId: KEY.contactId,
      transfers: 0,
      firstEnqueuedAt: T0,
      initialContactId: KEY.contactId,
      signals: { vip: { at: 1 }, soon: { at: 1, until: T0 + 1 } },
    };
    expect(await handed(before, { ...before, signals })).toEqual([
      { body: { ...body, contactId: 'a' }, delaySeconds: 0 },
      { body: { ...body, contactId: 'b' }, delaySeconds: 0 },
    ]);
  });

  test('or the reconcile fails, and is tried again', async () => {
    const memory = new MemoryPorts(context({}));
    memory.sendWakeUps = async () => {
      throw new TypeError('no answer');
    };
    const signals = { vip: { at: 1 } };
    await expect(handOn(before, { ...before, signals }, T0, memory)).rejects.toThrow('no answer');
  });

  test.each<[string, ContactRecord, ContactRecord]>([
    ['where nothing changed', before, before],
    ['where only others changed', before, { ...before, history: [{ at: 1, text: 'x' }] }],
    ['where no contact comes after it', queuedContact(), { ...queuedContact(), signals: { vip: { at: 1 } } }],
  ])('not %s', async (_name, from, to) => {
    expect(await handed(from, to)).toEqual([]);
  });
});

describe('a contact that continues another', () => {
  async function stored(...records: ContactRecord[]): Promise<MemoryPorts> {
    const memory = new MemoryPorts(context({}));
    for (const record of records) await saveAt(memory, record, 0, T0);
    return memory;
  }
  const chained = (memory: MemoryPorts, record: ContactRecord, isWakeUp = false) => {
    const { settings } = memory.configuration as { settings: Settings };
    return withChain(record, isWakeUp, settings, memory.reconcilePorts);
  };
  const reads = (memory: MemoryPorts) => {
    const ids: string[] = [];
    const load = memory.load.bind(memory);
    memory.load = (key: ContactKey) => {
      ids.push(key.contactId);
      return load(key);
    };
    return ids;
  };
  const known = (contactId: string, previousContactId: string): ContactRecord => ({
    ...transferred(contactId, previousContactId),
    chain: { previousContactId, transfers: 1 },
  });

  test('adds itself to the record before it, once', async () => {
    const memory = await stored({ ...queuedContact(), contactId: 'a', signals: { vip: { at: 1 } } });
    const first = await chained(memory, transferred('b', 'a'));
    expect(first).toMatchObject({
      chain: { previousContactId: 'a', transfers: 1 },
      signals: { vip: { at: 1 } },
    });
    expect(memory.items.get(`${INSTANCE}#a`)).toMatchObject({ revision: 2, record: { successors: ['b'] } });
    await chained(memory, transferred('b', 'a'));
    expect(memory.items.get(`${INSTANCE}#a`)?.revision).toBe(2);
  });

  test('reads nothing for an event once it is known there, and the whole chain for a wake-up', async () => {
    const memory = await stored(
      { ...queuedContact(), contactId: 'a', signals: { vip: { at: 1 } } },
      known('b', 'a'),
    );
    const ids = reads(memory);
    const record = known('c', 'b');
    expect(await chained(memory, record)).toBe(record);
    expect(ids).toEqual([]);
    const woken = await chained(memory, record, true);
    expect(ids).toEqual(['b', 'a']);
    // What the first one has came through the one in between, whose own record does not have it yet.
    expect(woken).toMatchObject({ chain: { transfers: 2 }, signals: { vip: { at: 1 } } });
  });

  test('reads ten contacts before it, at most', async () => {
    const ids = Array.from({ length: 15 }, (_, index) => `n-${index}`);
    const memory = await stored(...ids.map((id, index) => known(id, `n-${index + 1}`)));
    const read = reads(memory);
    await chained(memory, known('last', 'n-0'), true);
    expect(read).toEqual(ids.slice(0, 10));
  });

  test('reads each contact of a circle once', async () => {
    const memory = await stored(known('a', 'b'), known('b', 'a'));
    const read = reads(memory);
    await chained(memory, known('a', 'b'), true);
    expect(read).toEqual(['b']);
    await chained(memory, known('c', 'a'), true);
    expect(read).toEqual(['b', 'a', 'b']);
  });

  test('reads nothing where it continues none', async () => {
    const memory = await stored();
    const read = reads(memory);
    const record = emptyRecord(KEY);
    expect(await chained(memory, record, true)).toBe(record);
    expect(read).toEqual([]);
  });
});

test.each([
  ['in whole seconds, rounded up', T0 + 1_001, 2],
  ['at its second', T0 + 2_000, 2],
  ['at once, where it is over', T0 - 5_000, 0],
])('a reconcile is scheduled %s', async (_name, at, delaySeconds) => {
  const memory = new MemoryPorts(context({}));
  await scheduleReconcile(KEY, at, { outbox: memory, clock: memory.clock });
  expect(memory.sent).toEqual([
    { body: { type: 'wake', ...KEY, wakeAt: new Date(at).toISOString() }, delaySeconds },
  ]);
});
