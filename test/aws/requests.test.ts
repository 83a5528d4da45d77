import { createHash } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { putIfUnchanged } from '../../lambda/aws/conditional-put.ts';
import { ConfigurationTable } from '../../lambda/aws/configuration-table.ts';
import { ContactKeyError, ContactsTable } from '../../lambda/aws/contacts-table.ts';
import { DeadLetterSender } from '../../lambda/aws/dead-letters.ts';
import { isThrottle, messageOf, nameOf } from '../../lambda/aws/errors.ts';
import { DefaultEventBus } from '../../lambda/aws/event-bus.ts';
import { FanOutTable } from '../../lambda/aws/fan-out-table.ts';
import { Queues, SendError, sendMessages } from '../../lambda/aws/queues.ts';
import { QuotaTable } from '../../lambda/aws/quota-table.ts';
import { receivedMessage } from '../../lambda/aws/received-message.ts';
import { ReportedTable } from '../../lambda/aws/reported-table.ts';
import { SweepPositionTable } from '../../lambda/aws/sweep-position-table.ts';
import { type ContactRecord, emptyRecord } from '../../lambda/domain/contact/record.ts';
import type { OriginalMessage } from '../../lambda/domain/messages/original-message.ts';
import { MalformedMessageError } from '../../lambda/domain/messages/rule-message.ts';
import type { ConfigurationEvent } from '../../lambda/domain/outgoing-events/outgoing-event.ts';
import type { QuotaState } from '../../lambda/flow/ports.ts';
import { INSTANCE, KEY, queuedContact, T0 } from '../support/contacts.ts';
import { clientWith, conditionFailed, named } from './fixtures/scripted-client.ts';

/* What the adapters ask of AWS, request by request, and what they make of answers that come in parts. */

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly DelaySeconds: number;
}

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

  test('takes a member of any name', async () => {
    const { client, requests } = clientWith<DynamoDBClient>({});
    await putIfUnchanged(client, 'Contacts', { pk: 'i-1#c-1', tags: { constructor: 'x' } }, 0);
    expect(requests[0]?.[1].Item).toMatchObject({ tags: { M: { constructor: { S: 'x' } } } });
  });

  test('is a conflict only where the condition failed', async () => {
    expect(await write(clientWith<DynamoDBClient>(conditionFailed()).client, 4)).toBe(undefined);
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

  test('asks for what stays unprocessed until nothing does, and reports nothing that is not there', async () => {
    const ids = ['c-1', 'c-2', 'c-3'];
    const { client, requests } = clientWith<DynamoDBClient>(
      { UnprocessedKeys: { Contacts: { Keys: ids.slice(1).map(keyOf) } } },
      {
        Responses: { Contacts: [itemOf('c-2')] },
        UnprocessedKeys: { Contacts: { Keys: [keyOf('c-3')] }, Other: { Keys: [keyOf('x')] } },
      },
      { Responses: { Contacts: [itemOf('c-3')] }, UnprocessedKeys: {} },
    );
    const read = await new ContactsTable(client, 'Contacts').loadMany(
      ids.map((contactId) => ({ ...KEY, contactId })),
    );
    expect(read.map(({ record, revision }) => [record.contactId, revision])).toEqual([
      ['c-2', 3],
      ['c-3', 3],
    ]);
    expect(requests).toHaveLength(3);
  });

  test('says when a record ends only where that is known', async () => {
    const { client } = clientWith<DynamoDBClient>({ Item: itemOf('c-1') });
    expect(await new ContactsTable(client, 'Contacts').load(KEY)).not.toHaveProperty('expiresAt');
  });

  test('lists nothing where the index has nothing', async () => {
    const { client, requests } = clientWith<DynamoDBClient>({}, {}, {}, {});
    expect(await new ContactsTable(client, 'Contacts').pending(INSTANCE, 'updates', 5, T0)).toEqual([]);
    expect(requests.length).toBeGreaterThan(0);
  });

  test('throws on a record that cannot be read, unless somebody asks for a report', async () => {
    const { client } = clientWith<DynamoDBClient>({
      Responses: { Contacts: [marshall({ pk: 'i-1#bad', record: { schemaVersion: 99 }, revision: 1 })] },
    });
    await expect(new ContactsTable(client, 'Contacts').loadMany([KEY])).rejects.toThrow();
  });

  test('has no item for a contact that was never written', async () => {
    const { client } = clientWith<DynamoDBClient>({});
    expect(await new ContactsTable(client, 'Contacts').load(KEY)).toEqual({
      record: emptyRecord(KEY),
      revision: 0,
    });
  });

  test.each([
    { ...KEY, instanceId: 'quota' },
    { ...KEY, instanceId: 'a#b' },
    { ...KEY, contactId: '' },
  ])('refuses a key that could be that of another item: %j', async (key) => {
    const { client } = clientWith<DynamoDBClient>();
    const table = new ContactsTable(client, 'Contacts');
    await expect(table.load(key)).rejects.toThrow(ContactKeyError);
    await expect(table.loadMany([key])).rejects.toThrow(ContactKeyError);
    await expect(table.save({ ...queuedContact(), ...key }, 0, {}, T0)).rejects.toThrow(ContactKeyError);
  });

  test('reads those that wait in one queue, from where a page ended, with when to reconcile them', async () => {
    const { client, requests } = clientWith<DynamoDBClient>({
      Items: [marshall({ pk: 'i-1#c-1', reconcileAt: 9 })],
    });
    const from = JSON.stringify({ pk: 'i-1#c-0', queuedIn: 'arn:q', queuedAt: 5 });
    const read: unknown[] = [];
    for await (const page of new ContactsTable(client, 'Contacts').queued('arn:q', from)) read.push(page);
    expect(read).toEqual([{ contacts: [{ ...KEY, reconcileAt: 9 }] }]);
    expect(requests).toEqual([
      [
        'QueryCommand',
        {
          TableName: 'Contacts',
          IndexName: 'queued',
          Limit: 1_000,
          ExclusiveStartKey: marshall({ pk: 'i-1#c-0', queuedIn: 'arn:q', queuedAt: 5 }),
          KeyConditionExpression: 'queuedIn = :queue',
          ExpressionAttributeValues: marshall({ ':queue': 'arn:q' }),
        },
      ],
    ]);
  });

  test('yields no page where nobody waits', async () => {
    const { client } = clientWith<DynamoDBClient>({});
    const read: unknown[] = [];
    for await (const page of new ContactsTable(client, 'Contacts').queued()) read.push(page);
    expect(read).toEqual([]);
  });

  test('lists pending work of an instance in ranges of the index, with when it fell due', async () => {
    const sortKey = `${'1'.padStart(16, '0')}#${String(T0).padStart(14, '0')}`;
    const { client, requests } = clientWith<DynamoDBClient>(
      { Items: [marshall({ pk: 'i-1#c-1', urgency: sortKey })] },
      {},
      {},
    );
    expect(await new ContactsTable(client, 'Contacts').pending(INSTANCE, 'updates', 5, T0)).toEqual([
      { ...KEY, dueAt: T0 },
    ]);
    expect(requests[0]).toEqual([
      'QueryCommand',
      {
        TableName: 'Contacts',
        IndexName: 'pending',
        KeyConditionExpression: 'pendingIn = :instance AND urgency BETWEEN :from AND :to',
        ExpressionAttributeValues: expect.objectContaining({ ':instance': { S: INSTANCE } }),
        Limit: 5,
      },
    ]);
  });

  test('keeps the record of a contact that has left for two days, and with unsent events for two weeks', async () => {
    const ttl = async (more: object) => {
      const { client, requests } = clientWith<DynamoDBClient>({});
      const record = { ...queuedContact({ disconnectedAt: T0 }), ...more } as ContactRecord;
      expect(await new ContactsTable(client, 'Contacts').save(record, 0, {}, T0)).toBe(1);
      return unmarshall(requests[0]?.[1].Item as ReturnType<typeof marshall>).ttl;
    };
    const days = (count: number) => Math.ceil((T0 + count * 86_400_000) / 1_000);
    expect([await ttl({}), await ttl({ unsentEvents: [] })]).toEqual([days(2), days(14)]);
  });

  test('writes index keys while the contact belongs in an index, and when the item may be deleted', async () => {
    const item = async (entries: Parameters<ContactsTable['save']>[2]) => {
      const { client, requests } = clientWith<DynamoDBClient>({});
      await new ContactsTable(client, 'Contacts').save(queuedContact(), 0, entries, T0);
      const {
        record: _record,
        packed: _packed,
        ...rest
      } = unmarshall(requests[0]?.[1].Item as ReturnType<typeof marshall>);
      return rest;
    };
    const always = { pk: 'i-1#c-1', revision: 1, ttl: Math.ceil((T0 + 14 * 86_400_000) / 1_000) };
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
    const { client, requests } = clientWith<DynamoDBClient>({}, conditionFailed());
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
    const { client, requests } = clientWith<SQSClient>({}, {}, {}, {}, {});
    const queues = new Queues(client, 'wake-ups', 'dispatch');
    await queues.notifyDispatch(KEY, 'a');
    await queues.notifyDispatch(KEY, 'a');
    await queues.notifyDispatch(KEY, 'b');
    await queues.notifyDispatch({ ...KEY, contactId: 'c-2' }, 'a');
    await queues.notifyDispatch({ ...KEY, instanceId: 'i-2' }, 'a');
    expect(requests[0]?.[1]).toMatchObject({
      QueueUrl: 'dispatch',
      MessageBody: JSON.stringify(KEY),
      MessageGroupId: 'routing',
    });
    const [first, again, ...others] = requests.map(([, input]) => input.MessageDeduplicationId);
    expect(again).toBe(first);
    expect(new Set([first, ...others]).size).toBe(4);
  });

  test('that wake up go to their own queue', async () => {
    const { client, requests } = clientWith<SQSClient>({});
    await new Queues(client, 'wake-ups', 'dispatch').sendWakeUps(messages(1));
    expect(requests).toEqual([
      [
        'SendMessageBatchCommand',
        { QueueUrl: 'wake-ups', Entries: [{ Id: '0', MessageBody: '{"number":0}', DelaySeconds: 0 }] },
      ],
    ]);
  });

  test('are sent ten batches at a time, and after a failure no more', async () => {
    const { client, requests } = clientWith<SQSClient>(
      { Failed: [{ Message: 'busy' }] },
      ...Array(9).fill({}),
    );
    await expect(sendMessages(client, 'url', messages(101))).rejects.toThrow('accepted 9 of 10');
    expect(requests).toHaveLength(10);
    const all = clientWith<SQSClient>(...Array(11).fill({}));
    await sendMessages(all.client, 'url', messages(101));
    expect(all.requests.flatMap(([, { Entries }]) => Entries as Entry[])).toHaveLength(101);
  });

  test('that notify dispatch may be throttled, and nothing else', async () => {
    const notify = (error: Error) =>
      new Queues(clientWith<SQSClient>(error).client, 'wake-ups', 'dispatch').notifyDispatch(KEY, 'a');
    await expect(notify(named('ThrottlingException'))).resolves.toBe(undefined);
    await expect(notify(named('AccessDenied'))).rejects.toThrow('AccessDenied');
  });
});

describe('where the sweeps go on', () => {
  test('is read consistently, and written without a condition', async () => {
    const position = { lap: 3, counted: 0, waiting: 7 };
    const { client, requests } = clientWith<DynamoDBClient>({ Item: marshall({ position }) }, {}, {});
    const table = new SweepPositionTable(client, 'Contacts');
    expect(await table.load()).toEqual(position);
    expect(await table.load()).toBe(undefined);
    await table.save({ ...position, from: undefined as never });
    expect(requests[0]).toEqual([
      'GetItemCommand',
      { TableName: 'Contacts', Key: marshall({ pk: 'sweep#position' }), ConsistentRead: true },
    ]);
    expect(requests[2]).toEqual([
      'PutItemCommand',
      { TableName: 'Contacts', Item: marshall({ pk: 'sweep#position', position }) },
    ]);
  });
});

describe('how far a fan-out has come', () => {
  const key = `fan-out#${createHash('sha256').update('id').digest('hex')}`;

  test('is read consistently', async () => {
    const position = { part: 1, sent: 5 };
    const { client, requests } = clientWith<DynamoDBClient>({ Item: marshall({ position }) }, {});
    const table = new FanOutTable(client, 'Contacts');
    expect(await table.load('id')).toEqual(position);
    expect(await table.load('id')).toBe(undefined);
    expect(requests[0]).toEqual([
      'GetItemCommand',
      { TableName: 'Contacts', Key: marshall({ pk: key }), ConsistentRead: true },
    ]);
  });

  test('is written for a day, unless somebody else has come further', async () => {
    const conflict = conditionFailed();
    const { client, requests } = clientWith<DynamoDBClient>({}, conflict, named('TimeoutError'));
    const table = new FanOutTable(client, 'Contacts');
    const position = { part: 2, sent: 5, from: undefined as never };
    expect([await table.save('id', position, 7_900), await table.save('id', position, 0)]).toEqual([
      true,
      false,
    ]);
    await expect(table.save('id', position, 0)).rejects.toThrow('TimeoutError');
    expect(requests[0]).toEqual([
      'PutItemCommand',
      {
        TableName: 'Contacts',
        Item: marshall({ pk: key, position: { part: 2, sent: 5 }, ttl: 86_407 }),
        ConditionExpression: 'attribute_not_exists(pk) OR #position.#part < :part',
        ExpressionAttributeNames: { '#position': 'position', '#part': 'part' },
        ExpressionAttributeValues: marshall({ ':part': 2 }),
      },
    ]);
  });
});

test('the configuration is read as it was last written', async () => {
  const { client, requests } = clientWith<DynamoDBClient>({}, {});
  const table = new ConfigurationTable(client, 'Contacts');
  expect(await table.version()).toBe(undefined);
  await expect(table.set({ set: { id: 'x', chunks: 1 } })).rejects.toThrow('Chunk 0 of 1');
  expect(requests).toEqual(
    ['configuration#version', 'configuration#x#0'].map((pk) => [
      'GetItemCommand',
      { TableName: 'Contacts', Key: marshall({ pk }), ConsistentRead: true },
    ]),
  );
});

describe('what was recorded of parameters', () => {
  test('is read consistently, and written under its revision', async () => {
    const reported = { versions: { pause: { version: 1 } }, unreported: [] };
    const { client, requests } = clientWith<DynamoDBClient>({}, {}, conditionFailed());
    const table = new ReportedTable(client, 'Contacts');
    expect(await table.load()).toBe(undefined);
    expect([await table.save(reported, 0), await table.save(reported, 4)]).toEqual([true, false]);
    expect(requests[0]).toEqual([
      'GetItemCommand',
      { TableName: 'Contacts', Key: marshall({ pk: 'configuration#reported' }), ConsistentRead: true },
    ]);
    const { TableName, Item } = (requests[1]?.[1] ?? {}) as Record<string, never>;
    const again = clientWith<DynamoDBClient>({ Item });
    expect([TableName, await new ReportedTable(again.client, 'Contacts').load()]).toEqual([
      'Contacts',
      { reported, revision: 1 },
    ]);
  });
});

describe('a dead letter', () => {
  const original = { messageId: 'm-1', sentAt: 5, senderId: 'AROA:ann' };
  const attribute = (StringValue: string, DataType = 'String') => ({ DataType, StringValue });
  const problem = (code: string, message: string) => ({ code, path: [], message });
  const sent = async (url: string, message: string, from: OriginalMessage = original) => {
    const { client, requests } = clientWith<SQSClient>({}, {});
    const problems =
      message === '' ? [] : [problem('odd', message), problem('odd', 'x'), problem('long', 'y')];
    const error = new MalformedMessageError(problems);
    await new DeadLetterSender(client, url).send('{}', from, error);
    expect(requests[0]?.[0]).toBe('SendMessageCommand');
    return requests[0]?.[1] as Record<string, unknown> & {
      MessageAttributes: Record<string, { StringValue: string }>;
    };
  };

  test('has its body, its errors, and where it came from', async () => {
    const { MessageAttributes, ...rest } = await sent('https://sqs/queue', 'It is odd\u0000.');
    expect(rest).toEqual({ QueueUrl: 'https://sqs/queue', MessageBody: '{}' });
    expect(MessageAttributes).toEqual({
      ErrorCode: attribute('odd,long'),
      ErrorMessage: attribute(expect.stringContaining('It is odd?.') as never),
      OriginalMessageId: attribute('m-1'),
      OriginalSentAt: attribute('5', 'Number'),
      OriginalSenderId: attribute('AROA:ann'),
    });
  });

  test('whose sender is not known names none, and an empty code is a dash', async () => {
    const { MessageAttributes } = await sent('https://sqs/queue', '', { messageId: 'm-1', sentAt: 5 });
    expect(Object.keys(MessageAttributes)).not.toContain('OriginalSenderId');
    expect(MessageAttributes.ErrorCode).toEqual(attribute('-'));
  });

  test('has an error that fits into an attribute', async () => {
    const { MessageAttributes } = await sent('https://sqs/queue', 'x'.repeat(10_000));
    expect(MessageAttributes.ErrorMessage?.StringValue).toHaveLength(4_096);
  });

  test('that SQS does not take is not set aside', async () => {
    const { client } = clientWith<SQSClient>(named('AccessDenied'));
    const error = new MalformedMessageError([]);
    await expect(new DeadLetterSender(client, 'url').send('{}', original, error)).rejects.toThrow(
      'AccessDenied',
    );
  });

  test('of a FIFO queue is one where id and body are the same', async () => {
    const id = createHash('sha256').update('["m-1","{}"]').digest('hex');
    expect(await sent('https://sqs/queue.fifo', 'x')).toMatchObject({
      MessageGroupId: id,
      MessageDeduplicationId: id,
    });
  });
});

test('a message of a batch is read as SQS delivers it', () => {
  const { attribute, ...message } = receivedMessage({
    messageId: 'm-1',
    attributes: { SentTimestamp: '5', SenderId: 'AROA:ann', ApproximateReceiveCount: '2' },
    body: '{}',
    messageAttributes: { a: { stringValue: 'b' } },
    receiptHandle: 'r',
  } as never);
  expect(message).toEqual({
    messageId: 'm-1',
    sentAt: 5,
    senderId: 'AROA:ann',
    body: '{}',
    receiveCount: 2,
    receiptHandle: 'r',
  });
  expect([attribute('a'), attribute('b')]).toEqual(['b', undefined]);
});

describe('an event', () => {
  const event: ConfigurationEvent = {
    name: 'configured',
    at: T0,
    detail: { id: 'x', parameter: 'pause', change: 'deleted', parameterVersion: 1 },
  };

  test('goes to the default bus', async () => {
    const { client, requests } = clientWith<EventBridgeClient>({ Entries: [{}] });
    expect(await new DefaultEventBus(client).send([event])).toEqual([undefined]);
    expect(requests).toEqual([
      [
        'PutEventsCommand',
        {
          Entries: [
            {
              Source: 'connect-escalator',
              DetailType: 'configured',
              Detail: JSON.stringify(event.detail),
              Resources: [],
              Time: new Date(T0),
            },
          ],
        },
      ],
    ]);
  });

  test('has the reason for which it was not accepted', async () => {
    const reasons = async (...Entries: object[]) => {
      const { client } = clientWith<EventBridgeClient>({ Entries });
      return new DefaultEventBus(client).send([event]);
    };
    expect(await reasons({ ErrorCode: 'Busy', ErrorMessage: 'Try again.' })).toEqual(['Busy: Try again.']);
    expect(await reasons({ ErrorCode: 'Busy' })).toEqual(['Busy: ']);
    expect(await reasons()).toEqual(['The answer has no entry for the event.']);
    const { client } = clientWith<EventBridgeClient>({});
    expect(await new DefaultEventBus(client).send([event])).toEqual([
      'The answer has no entry for the event.',
    ]);
  });
});

describe('an error', () => {
  test.each(['ThrottlingException', 'TooManyRequestsException', 'Throttling', 'RequestThrottled'])(
    '%s is a throttle',
    (name) => {
      expect(isThrottle(named(name))).toBe(true);
    },
  );

  test('is a throttle by its status, too, whatever it is called', () => {
    expect([isThrottle(named('Odd', 429)), isThrottle({ $metadata: { httpStatusCode: 429 } })]).toEqual([
      true,
      true,
    ]);
    expect([named('Odd'), named('Odd', 400), {}, undefined, 'ThrottlingException'].map(isThrottle)).toEqual(
      Array(5).fill(false),
    );
  });

  test.each([
    [named('Denied'), 'Denied'],
    [{ name: 'Denied' }, ''],
    [undefined, ''],
  ])('has a name, which nothing else has: %p', (value, name) => {
    expect(nameOf(value)).toBe(name);
  });

  test('is said with its name, and anything else as text', () => {
    expect([messageOf(new TypeError('odd')), messageOf('odd'), messageOf(undefined)]).toEqual([
      'TypeError: odd',
      'odd',
      'undefined',
    ]);
  });
});
