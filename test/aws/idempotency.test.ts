import type { ConnectClient } from '@aws-sdk/client-connect';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { IdempotentConnect } from '../../lambda/aws/idempotent-connect.ts';
import { IDEMPOTENCY_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import { SimulatedTable } from '../../sim/dst/adapters/dynamodb.ts';
import { dynamoDbCall } from '../../sim/dst/adapters/json-services.ts';

const KEY = { instanceId: 'i-1', contactId: 'c-1' };
const realNow = Date.now;
let now = 0;
let table: SimulatedTable;
/** The bodies that Connect received. */
let calls: object[];
/** What Connect answers, instead of success. */
let failure: Error | undefined;
/** An operation of the table that fails. */
let failing: string | undefined;

beforeEach(() => {
  now = Date.parse('2026-11-23T10:00:00Z');
  Date.now = () => now;
  calls = [];
  failure = undefined;
  failing = undefined;
  table = new SimulatedTable(
    { now: () => now, replicate: (action) => action(), leavesUnprocessed: () => false, pageSize: 10 },
    () => {},
  );
});

afterEach(() => {
  Date.now = realNow;
});

/** A process with so much time left. */
function process(remainingMs = 17_000): IdempotentConnect {
  const handle = async ({ headers, body }: { headers: Record<string, string>; body: Uint8Array }) => {
    const call = dynamoDbCall(
      {
        method: 'POST',
        path: '/',
        query: new URLSearchParams(),
        headers,
        body: new TextDecoder().decode(body),
      },
      table,
      { isDenied: headers['x-amz-target']?.endsWith(String(failing)) === true, before() {}, after() {} },
    );
    const {
      status,
      headers: answered,
      body: answer,
    } = call.perform() ?? { status: 500, headers: {}, body: '' };
    return { response: { statusCode: status, headers: { ...answered }, body: Buffer.from(answer) } };
  };
  const dynamoDb = new DynamoDBClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: { handle } as never,
  });
  const connect = new IdempotentConnect(
    {
      async send({ input }: { input: object }) {
        calls.push(input);
        if (failure) throw failure;
        return {};
      },
    } as unknown as ConnectClient,
    dynamoDb,
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
  previous: { applied: {}, isObserved: false },
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
  now += (IDEMPOTENCY_SECONDS - 1) * 1_000;
  expect(await process().updateRouting(KEY, PRIORITY)).toEqual({ kind: 'done' });
  expect(calls).toHaveLength(1);
  now += 2_000;
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
  failing = 'PutItem';
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
  failing = 'UpdateItem';
  expect(await process().updateRouting(KEY, PRIORITY)).toMatchObject({ kind: 'unknown' });
  expect(calls).toHaveLength(1);
});

test('an update that a process left in progress is sent by another one once the first must have ended', async () => {
  failing = 'UpdateItem';
  await process(5_000).updateRouting(KEY, PRIORITY);
  failing = undefined;
  now += 4_000;
  expect(await process().updateRouting(KEY, PRIORITY)).toMatchObject({ kind: 'unknown' });
  expect(calls).toHaveLength(1);
  now += 2_000;
  expect(await process().updateRouting(KEY, PRIORITY)).toEqual({ kind: 'done' });
  expect(calls).toHaveLength(2);
});
