import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from '@jest/globals';
import { CustomerContactsTable } from '../../lambda/aws/customer-contacts-table.ts';
import { QueueStateTable } from '../../lambda/aws/queue-state-table.ts';
import { QUEUE_ARN } from '../support/contacts.ts';
import { clientWith, conditionFailed } from './fixtures/scripted-client.ts';

const SECRET = { Item: marshall({ secret: 'a1b2' }) };

test('the secret that hides the ids of customers is read once, and what others wrote last is read', async () => {
  const { client, requests } = clientWith<DynamoDBClient>(SECRET, {}, {});
  const table = new CustomerContactsTable(client, 'Contacts');
  const first = await table.load('i-1', 'ann');
  expect(await table.load('i-1', 'ann')).toEqual(first);
  expect(requests.map(([name, { TableName, ConsistentRead }]) => [name, TableName, ConsistentRead])).toEqual(
    Array(3).fill(['GetItemCommand', 'Contacts', true]),
  );
});

test('a secret that is deleted while it is made is an error: nothing would hide the ids of customers', async () => {
  const { client } = clientWith<DynamoDBClient>({}, conditionFailed(), {});
  await expect(new CustomerContactsTable(client, 'Contacts').load('i-1', 'ann')).rejects.toThrow(
    'The secret of the table was deleted while it was read.',
  );
});

test('the state of a queue is read as it was written last', async () => {
  const { client, requests } = clientWith<DynamoDBClient>({});
  await new QueueStateTable(client, 'Contacts').load(QUEUE_ARN);
  expect(requests.map(([, { ConsistentRead }]) => ConsistentRead)).toEqual([true]);
});
