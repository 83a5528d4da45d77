import {
  BatchGetItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDynamoDb } from '../../../../local/services/dynamodb.ts';
import { createTable } from '../../../../local/system/table.ts';
import { SimulatedTable } from '../../../../sim/dst/adapters/dynamodb.ts';
import { meetsCondition, UnknownExpressionError } from '../../../../sim/dst/adapters/expressions.ts';
import { AWS_LOCATION, startTestEndpoint } from '../../../local/fixtures/aws.ts';

const TABLE = 'Contacts';
const NOW = 10_000;

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let client: DynamoDBClient;

beforeAll(async () => {
  endpoint = await startTestEndpoint({ dynamodb: createDynamoDb(AWS_LOCATION) });
  client = new DynamoDBClient({ ...endpoint.clientConfig, maxAttempts: 1 });
  await createTable(client, TABLE);
});

afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

function simulated(
  weather: { replicate?: (action: () => void) => void; leavesUnprocessed?: () => boolean } = {},
) {
  const written: [key: string, isThere: boolean][] = [];
  const table = new SimulatedTable(
    {
      now: () => NOW,
      replicate: (action) => action(),
      leavesUnprocessed: () => false,
      pageSize: 100,
      ...weather,
    },
    (key, item) => written.push([key, item !== undefined]),
  );
  return { table, written };
}

const S = (text: string) => ({ S: text });
const N = (value: number) => ({ N: String(value) });
const contact = (pk: string, more: object = {}) => ({ pk: S(pk), ...more });
const queued = (queue: string, at: number) => ({
  queuedIn: S(queue),
  queuedAt: N(at),
  reconcileAt: N(at + 5),
});
const pending = (instance: string, urgency: string) => ({ pendingIn: S(instance), urgency: S(urgency) });
const put = (Item: object, more: object = {}) => [PutItemCommand, { Item, ...more }] as const;
const onNew = { ConditionExpression: 'attribute_not_exists(pk)' };
const onRevision = (revision: number) => ({
  ConditionExpression: 'revision = :read',
  ExpressionAttributeValues: { ':read': N(revision) },
});
/** The condition of Powertools. */
const idempotency = {
  ExpressionAttributeNames: { '#id': 'pk', '#expiry': 'ttl', '#until': 'until', '#status': 'status' },
  ExpressionAttributeValues: { ':now': N(50), ':millis': N(50_000), ':started': S('INPROGRESS') },
  ConditionExpression:
    'attribute_not_exists(#id) OR #expiry < :now OR ' +
    '(#status = :started AND attribute_exists(#until) AND #until < :millis)',
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
};
const read = (pk: string) => [GetItemCommand, { Key: contact(pk), ConsistentRead: true }] as const;
const instanceQuery = (from: string, to: string, Limit: number) =>
  [
    QueryCommand,
    {
      IndexName: 'pending',
      KeyConditionExpression: 'pendingIn = :instance AND urgency BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':instance': S('i-1'), ':from': S(from), ':to': S(to) },
      Limit,
    },
  ] as const;

/** Requests of the adapters, each on what the ones before it left. */
const REQUESTS = [
  read('i-1#a'),
  put(contact('i-1#a', { revision: N(1), ...queued('arn:q', 10), ...pending('i-1', '03#1') }), onNew),
  put(contact('i-1#a', { revision: N(9) }), onNew),
  put(contact('i-1#a', { revision: N(9) }), onRevision(2)),
  put(contact('i-1#a', { revision: N(2), ...queued('arn:q', 10), ...pending('i-1', '02#1') }), onRevision(1)),
  put(contact('i-1#b', { revision: N(1), ...queued('arn:q', 7), ...pending('i-1', 'q02#1') }), onNew),
  put(contact('i-2#c', { revision: N(1), ...queued('arn:r', 8), ...pending('i-2', '01#1') }), onNew),
  put(contact('i-1#d', { revision: N(1), ...pending('i-1', '02#0') }), onNew),
  read('i-1#a'),
  instanceQuery('0', '9', 10),
  instanceQuery('0', '9', 1),
  instanceQuery('q', 'r', 10),
  [
    QueryCommand,
    {
      IndexName: 'queued',
      KeyConditionExpression: 'queuedIn = :queue',
      ExpressionAttributeValues: { ':queue': S('arn:q') },
      Limit: 1,
    },
  ],
  [
    QueryCommand,
    {
      IndexName: 'queued',
      KeyConditionExpression: 'queuedIn = :queue',
      ExpressionAttributeValues: { ':queue': S('arn:q') },
      ExclusiveStartKey: { pk: S('i-1#b'), queuedIn: S('arn:q'), queuedAt: N(7) },
    },
  ],
  [BatchGetItemCommand, { Keys: ['i-1#a', 'nobody'] }],
  [BatchGetItemCommand, { Keys: ['i-1#a', 'i-1#a'] }],
  put(contact('i-1#e', { queuedIn: N(3) })),
  put(contact('')),
  put(contact('idempotency#x', { ttl: N(100), status: S('INPROGRESS'), until: N(60_000) }), idempotency),
  put(contact('idempotency#x', { ttl: N(999) }), idempotency),
  [
    UpdateItemCommand,
    {
      Key: contact('idempotency#x'),
      UpdateExpression:
        'SET #until = :until, #ttl = if_not_exists(#ttl, :at), added = if_not_exists(added, :at)',
      ExpressionAttributeNames: { '#until': 'until', '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':until': N(40_000), ':at': N(7) },
      ConditionExpression: 'attribute_exists(pk)',
    },
  ],
  read('idempotency#x'),
  put(contact('idempotency#x', { ttl: N(999), status: S('COMPLETED') }), idempotency),
  put(contact('idempotency#x', { ttl: N(999) }), idempotency),
  [DeleteItemCommand, { Key: contact('idempotency#x') }],
  [
    UpdateItemCommand,
    {
      Key: contact('gone'),
      UpdateExpression: 'SET a = :a',
      ExpressionAttributeValues: { ':a': N(1) },
      ConditionExpression: 'attribute_exists(pk)',
    },
  ],
  read('idempotency#x'),
  [ScanCommand, { IndexName: 'queued' }],
] as const;

/** The emulator's answer, without what no adapter reads. */
async function fromEmulator(Command: (typeof REQUESTS)[number][0], input: object): Promise<object> {
  try {
    const command = new (Command as typeof GetItemCommand)({ TableName: TABLE, ...input } as never);
    const { $metadata, Count, ScannedCount, ...output } = (await client.send(command)) as unknown as Record<
      string,
      unknown
    >;
    return output;
  } catch (error) {
    return { error: (error as Error).name };
  }
}

function fromSimulation(table: SimulatedTable, operation: string, input: object): object {
  try {
    return JSON.parse(JSON.stringify(table.perform(operation, input)));
  } catch (error) {
    return { error: (error as { code: string }).code };
  }
}

describe('the table of the runs through the adapters', () => {
  test('answers the requests of the adapters as the emulator does', async () => {
    const { table } = simulated();
    for (const [Command, given] of REQUESTS) {
      const isBatch = Command === BatchGetItemCommand;
      const keys = 'Keys' in given ? given.Keys.map((pk) => contact(pk)) : [];
      const input = isBatch ? { RequestItems: { [TABLE]: { Keys: keys, ConsistentRead: true } } } : given;
      const operation = Command.name.replace('Command', '');
      const expected = await fromEmulator(Command, input);
      const byKey = (answer: object) => {
        const { Items, ...rest } = answer as { Items?: { pk: { S: string } }[] };
        // The emulator scans an index by the hashes of its keys.
        return Command === ScanCommand
          ? { ...rest, Items: Items?.toSorted((a, b) => (a.pk.S < b.pk.S ? -1 : 1)) }
          : answer;
      };
      expect([operation, given, byKey(fromSimulation(table, operation, input))]).toEqual([
        operation,
        given,
        byKey(expected),
      ]);
    }
  });

  test('says how the item is that a condition does not hold for, where the request asks for it', () => {
    const { table } = simulated();
    const item = contact('a', { revision: N(3) });
    table.perform('PutItem', { Item: item });
    const write = (more: object) => table.perform('PutItem', { Item: contact('a'), ...onNew, ...more });
    expect(() => write({ ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })).toThrow(
      expect.objectContaining({ code: 'ConditionalCheckFailedException', item }),
    );
    expect(() => write({})).toThrow(expect.objectContaining({ item: undefined }));
  });

  test('shows a write in its indexes and to reads that are not consistent late, and never an older one after it', () => {
    const late: (() => void)[] = [];
    const { table } = simulated({ replicate: (action) => late.push(action) });
    const scan = () => (table.perform('Scan', { IndexName: 'queued' }) as { Items: object[] }).Items.length;
    const revision = (ConsistentRead: boolean) =>
      (table.perform('GetItem', { Key: contact('a'), ConsistentRead }) as { Item?: { revision: object } })
        .Item?.revision;
    table.perform('PutItem', { Item: contact('a', { revision: N(1), ...queued('arn:q', 1) }) });
    table.perform('PutItem', { Item: contact('a', { revision: N(2) }) });
    expect([scan(), revision(false), revision(true)]).toEqual([0, undefined, N(2)]);
    late[1]?.();
    late[0]?.();
    expect([scan(), revision(false)]).toEqual([0, N(2)]);
  });

  test('leaves keys of a batch unprocessed, and always processes one', () => {
    const { table } = simulated({ leavesUnprocessed: () => true });
    for (const pk of ['a', 'b', 'c']) table.perform('PutItem', { Item: contact(pk) });
    const RequestItems = {
      [TABLE]: { Keys: ['a', 'b', 'c'].map((pk) => contact(pk)), ConsistentRead: true },
    };
    expect(table.perform('BatchGetItem', { RequestItems })).toEqual({
      Responses: { [TABLE]: [contact('a')] },
      UnprocessedKeys: { [TABLE]: { Keys: [contact('b'), contact('c')], ConsistentRead: true } },
    });
  });

  test('deletes an item whose time to live has passed', () => {
    const { table, written } = simulated();
    table.perform('PutItem', { Item: contact('a', { ttl: N(NOW / 1_000 - 1) }) });
    expect(table.perform('GetItem', { Key: contact('a'), ConsistentRead: true })).toEqual({});
    expect(written).toEqual([
      ['a', true],
      ['a', false],
    ]);
  });

  test('refuses an item beyond the limit of DynamoDB', () => {
    const { table } = simulated();
    const item = (length: number) => ({ Item: contact('a', { text: S('x'.repeat(length)) }) });
    expect(fromSimulation(table, 'PutItem', item(409_000))).toEqual({});
    expect(fromSimulation(table, 'PutItem', item(410_000))).toMatchObject({ error: 'ValidationException' });
  });

  test.each([
    'size(pk) > :one',
    'pk',
    'pk = ',
    'contains(pk, :one)',
    'a[0] = :one',
    'pk = :two',
    'pk = :one extra',
  ])('refuses an expression that it does not model: %s', (expression) => {
    expect(() =>
      meetsCondition(expression, contact('a'), { ExpressionAttributeValues: { ':one': S('a') } }),
    ).toThrow(UnknownExpressionError);
  });
});
