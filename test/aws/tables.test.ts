import { DynamoDBClient, GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import { CustomerContactsTable } from '../../lambda/aws/customer-contacts-table.ts';
import { FanOutTable } from '../../lambda/aws/fan-out-table.ts';
import { QueueStateTable } from '../../lambda/aws/queue-state-table.ts';
import { QuotaTable } from '../../lambda/aws/quota-table.ts';
import { SweepPositionTable } from '../../lambda/aws/sweep-position-table.ts';
import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { type ContactRecord, RECORD_SCHEMA_VERSION } from '../../lambda/domain/contact/record.ts';
import type { RoutingStatus } from '../../lambda/domain/contact/routing-status.ts';
import { applyPlan } from '../../lambda/domain/reconcile/apply-plan.ts';
import { plan } from '../../lambda/domain/reconcile/plan.ts';
import type { QueuedPage } from '../../lambda/flow/ports.ts';
import { createDynamoDb } from '../../local/services/dynamodb.ts';
import { createTable } from '../../local/system/table.ts';
import { AWS_LOCATION, startTestEndpoint } from '../local/fixtures/aws.ts';
import { atSecond, context, INSTANCE, queuedContact, saveAt, T0 } from '../support/contacts.ts';

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let client: DynamoDBClient;
let table: ContactsTable;

beforeAll(async () => {
  endpoint = await startTestEndpoint({ dynamodb: createDynamoDb(AWS_LOCATION) });
  client = new DynamoDBClient(endpoint.clientConfig);
  await createTable(client, 'Contacts');
  table = new ContactsTable(client, 'Contacts');
});

afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

/** A contact that waits in that queue, with a change due from its policy. */
function waiting(
  contactId: string,
  queueArn: string,
  priority: number,
  enqueuedAt = T0,
  checkBeforeFirstChange = false,
): ContactRecord {
  const given = context({ all: { steps: [{ after: '0s', set: { priority } }] } }, { checkBeforeFirstChange });
  const { facts } = queuedContact({ queue: { arn: queueArn, enqueuedAt } });
  const record = {
    ...queuedContact(),
    contactId,
    facts: { ...facts, contactId } as ContactRecord['facts'] & ContactKey,
  };
  return applyPlan(record, plan(record, given, enqueuedAt), given.settings, enqueuedAt);
}

const keyOf = ({ instanceId, contactId }: ContactKey) => ({ instanceId, contactId });
const left = (record: ContactRecord): ContactRecord => ({
  ...record,
  facts: { ...record.facts, disconnectedAt: T0 } as never,
});

async function all(pages: AsyncIterable<QueuedPage>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { contacts } of pages) ids.push(...contacts.map(({ contactId }) => contactId));
  return ids;
}

describe('the table of contacts', () => {
  test('a contact that is not stored is read as empty, at revision 0', async () => {
    expect(await table.load({ instanceId: 'i-1', contactId: 'nobody' })).toEqual({
      record: {
        schemaVersion: RECORD_SCHEMA_VERSION,
        instanceId: 'i-1',
        contactId: 'nobody',
        signals: {},
        messageIds: [],
        history: [],
      },
      revision: 0,
    });
  });

  test('a record whose tags and signals have names that every object has is read back', async () => {
    const { facts, ...rest } = left(waiting('names', 'arn:q-names', 2));
    const record = {
      ...rest,
      facts: { ...facts, tags: { at: T0, value: { constructor: 'x', toString: 'y' } } } as never,
      signals: { constructor: { at: T0 } } as never,
    };
    await saveAt(table, record, 0, T0);
    expect(await table.load(keyOf(record))).toMatchObject({ record });
  });

  test('a written record is read back, a # in the contact id included', async () => {
    const record = waiting('a#b', 'arn:q-round', 2);
    expect(await saveAt(table, record, 0, T0)).toBe(1);
    expect(await table.load(keyOf(record))).toMatchObject({ record, revision: 1 });
    expect(await all(table.queued('arn:q-round'))).toEqual(['a#b']);
    await saveAt(table, left(record), 1, T0);
  });

  test('the index says in which queue a contact waits, and since when', async () => {
    const record = waiting('in-queue', 'arn:q-in', 2);
    await saveAt(table, record, 0, T0);
    const pages: unknown[] = [];
    for await (const { contacts } of table.queued('arn:q-in')) pages.push(...contacts);
    expect(pages).toMatchObject([{ contactId: 'in-queue', queue: { arn: 'arn:q-in', enqueuedAt: T0 } }]);
    await saveAt(table, left(record), 1, T0);
  });

  test('a write that conflicts writes nothing', async () => {
    const record = waiting('c-overtaken', 'arn:q', 2);
    await saveAt(table, record, 0, T0);
    expect(await saveAt(table, { ...record, closedAt: 1 }, 0, T0)).toBe(undefined);
    expect(await saveAt(table, { ...record, closedAt: 2 }, 7, T0)).toBe(undefined);
    expect(await saveAt(table, { ...record, closedAt: 3 }, 1, T0)).toBe(2);
    expect((await table.load(keyOf(record))).record.closedAt).toBe(3);
  });

  test('pending work is listed most urgent first, then longest overdue, and only while it is pending', async () => {
    const records = [
      waiting('low', 'arn:q', 4),
      waiting('high-late', 'arn:q', 1, atSecond(9)),
      waiting('high-early', 'arn:q', 1, atSecond(3)),
    ];
    for (const record of records) await saveAt(table, record, 0, atSecond(10));
    expect((await table.pending(INSTANCE, 'updates', 10, T0)).map(({ contactId }) => contactId)).toEqual([
      'high-early',
      'high-late',
      'low',
    ]);
    expect(await table.pending(INSTANCE, 'updates', 1, T0)).toEqual([
      { instanceId: 'i-1', contactId: 'high-early', dueAt: atSecond(3) },
    ]);
    const [low, , early] = records;
    const retried = { ...early, status: { ...early?.status, retryAt: atSecond(60) } } as ContactRecord;
    await saveAt(table, retried, 1, atSecond(10));
    await saveAt(table, left(low as ContactRecord), 1, atSecond(10));
    expect((await table.pending(INSTANCE, 'updates', 10, T0)).map(({ contactId }) => contactId)).toEqual([
      'high-late',
    ]);
  });

  test('ages of targets that are too late are listed after those in time, however many there are', async () => {
    const withTarget = (contactId: string, second: number): ContactRecord => {
      const record = waiting(contactId, 'arn:t', 5);
      const { decision, status } = record;
      if (!decision || !status) throw new TypeError('The contact has no decision.');
      return {
        ...record,
        instanceId: 'i-targets',
        status: { ...status, applied: { priority: 5, ageSeconds: 0 } },
        decision: { ...decision, desired: { ageSeconds: 60 }, timelyUntil: atSecond(second) },
      };
    };
    for (const second of [10, 20, 30, 40, 50]) {
      await saveAt(table, withTarget(`until-${second}`, second), 0, T0);
    }
    const listed = async (limit: number, second: number) =>
      (await table.pending('i-targets', 'updates', limit, atSecond(second))).map(({ contactId }) =>
        Number(contactId.slice('until-'.length)),
      );
    expect(await listed(3, 0)).toEqual([10, 20, 30]);
    expect(await listed(3, 25)).toEqual([30, 40, 50]);
    expect(await listed(4, 25)).toEqual([30, 40, 50, 10]);
    expect(await listed(9, 25)).toEqual([30, 40, 50, 10, 20]);
    expect(await listed(2, 99)).toEqual([10, 20]);
  });

  test('work that waits for an answer is listed by itself', async () => {
    const [known, unknown] = [waiting('known', 'arn:l', 3), waiting('unknown', 'arn:l', 2, T0, true)];
    for (const record of [known, unknown]) {
      await saveAt(table, { ...record, instanceId: 'i-lists' }, 0, atSecond(10));
    }
    const listed = async (list: 'updates' | 'questions') =>
      (await table.pending('i-lists', list, 10, T0)).map(({ contactId, dueAt }) => [contactId, dueAt]);
    expect(await listed('updates')).toEqual([['known', T0]]);
    expect(await listed('questions')).toEqual([['unknown', T0]]);
  });

  test('queued contacts are listed by queue or all together, the longest waiting first in a queue', async () => {
    await saveAt(table, waiting('q1-late', 'arn:q1', 2, atSecond(5)), 0, T0);
    await saveAt(table, waiting('q1-early', 'arn:q1', 2, atSecond(1)), 0, T0);
    await saveAt(table, waiting('q2', 'arn:q2', 2), 0, T0);
    await saveAt(table, left(waiting('q1-left', 'arn:q1', 2)), 0, T0);
    expect(await all(table.queued('arn:q1'))).toEqual(['q1-early', 'q1-late']);
    const everywhere = await all(table.queued());
    expect(everywhere).toEqual(expect.arrayContaining(['q1-early', 'q1-late', 'q2']));
    expect(everywhere).not.toContain('q1-left');
  });

  test('more contacts than fit into a page are all listed', async () => {
    for (let index = 0; index < 130; index++)
      await saveAt(table, waiting(`many-${index}`, 'arn:many', 2), 0, T0);
    expect((await all(table.queued('arn:many'))).length).toBe(130);
    const keys = Array.from({ length: 130 }, (_, index) => ({
      instanceId: 'i-1',
      contactId: `many-${index}`,
    }));
    const found = await table.loadMany([...keys, { instanceId: 'i-1', contactId: 'nobody' }]);
    expect(new Set(found.map(({ record }) => record.contactId)).size).toBe(130);
  });

  test('queued contacts are listed with the time at which to reconcile each', async () => {
    await createTable(client, 'Sleepers');
    const sleepers = new ContactsTable(client, 'Sleepers');
    const ids = Array.from({ length: 1_020 }, (_, index) => `asleep-${index}`);
    const asleep = (id: string) => ({ ...waiting(id, 'arn:q', 2), wakeAt: atSecond(90) });
    await Promise.all(ids.map((id) => saveAt(sleepers, asleep(id), 0, T0)));
    await saveAt(sleepers, left(asleep('left')), 0, T0);
    await saveAt(sleepers, waiting('never', 'arn:q', 2), 0, T0);
    const failed = asleep('failed');
    // The next try of its call comes first, and only dispatch has written of that.
    const status = { ...failed.status, retryAt: atSecond(4) } as RoutingStatus;
    await saveAt(sleepers, { ...failed, status }, 0, T0);
    const pages: QueuedPage[] = [];
    for await (const page of sleepers.queued()) pages.push(page);
    expect(pages.map(({ contacts, next }) => [contacts.length, next !== undefined])).toEqual([
      [1_000, true],
      [22, false],
    ]);
    // Also where the last contact of the page has left meanwhile.
    const last = pages[0]?.contacts.at(-1)?.contactId ?? '';
    await saveAt(sleepers, left(asleep(last)), 1, T0);
    for (const queueArn of [undefined, 'arn:q']) {
      const rest = await all(sleepers.queued(queueArn, pages[0]?.next));
      expect(rest.sort()).toEqual(pages[1]?.contacts.map(({ contactId }) => contactId).sort());
    }
    const found = pages.flatMap(({ contacts }) => contacts);
    const reconcileAt = new Map(found.map((contact) => [contact.contactId, contact.reconcileAt]));
    expect(ids.map((id) => reconcileAt.get(id))).toEqual(ids.map(() => atSecond(90)));
    expect([reconcileAt.get('failed'), reconcileAt.get('never'), reconcileAt.has('left')]).toEqual([
      atSecond(4),
      undefined,
      false,
    ]);
  });

  test('the record of a queued contact lasts as long as it may wait, that of one that has left two days', async () => {
    const ttl = async (record: ContactRecord) => {
      await saveAt(table, record, 0, T0);
      const key = { pk: { S: `i-1#${record.contactId}` } };
      const { Item } = await client.send(new GetItemCommand({ TableName: 'Contacts', Key: key }));
      return Number(Item?.ttl?.N) - Math.ceil(T0 / 1_000);
    };
    expect(await ttl(waiting('stays', 'arn:q', 2))).toBe(14 * 86_400);
    expect(await ttl(left(waiting('leaves', 'arn:q', 2)))).toBe(2 * 86_400);
    const mail = waiting('mail', 'arn:q', 2);
    expect(await ttl({ ...mail, facts: { ...mail.facts, channel: 'EMAIL' } as never })).toBe(97 * 86_400);
  });
});

test.each([
  ['quota', 'routing'],
  ['configuration', 'version'],
  ['sweep', 'position'],
])('the item %s#%s is neither read nor written as a contact', async (instanceId, contactId) => {
  const key = { instanceId, contactId };
  await expect(table.load(key)).rejects.toThrow(
    `"${instanceId}#${contactId}" cannot be the key of a contact`,
  );
  await expect(table.save({ ...queuedContact(), ...key }, 0, {}, T0)).rejects.toThrow('cannot be the key');
  await expect(table.loadMany([key])).rejects.toThrow('cannot be the key');
});

test('the position of the sweeps is read back as it was stored', async () => {
  const positions = new SweepPositionTable(client, 'Contacts');
  expect(await positions.load()).toBeUndefined();
  for (const position of [
    { lap: 7, from: '{"pk":"i#c"}', counted: 3, waiting: 9 },
    { lap: 8, counted: 0, waiting: 9 },
  ]) {
    await positions.save(position);
    expect(await positions.load()).toEqual(position);
  }
});

test('the position of a fan-out is stored where nobody has come as far', async () => {
  const positions = new FanOutTable(client, 'Contacts');
  const id = 'long '.repeat(1_000);
  expect(await positions.load(id)).toBeUndefined();
  expect(await positions.save(id, { part: 1, from: 'here', sent: 5 }, T0)).toBe(true);
  expect(await positions.save(id, { part: 1, from: 'there', sent: 5 }, T0)).toBe(false);
  expect(await positions.load(id)).toEqual({ part: 1, from: 'here', sent: 5 });
  expect(await positions.save(id, { part: 2, sent: 6 }, T0)).toBe(true);
  expect(await positions.load(id)).toEqual({ part: 2, sent: 6 });
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'Contacts' }));
  const item = Items.find(({ pk }) => pk?.S?.startsWith('fan-out#'));
  expect(Number(item?.ttl?.N)).toBe(Math.floor(T0 / 1_000) + 86_400);
});

test('the state of a queue is found by its id, and is deleted a day after its last signal has ended', async () => {
  const states = new QueueStateTable(client, 'Contacts');
  const arn = (id: string) => `arn:aws:connect:eu-central-1:123456789012:instance/i/queue/${id}`;
  const signals = { a: { at: T0, until: T0 + 1_500 }, constructor: { at: T0, until: T0 + 500 } };
  expect(await states.load(arn('q-9'))).toEqual({ state: { signals: {} }, revision: 0 });
  expect(await states.save(arn('agent/q-9'), { signals }, 0, T0)).toBe(true);
  expect(await states.save(arn('q-9'), { signals: {} }, 0, T0)).toBe(false);
  expect(await states.load(arn('q-9'))).toEqual({ state: { signals }, revision: 1 });
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'Contacts' }));
  const item = Items.find(({ pk }) => pk?.S === 'queue#q-9');
  expect(Number(item?.ttl?.N)).toBe(Math.ceil((T0 + 1_500) / 1_000) + 86_400);
});

test('the contacts of a customer are kept for a day, under a hash with a secret that is made once', async () => {
  const [first, second] = [1, 2].map(() => new CustomerContactsTable(client, 'Contacts'));
  const [a, b] = await Promise.all([
    first?.load('i', 'ann@example.com'),
    second?.load('i', 'ann@example.com'),
  ]);
  expect(a).toEqual({ key: expect.stringMatching(/^customer#[0-9a-f]{64}$/), contacts: {}, revision: 0 });
  expect(b).toEqual(a);
  const others = await Promise.all([
    first?.load('i', 'bob@example.com'),
    first?.load('j', 'ann@example.com'),
  ]);
  expect(new Set([a, ...others].map((stored) => stored?.key)).size).toBe(3);
  const key = a?.key ?? '';
  const contacts = { 'c-1': { first: T0, last: T0 + 1_500 } };
  expect(await first?.save(key, contacts, 0)).toBe(true);
  expect(await second?.save(key, {}, 0)).toBe(false);
  const restarted = new CustomerContactsTable(client, 'Contacts');
  expect(await restarted.load('i', 'ann@example.com')).toEqual({ key, contacts, revision: 1 });
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'Contacts' }));
  expect(Number(Items.find(({ pk }) => pk?.S === key)?.ttl?.N)).toBe(
    Math.ceil((T0 + 1_500) / 1_000) + 86_400,
  );
  expect(Items.find(({ pk }) => pk?.S === 'customer#secret')?.secret?.S).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(Items)).not.toContain('ann@example.com');
});

describe('the state of the quotas', () => {
  const bucket = { tokens: 3.25, at: T0, ratePerSecond: 18 };

  test('does not exist before it is written, and no older one overwrites it', async () => {
    const quota = new QuotaTable(client, 'Contacts');
    expect(await quota.load()).toBe(undefined);
    expect(await quota.save({ update: bucket, describe: bucket }, 0)).toBe(1);
    expect(await quota.save({ update: bucket, describe: bucket }, 0)).toBe(undefined);
    const spent = { update: { ...bucket, tokens: 0 }, describe: bucket };
    expect(await quota.save(spent, 1)).toBe(2);
    expect(await quota.load()).toEqual({ state: spent, revision: 2 });
  });
});
