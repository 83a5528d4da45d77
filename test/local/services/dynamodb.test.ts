import { request as httpRequest } from 'node:http';
import {
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PENDING_INDEX, QUEUED_INDEX, TABLE } from '../../../lambda/aws/table-schema.ts';
import { createDynamoDb } from '../../../local/services/dynamodb.ts';
import { createTable } from '../../../local/system/table.ts';
import { AWS_LOCATION, startTestEndpoint } from '../fixtures/aws.ts';
import { rejectionOf } from '../fixtures/rejection.ts';

const TABLE_NAME = 'Contacts';
let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let client: DynamoDBClient;

beforeAll(async () => {
  endpoint = await startTestEndpoint({ dynamodb: createDynamoDb(AWS_LOCATION) });
  client = new DynamoDBClient(endpoint.clientConfig);
  await createTable(client, TABLE_NAME);
});

afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

const item = (pk: string, more: Record<string, string> = {}) => ({
  TableName: TABLE_NAME,
  Item: Object.fromEntries(Object.entries({ [TABLE.partitionKey]: pk, ...more }).map(([k, S]) => [k, { S }])),
});

describe('DynamoDB behind the endpoint', () => {
  test('has the table of the stack, in the given account and Region', async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: TABLE_NAME }));
    expect(Table).toMatchObject({
      TableArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/Contacts',
      TableStatus: 'ACTIVE',
      KeySchema: [{ AttributeName: TABLE.partitionKey, KeyType: 'HASH' }],
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    });
    expect(
      Table?.GlobalSecondaryIndexes?.map(({ IndexName, Projection }) => [IndexName, Projection]).sort(),
    ).toEqual([
      [PENDING_INDEX.name, { ProjectionType: 'KEYS_ONLY' }],
      [QUEUED_INDEX.name, { ProjectionType: 'INCLUDE', NonKeyAttributes: [QUEUED_INDEX.reconcileAt] }],
    ]);
  });

  test('returns an item that was written', async () => {
    await client.send(new PutItemCommand(item('read#1', { note: 'here' })));
    const { Item } = await client.send(
      new GetItemCommand({ TableName: TABLE_NAME, Key: { [TABLE.partitionKey]: { S: 'read#1' } } }),
    );
    expect(Item).toEqual({ [TABLE.partitionKey]: { S: 'read#1' }, note: { S: 'here' } });
  });

  test('rejects a conditional write whose condition is false', async () => {
    await client.send(new PutItemCommand(item('once#1')));
    const again = client.send(
      new PutItemCommand({
        ...item('once#1'),
        ConditionExpression: `attribute_not_exists(${TABLE.partitionKey})`,
      }),
    );
    expect(await rejectionOf(again)).toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
    });
  });

  test('lists an item in a sparse index only while it has the keys, in order of the sort key', async () => {
    const pending = (urgency: string) => ({
      [PENDING_INDEX.partitionKey]: 'group',
      [PENDING_INDEX.sortKey]: urgency,
    });
    await client.send(new PutItemCommand(item('b', pending('2'))));
    await client.send(new PutItemCommand(item('a', pending('1'))));
    await client.send(new PutItemCommand(item('c', pending('3'))));
    await client.send(new PutItemCommand(item('b')));
    const { Items } = await client.send(
      new QueryCommand({
        TableName: TABLE_NAME,
        IndexName: PENDING_INDEX.name,
        KeyConditionExpression: `${PENDING_INDEX.partitionKey} = :group`,
        ExpressionAttributeValues: { ':group': { S: 'group' } },
      }),
    );
    expect(Items?.map((found) => found[TABLE.partitionKey]?.S)).toEqual(['a', 'c']);
  });

  test('continues after a client disconnects during a request', async () => {
    await new Promise<void>((resolve) => {
      const request = httpRequest(endpoint.url, {
        method: 'POST',
        headers: { 'x-amz-target': 'DynamoDB_20120810.PutItem', 'content-length': '1000' },
      });
      request.on('error', () => resolve());
      request.write('{', () => request.destroy(new Error('disconnected')));
    });
    await client.send(new PutItemCommand(item('after#1')));
    expect(endpoint.requests.get('dynamodb.PutItem')).toBeGreaterThan(0);
  });
});
