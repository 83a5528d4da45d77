import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { putIfUnchanged } from '../../lambda/aws/conditional-put.ts';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import { Queues, SendError, sendMessages } from '../../lambda/aws/queues.ts';
import { QuotaTable } from '../../lambda/aws/quota-table.ts';
import { emptyRecord } from '../../lambda/domain/contact/record.ts';
import type { QuotaState } from '../../lambda/flow/ports.ts';
import { INSTANCE, KEY, queuedContact, T0 } from '../support/contacts.ts';

/* What the adapters ask of AWS, request by request, and what they make of answers that come in parts. */

type Input = Readonly<Record<string, unknown>>;

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly DelaySeconds: number;
}

/** A client that gives these answers in order, with the inputs of the requests that it got. */
function clientWith<T>(...answers: (object | Error)[]): { client: T; requests: [string, Input][] } {
  const requests: [string, Input][] = [];
  const client = {
    send: async ({ constructor: { name }, input }: { constructor: { name: string }; input: Input }) => {
      requests.push([name, structuredClone(input)]);
      const answer = answers.shift();
      if (answer === undefined) throw new TypeError(`Not expected: ${name}`);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { client: client as T, requests };
}

const named = (name: string) => Object.assign(new Error(name), { name });
const keyOf = (contactId: string) => marshall({ pk: `${INSTANCE}#${contactId}` });
const itemOf = (contactId: string, more: object = {}) =>
  marshall({
    pk: `${INSTANCE}#${contactId}`,
    record: { ...emptyRecord({ ...KEY, contactId }) },
    revision: 3,
    ...more,
  });

describe('a conditional write', () => {
  const write = (client: DynamoDBClient, revision: number) =>
    putIfUnchanged(client, 'Contacts', { pk: 'i-1#c-1', left: undefined }, revision);

  test('of an item that did not exist demands that it does not', async () => {
    const { client, requests } = clientWith<DynamoDBClient>({});
    expect(await write(client, 0)).toBe(1);
    expect(requests).toEqual([
      [
        'PutItemCommand',
        {
          TableName: 'Contacts',
          Item: marshall({ pk: 'i-1#c-1', revision: 1 }),
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      ],
    ]);
  });

  test('of an item that was read demands its revision', async () => {
    const { client, requests } = clientWith<DynamoDBClient>({});
    expect(await write(client, 1)).toBe(2);
    expect(requests[0]?.[1]).toEqual({
      TableName: 'Contacts',
      Item: marshall({ pk: 'i-1#c-1', revision: 2 }),
      ConditionExpression: 'revision = :read',
      ExpressionAttributeValues: marshall({ ':read': 1 }),
    });
  });

  test('is a conflict only where the condition failed', async () => {
    expect(await write(clientWith<DynamoDBClient>(named('ConditionalCheckFailedException')).client, 4)).toBe(
      undefined,
    );
    for (const name of ['ProvisionedThroughputExceededException', 'TimeoutError', 'Error']) {
      await expect(write(clientWith<DynamoDBClient>(named(name)).client, 4)).rejects.toThrow(name);
    }
  });
});

describe('the table of contacts', () => {
  test('reads one contact consistently', async () => {
    const { client, requests } = clientWith<DynamoDBClient>({ Item: itemOf('c-1', { ttl: 7 }) });
    expect(await new ContactsTable(client, 'Contacts').load(KEY)).toMatchObject({
      revision: 3,
      expiresAt: 7_000,
    });
    expect(requests).toEqual([
      ['GetItemCommand', { TableName: 'Contacts', Key: keyOf('c-1'), ConsistentRead: true }],
    ]);
  });

  test('reads many in requests of a hundred, those that were not processed again, and leaves out none', async () => {
    const ids = Array.from({ length: 130 }, (_, index) => `c-${index}`);
    const processed = (from: number, to: number) => ({
      Responses: { Contacts: ids.slice(from, to).map((id) => itemOf(id)) },
    });
    const { client, requests } = clientWith<DynamoDBClient>(
      {
        ...processed(0, 90),
        UnprocessedKeys: { Contacts: { Keys: ids.slice(90, 100).map(keyOf) } },
      },
      processed(90, 130),
    );
    const read = await new ContactsTable(client, 'Contacts').loadMany(
      ids.map((contactId) => ({ ...KEY, contactId })),
    );
    expect(read.map(({ record }) => record.contactId)).toEqual(ids);
    expect(requests).toEqual(
      [ids.slice(0, 100), [...ids.slice(90, 100), ...ids.slice(100)]].map((asked) => [
        'BatchGetItemCommand',
        { RequestItems: { Contacts: { Keys: asked.map(keyOf), ConsistentRead: true } } },
      ]),
    );
  });

  test('reads nothing where nothing is asked for', async () => {
    const { client, requests } = clientWith<DynamoDBClient>();
    expect(await new ContactsTable(client, 'Contacts').loadMany([])).toEqual([]);
    expect(requests).toEqual([]);
  });

  test('reports a record that cannot be read, by its key, and reads the others', async () => {
    const { client } = clientWith<DynamoDBClient>({
      Responses: {
        Contacts: [marshall({ pk: 'i-1#bad', record: { schemaVersion: 99 }, revision: 1 }), itemOf('c-1')],
      },
    });
    const reported: unknown[] = [];
    const table = new ContactsTable(client, 'Contacts', (key) => reported.push(key));
    const read = await table.loadMany([{ ...KEY, contactId: 'bad' }, KEY]);
    expect([read.map(({ record }) => record.contactId), reported]).toEqual([
      ['c-1'],
      [{ ...KEY, contactId: 'bad' }],
    ]);
  });

  test('reads all pages of those that wait, also after an empty one', async () => {
    const pages = [
      { Items: [keyOf('c-1')], LastEvaluatedKey: keyOf('c-1') },
      { Items: [], LastEvaluatedKey: keyOf('c-2') },
      { Items: [keyOf('c-3')] },
    ];
    const { client, requests } = clientWith<DynamoDBClient>(...pages);
    const read: unknown[] = [];
    for await (const page of new ContactsTable(client, 'Contacts').queued()) read.push(page);
    // Each page says where the next one begins.
    expect(read).toEqual([
      { contacts: [KEY], next: JSON.stringify({ pk: 'i-1#c-1' }) },
      { contacts: [], next: JSON.stringify({ pk: 'i-1#c-2' }) },
      { contacts: [{ ...KEY, contactId: 'c-3' }] },
    ]);
    expect(requests.map(([name, input]) => [name, input.ExclusiveStartKey])).toEqual([
      ['ScanCommand', undefined],
      ['ScanCommand', keyOf('c-1')],
      ['ScanCommand', keyOf('c-2')],
    ]);
    expect(requests[0]?.[1]).toMatchObject({ IndexName: 'queued', Limit: 1_000 });
  });

  test('writes index keys while the contact belongs in an index, and when the item may be deleted', async () => {
    const item = async (entries: Parameters<ContactsTable['save']>[2]) => {
      const { client, requests } = clientWith<DynamoDBClient>({});
      await new ContactsTable(client, 'Contacts').save(queuedContact(), 0, entries, T0);
      const { record: _record, ...rest } = unmarshall(requests[0]?.[1].Item as ReturnType<typeof marshall>);
      return rest;
    };
    const always = { pk: 'i-1#c-1', revision: 1, ttl: Math.floor((T0 + 14 * 86_400_000) / 1_000) };
    expect(await item({})).toEqual(always);
    expect(await item({ pending: { sortKey: '1#2' } })).toMatchObject({
      pendingIn: INSTANCE,
      urgency: '1#2',
    });
    expect(await item({ unsent: { sortKey: 'u#2' } })).toMatchObject({
      pendingIn: INSTANCE,
      urgency: 'u#2',
    });
    expect(await item({ queued: { queueArn: 'arn:q', enqueuedAt: 5, reconcileAt: 9 } })).toEqual({
      ...always,
      queuedIn: 'arn:q',
      queuedAt: 5,
      reconcileAt: 9,
    });
  });
});

describe('the item of the quota', () => {
  const state = { update: { tokens: 1 }, describe: { tokens: 2 } } as QuotaState;

  test('is read consistently', async () => {
    const { client, requests } = clientWith<DynamoDBClient>(
      { Item: marshall({ state, revision: 7 }) },
      { Item: undefined },
    );
    const table = new QuotaTable(client, 'Contacts');
    expect(await table.load()).toEqual({ state, revision: 7 });
    expect(await table.load()).toBe(undefined);
    expect(requests[0]).toEqual([
      'GetItemCommand',
      { TableName: 'Contacts', Key: marshall({ pk: 'quota#routing' }), ConsistentRead: true },
    ]);
  });

  test('is written under its revision: a conflict is no grant', async () => {
    const { client, requests } = clientWith<DynamoDBClient>({}, named('ConditionalCheckFailedException'));
    const table = new QuotaTable(client, 'Contacts');
    expect(await table.save(state, 7)).toBe(8);
    expect(await table.save(state, 7)).toBe(undefined);
    expect(requests[0]?.[1]).toMatchObject({
      Item: marshall({ pk: 'quota#routing', state, revision: 8 }),
      ConditionExpression: 'revision = :read',
      ExpressionAttributeValues: marshall({ ':read': 7 }),
    });
  });
});

describe('messages', () => {
  const messages = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ body: { number: index }, delaySeconds: index }));

  test('are sent in batches of ten, in order', async () => {
    const { client, requests } = clientWith<SQSClient>({}, {}, {});
    await sendMessages(client, 'url', messages(21));
    const entries = requests.flatMap(([, { Entries }]) => [Entries as Entry[]]);
    expect(entries.map(({ length }) => length)).toEqual([10, 10, 1]);
    expect(
      entries.flat().map(({ MessageBody, DelaySeconds }) => [JSON.parse(MessageBody).number, DelaySeconds]),
    ).toEqual(messages(21).map(({ delaySeconds }) => [delaySeconds, delaySeconds]));
    expect(requests[0]?.[1]).toMatchObject({ QueueUrl: 'url' });
    for (const batch of entries) expect(new Set(batch.map((entry) => entry.Id)).size).toBe(batch.length);
  });

  test('are not sent where there are none', async () => {
    const { client, requests } = clientWith<SQSClient>();
    await sendMessages(client, 'url', []);
    expect(requests).toEqual([]);
  });

  test('of which SQS took a part fail, and say how many it took', async () => {
    const { client, requests } = clientWith<SQSClient>(
      { Failed: [{ Message: 'busy' }, { Message: 'busy' }] },
      {},
    );
    const sent = sendMessages(client, 'url', messages(12));
    await expect(sent).rejects.toThrow(new SendError('SQS accepted 8 of 10 messages: busy'));
    expect(requests).toHaveLength(2);
  });

  test('that notify dispatch are one where contact and key are the same', async () => {
    const { client, requests } = clientWith<SQSClient>({}, {}, {}, {});
    const queues = new Queues(client, 'wake-ups', 'dispatch');
    await queues.notifyDispatch(KEY, 'a');
    await queues.notifyDispatch(KEY, 'a');
    await queues.notifyDispatch(KEY, 'b');
    await queues.notifyDispatch({ ...KEY, contactId: 'c-2' }, 'a');
    expect(requests[0]?.[1]).toMatchObject({
      QueueUrl: 'dispatch',
      MessageBody: JSON.stringify(KEY),
      MessageGroupId: 'routing',
    });
    const [first, again, ...others] = requests.map(([, input]) => input.MessageDeduplicationId);
    expect(again).toBe(first);
    expect(new Set([first, ...others]).size).toBe(3);
  });

  test('that notify dispatch may be throttled, and nothing else', async () => {
    const notify = (error: Error) =>
      new Queues(clientWith<SQSClient>(error).client, 'wake-ups', 'dispatch').notifyDispatch(KEY, 'a');
    await expect(notify(named('ThrottlingException'))).resolves.toBe(undefined);
    await expect(notify(named('AccessDenied'))).rejects.toThrow('AccessDenied');
  });
});
