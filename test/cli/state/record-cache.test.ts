import { describe, expect, test } from '@jest/globals';
import { RecordCache } from '../../../cli/state/record-cache.ts';
import type { ContactKey } from '../../../lambda/domain/contact/contact-key.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import type { QueuedContact } from '../../../lambda/flow/ports.ts';
import { atSecond, INSTANCE, queuedContact } from '../../support/contacts.ts';

/** A table in memory that counts what is read of it. */
function createTable() {
  const queued = new Map<string, QueuedContact>();
  const records = new Map<string, ContactRecord>();
  const pending = new Set<string>();
  const unreadable = new Set<string>();
  const read: string[] = [];
  let report: (key: ContactKey) => void = () => {};
  const keyOf = (contactId: string) => ({ instanceId: INSTANCE, contactId });
  return {
    queued,
    pending,
    unreadable,
    onUnreadable(listener: typeof report) {
      report = listener;
    },
    put(contactId: string, reconcileAt?: number, record: Partial<ContactRecord> = {}) {
      queued.set(contactId, { ...keyOf(contactId), ...(reconcileAt !== undefined && { reconcileAt }) });
      records.set(contactId, { ...queuedContact({ contactId }), contactId, ...record });
    },
    leave(contactId: string) {
      queued.delete(contactId);
    },
    /** The ids that were read since the last call, in order. */
    takeRead: () => read.splice(0).sort(),
    store: {
      async *queued() {
        const contacts = [...queued.values()];
        for (let start = 0; start === 0 || start < contacts.length; start += 2) {
          const next = start + 2 < contacts.length ? { next: String(start + 2) } : {};
          yield { contacts: contacts.slice(start, start + 2), ...next };
        }
      },
      pending: async (_instance: string, list: string) => (list === 'updates' ? [...pending].map(keyOf) : []),
      async loadMany(keys: readonly ContactKey[]) {
        read.push(...keys.map(({ contactId }) => contactId));
        return keys.flatMap((key) => {
          if (unreadable.has(key.contactId)) {
            report(key);
            return [];
          }
          const record = records.get(key.contactId);
          return record ? [{ record, revision: 1 }] : [];
        });
      },
    },
  };
}

function createCache(limits: { maxContacts?: number; maxReads?: number; maxAgeMs?: number } = {}) {
  const table = createTable();
  const cache = new RecordCache(table.store, [INSTANCE], {
    maxContacts: 100,
    maxReads: 100,
    maxAgeMs: 60_000,
    ...limits,
  });
  table.onUnreadable(cache.reportUnreadable);
  const look = (second: number, shown: readonly string[] = []) =>
    cache.look(
      shown.map((contactId) => ({ instanceId: INSTANCE, contactId })),
      atSecond(second),
    );
  return { table, look };
}

const idsOf = (records: readonly ContactRecord[]) => records.map(({ contactId }) => contactId).sort();

describe('a look', () => {
  test('reads each record once, and again only where something has changed', async () => {
    const { table, look } = createCache();
    table.put('a', atSecond(100));
    table.put('b');
    table.put('c');
    expect(idsOf((await look(0)).records)).toEqual(['a', 'b', 'c']);
    expect(table.takeRead()).toEqual(['a', 'b', 'c']);

    await look(5);
    expect(table.takeRead()).toEqual([]);

    table.put('a', atSecond(200));
    table.put('d');
    expect(idsOf((await look(10)).records)).toEqual(['a', 'b', 'c', 'd']);
    expect(table.takeRead()).toEqual(['a', 'd']);
  });

  test('reads what has work pending, and once more after that', async () => {
    const { table, look } = createCache();
    table.put('a');
    table.put('b');
    await look(0);
    table.takeRead();
    table.pending.add('a');
    await look(5);
    expect(table.takeRead()).toEqual(['a']);
    table.pending.clear();
    await look(10);
    expect(table.takeRead()).toEqual(['a']);
    await look(15);
    expect(table.takeRead()).toEqual([]);
  });

  test('reads what is shown each time, and everything once a minute', async () => {
    const { table, look } = createCache();
    table.put('a');
    table.put('b');
    await look(0);
    table.takeRead();
    await look(5, ['b', 'gone']);
    expect(table.takeRead()).toEqual(['b']);
    await look(60);
    expect(table.takeRead()).toEqual(['a']);
    await look(65);
    expect(table.takeRead()).toEqual(['b']);
  });

  test('reads so many records at most, new ones before changed ones, and those before the oldest', async () => {
    const { table, look } = createCache({ maxReads: 2 });
    for (const id of ['a', 'b', 'c']) table.put(id, atSecond(500));
    // The first look reads all: a part of a queue has no order.
    expect(await look(0)).toMatchObject({ reads: 3, unread: 0 });
    table.takeRead();
    table.put('c', atSecond(600));
    table.put('new');
    table.put('newer');
    expect(await look(70)).toMatchObject({ reads: 2, unread: 0 });
    expect(table.takeRead()).toEqual(['new', 'newer']);
    await look(71);
    expect(table.takeRead()).toEqual(['a', 'c']);
    table.put('newest');
    table.put('one-more');
    table.put('the-last');
    expect(await look(72)).toMatchObject({ reads: 2, unread: 1 });
  });

  test('tells who has left, as the record says by now', async () => {
    const { table, look } = createCache();
    table.put('a');
    table.put('b');
    await look(0);
    table.put('a', undefined, { facts: { ...queuedContact().facts, connectedAt: atSecond(3) } as never });
    table.leave('a');
    const { left, records } = await look(5);
    expect(left.map(({ contactId, facts }) => [contactId, facts?.connectedAt])).toEqual([['a', atSecond(3)]]);
    expect(idsOf(records)).toEqual(['b']);
    expect((await look(10)).left).toEqual([]);
  });

  test('follows so many contacts at most, and says where there are more', async () => {
    const { table, look } = createCache({ maxContacts: 3 });
    for (const id of ['a', 'b', 'c']) table.put(id);
    expect((await look(0)).isPartial).toBe(false);
    table.put('d');
    const { records, isPartial } = await look(5);
    expect(isPartial).toBe(true);
    expect(records).toHaveLength(3);
  });

  test('leaves out what cannot be read, counts it, and does not read it again each time', async () => {
    const { table, look } = createCache();
    table.put('a');
    table.put('b');
    table.unreadable.add('b');
    expect(await look(0)).toMatchObject({ unreadable: 1, unread: 0, records: [{ contactId: 'a' }] });
    table.takeRead();
    expect(await look(5)).toMatchObject({ unreadable: 1 });
    expect(table.takeRead()).toEqual([]);
    table.leave('b');
    expect(await look(10)).toMatchObject({ unreadable: 0 });
  });
});
