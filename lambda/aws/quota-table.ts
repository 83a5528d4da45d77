import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { QuotaState, QuotaStore } from '../flow/ports.ts';
import { isConditionFailure } from './errors.ts';
import { TABLE } from './table-schema.ts';

/** Contact items have an instance id before the first #, and no instance has this one. */
const QUOTA_KEY = { [TABLE.partitionKey]: 'quota#routing' };

/** The state of the quotas, one item of the table. */
export class QuotaTable implements QuotaStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = DynamoDBDocumentClient.from(client);
    this.#table = table;
  }

  async load(): Promise<{ state: QuotaState; revision: number } | undefined> {
    const { Item } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: QUOTA_KEY, ConsistentRead: true }),
    );
    return Item && { state: Item.state as QuotaState, revision: Item.revision as number };
  }

  async save(state: QuotaState, revision: number): Promise<number | undefined> {
    const next = revision + 1;
    try {
      await this.#client.send(
        new PutCommand({
          TableName: this.#table,
          Item: { ...QUOTA_KEY, state, revision: next },
          ...(revision === 0
            ? { ConditionExpression: `attribute_not_exists(${TABLE.partitionKey})` }
            : { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': revision } }),
        }),
      );
    } catch (error) {
      if (isConditionFailure(error)) return undefined;
      throw error;
    }
    return next;
  }
}
