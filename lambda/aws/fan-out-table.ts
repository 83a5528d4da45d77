import { createHash } from 'node:crypto';
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { FanOutPosition, FanOutPositionStore } from '../flow/ports.ts';
import { CONDITION_FAILED, nameOf } from './errors.ts';
import { FAN_OUT_KEY_PREFIX, TABLE } from './table-schema.ts';

/** Longer than a fan-out takes, and than its messages may come again. */
const KEPT_SECONDS = 86_400;

/** The positions of fan-outs, one item of the table each. */
export class FanOutTable implements FanOutPositionStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async load(id: string): Promise<FanOutPosition | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: marshall(itemKey(id)), ConsistentRead: true }),
    );
    return Item && (unmarshall(Item).position as FanOutPosition);
  }

  async save(id: string, position: FanOutPosition, now: number): Promise<boolean> {
    const item = { ...itemKey(id), position, [TABLE.ttl]: Math.floor(now / 1_000) + KEPT_SECONDS };
    try {
      await this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: marshall(item, { removeUndefinedValues: true }),
          ConditionExpression: `attribute_not_exists(${TABLE.partitionKey}) OR #position.#part < :part`,
          ExpressionAttributeNames: { '#position': 'position', '#part': 'part' },
          ExpressionAttributeValues: marshall({ ':part': position.part }),
        }),
      );
    } catch (error) {
      if (nameOf(error) === CONDITION_FAILED) return false;
      throw error;
    }
    return true;
  }
}

/** An id may be longer than a key can be. */
function itemKey(id: string) {
  return { [TABLE.partitionKey]: FAN_OUT_KEY_PREFIX + createHash('sha256').update(id).digest('hex') };
}
