import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { QuotaState, QuotaStore } from '../flow/ports.ts';
import { putIfUnchanged } from './conditional-put.ts';
import { QUOTA_KEY, TABLE } from './table-schema.ts';

/** Contact items have an instance id before the first #, and no instance has this one. */
const QUOTA_ITEM = { [TABLE.partitionKey]: QUOTA_KEY };

/** The state of the quotas, one item of the table. */
export class QuotaTable implements QuotaStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async load(): Promise<{ state: QuotaState; revision: number } | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: marshall(QUOTA_ITEM), ConsistentRead: true }),
    );
    const item = Item && unmarshall(Item);
    return item && { state: item.state as QuotaState, revision: item.revision as number };
  }

  save(state: QuotaState, revision: number): Promise<number | undefined> {
    return putIfUnchanged(this.#client, this.#table, { ...QUOTA_ITEM, state }, revision);
  }
}
