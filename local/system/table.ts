import { CreateTableCommand, type DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { PENDING_INDEX, QUEUED_INDEX, TABLE } from '../../lambda/aws/table-schema.ts';

/** Creates the stack's table with its two indexes, and waits until it is active. */
export async function createTable(client: DynamoDBClient, name: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: TABLE.partitionKey, KeyType: 'HASH' }],
      AttributeDefinitions: [
        { AttributeName: TABLE.partitionKey, AttributeType: 'S' },
        { AttributeName: PENDING_INDEX.partitionKey, AttributeType: 'S' },
        { AttributeName: PENDING_INDEX.sortKey, AttributeType: 'S' },
        { AttributeName: QUEUED_INDEX.partitionKey, AttributeType: 'S' },
        { AttributeName: QUEUED_INDEX.sortKey, AttributeType: 'N' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: PENDING_INDEX.name,
          KeySchema: keySchema(PENDING_INDEX),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: QUEUED_INDEX.name,
          KeySchema: keySchema(QUEUED_INDEX),
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [QUEUED_INDEX.reconcileAt] },
        },
      ],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, { TableName: name });
}

function keySchema(index: { readonly partitionKey: string; readonly sortKey: string }) {
  return [
    { AttributeName: index.partitionKey, KeyType: 'HASH' as const },
    { AttributeName: index.sortKey, KeyType: 'RANGE' as const },
  ];
}
