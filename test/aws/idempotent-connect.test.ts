import type { ConnectClient } from '@aws-sdk/client-connect';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { IdempotentConnect } from '../../lambda/aws/idempotent-connect.ts';
import { IDEMPOTENCY_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import { MemoryDynamoDb } from './fixtures/memory-dynamodb.ts';

const KEY = { instanceId: 'i-1', contactId: 'c-1' };
const realNow = Date.now;
let table: MemoryDynamoDb;
/** The bodies that Connect received. */
let calls: object[];
/** What Connect answers, instead of success. */
let failure: Error | undefined;

beforeEach(() => {
  table = new MemoryDynamoDb(Date.parse('2026-11-23T10:00:00Z'));
  Date.now = () => table.now;
  calls = [];
  failure = undefined;
});

afterEach(() => {
  Date.now = realNow;
});

/** A process with so much time left. */
function process(remainingMs = 17_000): IdempotentConnect {
  const connect = new IdempotentConnect(
    {
      async send({ input }: { input: object }) {
        calls.push(input);
        if (failure) throw failure;
        return {};
      },
    } as unknown as ConnectClient,
    table.client,
    'Contacts',
  );
  connect.begin({ getRemainingTimeInMillis: () => remainingMs } as Context);
  return connect;
}

const attempt = (update: UpdateAttempt['update'], generation = 1): UpdateAttempt => ({
  update,
  sets: {},
  queueVisit: 'v',
  generation,
  previous: { applied: {} },
});
const PRIORITY = attempt({ QueuePriority: 2 });

test('priority and age of one generation are two calls', async () => {
  const connect = process();
  expect(await connect.updateRouting(KEY, PRIORITY)).toEqual({ kind: 'done' });
  expect(await connect.updateRouting(KEY, attempt({ QueueTimeAdjustmentSeconds: 60 }))).toEqual({
    kind: 'done',
  });
  expect(calls).toEqual([
    { InstanceId: 'i-1', ContactId: 'c-1', QueuePriority: 2 },
    { InstanceId: 'i-1', ContactId: 'c-1', QueueTimeAdjustmentSeconds: 60 },
  ]);
});

test.each([
  ['another generation', KEY, attempt({ QueuePriority: 2 }, 2)],
  ['another contact', { ...KEY, contactId: 'c-2' }, PRIORITY],
  ['a contact of another instance', { ...KEY, instanceId: 'i-2' }, PRIORITY],
])('the same request of %s is another call', async (_what, key, other) => {
  await process().updateRouting(KEY, PRIORITY);
  expect(await process().updateRouting(key, other)).toEqual({ kind: 'done' });
  expect(calls).toHaveLength(2);
});

test('an update that was accepted is known for an hour, and not longer', async () => {
  await process().updateRouting(KEY, PRIORITY);
  table.now += (IDEMPOTENCY_SECONDS - 1) * 1_000;
  expect(await process().updateRouting(KEY, PRIORITY)).toEqual({ kind: 'done' });
  expect(calls).toHaveLength(1);
  table.now += 2_000;
  await process().updateRouting(KEY, PRIORITY);
  expect(calls).toHaveLength(2);
});

test('an update that was not accepted is sent again at once', async () => {
  failure = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
  expect(await process().updateRouting(KEY, PRIORITY)).toEqual({ kind: 'throttled' });
  failure = undefined;
  expect(await process().updateRouting(KEY, PRIORITY)).toEqual({ kind: 'done' });
  expect(calls).toHaveLength(2);
});

test('while the table refuses the record, nothing is sent, and nothing counts as done', async () => {
  table.failing = 'PutItem';
  const result = await process().updateRouting(KEY, PRIORITY);
  expect(result).toEqual({
    kind: 'unknown',
    message: expect.stringContaining('IdempotencyPersistenceLayerError'),
    // Connect was not asked, so this is no outage of it.
    isUncalled: true,
  });
  expect(calls).toEqual([]);
});

test('where the table does not take the result, the update counts as possibly applied', async () => {
  table.failing = 'UpdateItem';
  const result = await process().updateRouting(KEY, PRIORITY);
  expect(result).toMatchObject({ kind: 'unknown' });
  // Connect was asked: five of these in a row are an outage.
  expect(result).not.toHaveProperty('isUncalled');
  expect(calls).toHaveLength(1);
});

test('an update that a process left in progress is sent by another one once the first must have ended', async () => {
  table.failing = 'UpdateItem';
  await process(5_000).updateRouting(KEY, PRIORITY);
  table.failing = undefined;
  table.now += 4_000;
  expect(await process().updateRouting(KEY, PRIORITY)).toMatchObject({ kind: 'unknown' });
  expect(calls).toHaveLength(1);
  table.now += 2_000;
  expect(await process().updateRouting(KEY, PRIORITY)).toEqual({ kind: 'done' });
  expect(calls).toHaveLength(2);
});

test('an update is claimed before it is sent, and kept as done for an hour after that', async () => {
  const connect = process(25_000);
  expect(await connect.updateRouting(KEY, PRIORITY)).toEqual({ kind: 'done' });
  expect(table.requests.map((name) => name.split(' ')[0])).toEqual(['PutItem', 'UpdateItem']);
  const [[key, item] = []] = Object.entries(table.items());
  expect(key).toMatch(/^idempotency#/);
  expect(item).toMatchObject({
    status: 'COMPLETED',
    ttl: Math.floor(table.now / 1_000) + 3_600,
    in_progress_expiration: table.now + 25_000,
  });
});

test('an update that was not accepted is not claimed any more', async () => {
  failure = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
  await process().updateRouting(KEY, PRIORITY);
  expect(table.items()).toEqual({});
});

test('where the claim of an update that was not accepted cannot be removed, its result is not known', async () => {
  failure = new Error('lost');
  table.failing = 'DeleteItem';
  expect(await process().updateRouting(KEY, PRIORITY)).toMatchObject({ kind: 'unknown' });
});

test('what else is known of an attempt makes it no other update', async () => {
  await process().updateRouting(KEY, PRIORITY);
  const same = { ...PRIORITY, queueVisit: 'w', previous: { applied: { priority: 9 } } };
  await process().updateRouting(KEY, same);
  expect(calls).toHaveLength(1);
});
