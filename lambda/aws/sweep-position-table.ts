import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { SweepPosition, SweepPositionStore } from '../flow/ports.ts';
import { SWEEP_KEY, TABLE } from './table-schema.ts';

const SWEEP_ITEM = { [TABLE.partitionKey]: SWEEP_KEY };

/** The position of the sweeps, one item of the table. Of two sweeps at once the position of the last one holds. */
export class SweepPositionTable implements SweepPositionStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async load(): Promise<SweepPosition | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: marshall(SWEEP_ITEM), ConsistentRead: true }),
    );
    return Item && (unmarshall(Item).position as SweepPosition);
  }

  async save(position: SweepPosition): Promise<void> {
    const item = marshall({ ...SWEEP_ITEM, position }, { removeUndefinedValues: true });
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: item }));
  }
}
