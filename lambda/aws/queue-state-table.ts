import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import {
  EMPTY_QUEUE_STATE,
  endOfState,
  type QueueState,
  queueStateKey,
} from '../domain/queue/queue-state.ts';
import type { QueueStateStore, StoredQueueState } from '../flow/ports.ts';
import { putIfUnchanged } from './conditional-put.ts';
import { QUEUE_KEY_PREFIX, TABLE } from './table-schema.ts';

/** Longer than any poll is late: the next one still sees which conditions contacts have. */
const KEPT_SECONDS = 86_400;

/** The states of queues, one item of the table each. DynamoDB deletes an item a day after what it holds has ended. */
export class QueueStateTable implements QueueStateStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async load(queueArn: string): Promise<StoredQueueState> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: marshall(itemKey(queueArn)), ConsistentRead: true }),
    );
    const { state, revision } = Item ? unmarshall(Item) : {};
    return Item ? { state: state as QueueState, revision } : { state: EMPTY_QUEUE_STATE, revision: 0 };
  }

  async save(queueArn: string, state: QueueState, revision: number, now: number): Promise<boolean> {
    const expiresAt = Math.ceil(endOfState(state, now) / 1_000) + KEPT_SECONDS;
    const item = { ...itemKey(queueArn), state, [TABLE.ttl]: expiresAt };
    return (await putIfUnchanged(this.#client, this.#table, item, revision)) !== undefined;
  }
}

function itemKey(queueArn: string) {
  return { [TABLE.partitionKey]: QUEUE_KEY_PREFIX + queueStateKey(queueArn) };
}
