import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { ConfigurationTable } from '../../lambda/aws/configuration-table.ts';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import { SendError, sendMessages } from '../../lambda/aws/queues.ts';
import { QuotaTable } from '../../lambda/aws/quota-table.ts';
import { emptyRecord } from '../../lambda/domain/contact/record.ts';

type Keys = { readonly pk: { readonly S: string } }[];
type Request = {
  readonly RequestItems: { readonly T: { readonly Keys: Keys; readonly ConsistentRead: boolean } };
};

/** DynamoDB that processes so many keys of a batch, and knows every contact. */
function partialDynamoDb(processed: number) {
  const requests: Request[] = [];
  const send = async ({ input }: { readonly input: Request }) => {
    requests.push(input);
    const { Keys } = input.RequestItems.T;
    const rest = Keys.slice(processed);
    return {
      Responses: {
        T: Keys.slice(0, processed).map(({ pk }) => {
          const [instanceId = '', contactId = ''] = pk.S.split('#');
          return marshall({ pk: pk.S, record: emptyRecord({ instanceId, contactId }), revision: 1 });
        }),
      },
      UnprocessedKeys: rest.length > 0 ? { T: { Keys: rest } } : {},
    };
  };
  return { client: { send } as unknown as DynamoDBClient, requests };
}

describe('what AWS does in part', () => {
  test('keys that DynamoDB leaves unprocessed are asked for again, until all contacts are read', async () => {
    const { client, requests } = partialDynamoDb(40);
    const keys = Array.from({ length: 130 }, (_, index) => ({ instanceId: 'i', contactId: `c-${index}` }));
    const read = await new ContactsTable(client, 'T').loadMany(keys);
    expect(read.map(({ record }) => record.contactId).toSorted()).toEqual(
      keys.map(({ contactId }) => contactId).toSorted(),
    );
    expect(requests.map(({ RequestItems }) => RequestItems.T.Keys.length)).toEqual([100, 90, 50, 10]);
    expect(requests.every(({ RequestItems }) => RequestItems.T.ConsistentRead)).toBe(true);
  });

  test('a batch of messages that SQS takes in part fails, so that all are sent again', async () => {
    const send = async ({ input }: { readonly input: { readonly Entries: readonly { Id: string }[] } }) => ({
      Failed: input.Entries.slice(-1).map(({ Id }) => ({ Id, Message: 'Try again.' })),
    });
    const messages = [1, 2, 3].map((id) => ({ body: { id }, delaySeconds: 0 }));
    await expect(sendMessages({ send } as unknown as SQSClient, 'url', messages)).rejects.toThrow(
      new SendError('SQS accepted 2 of 3 messages: Try again.'),
    );
  });
});

test('every item is read as it was last written, not as it was a moment ago', async () => {
  const reads: (boolean | undefined)[] = [];
  const send = async ({ input }: { readonly input: { readonly ConsistentRead?: boolean } }) => {
    reads.push(input.ConsistentRead);
    return {};
  };
  const client = { send } as unknown as DynamoDBClient;
  await new ContactsTable(client, 'T').load({ instanceId: 'i', contactId: 'c' });
  await new QuotaTable(client, 'T').load();
  await new ConfigurationTable(client, 'T').version();
  await expect(new ConfigurationTable(client, 'T').set({ set: { id: 'x', chunks: 1 } })).rejects.toThrow();
  expect(reads).toEqual([true, true, true, true]);
});
