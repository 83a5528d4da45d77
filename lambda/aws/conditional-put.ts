import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { CONDITION_FAILED, nameOf } from './errors.ts';
import { TABLE } from './table-schema.ts';

const MARSHALL_OPTIONS = {
  removeUndefinedValues: true,
  // A map with a member called `constructor`, such as a tag, is taken for an instance of a class.
  convertClassInstanceToMap: true,
};

/**
 * Writes an item as a whole, unless somebody else wrote it since it was read.
 *
 * @param revision - as it was read; 0 for an item that did not exist.
 * @returns the new revision; undefined on a conflict: somebody else wrote since.
 */
export async function putIfUnchanged(
  client: DynamoDBClient,
  table: string,
  item: Readonly<Record<string, unknown>>,
  revision: number,
): Promise<number | undefined> {
  const next = revision + 1;
  try {
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: marshall({ ...item, revision: next }, MARSHALL_OPTIONS),
        ...(revision === 0
          ? { ConditionExpression: `attribute_not_exists(${TABLE.partitionKey})` }
          : {
              ConditionExpression: 'revision = :read',
              ExpressionAttributeValues: marshall({ ':read': revision }),
            }),
      }),
    );
  } catch (error) {
    if (nameOf(error) === CONDITION_FAILED) return undefined;
    throw error;
  }
  return next;
}
