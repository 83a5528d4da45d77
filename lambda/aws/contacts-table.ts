import {
  type AttributeValue,
  BatchGetItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { ContactKey } from '../domain/contact.ts';
import { queueOf } from '../domain/contact.ts';
import { dueAtOf, lookAtTime, urgencyOf } from '../domain/dealings.ts';
import { type ContactRecord, emptyRecord } from '../domain/record.ts';
import type { ContactStore, PendingContact, QueuedContact, StoredContact } from '../flow/ports.ts';
import { putRevision } from './revision.ts';
import { PENDING_INDEX, QUEUED_INDEX, TABLE } from './table-schema.ts';

const BATCH_GET_LIMIT = 100;
const PAGE_SIZE = 100;
const DAY_SECONDS = 86_400;

/** How long a record outlives its last writing: a waiting task may be quiet for a week. */
const KEEP_WAITING_SECONDS = 14 * DAY_SECONDS;

/** A contact that has left is kept so that late events find it, and a transfer its predecessor. */
const KEEP_LEFT_SECONDS = 2 * DAY_SECONDS;

/** The table of contacts, one item each, written as a whole under a revision. */
export class ContactsTable implements ContactStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async load(key: ContactKey): Promise<StoredContact> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: marshall(itemKey(key)), ConsistentRead: true }),
    );
    return Item ? stored(Item) : { record: emptyRecord(key), revision: 0 };
  }

  async loadMany(keys: readonly ContactKey[]): Promise<StoredContact[]> {
    const found: StoredContact[] = [];
    let wanted = keys.map((key) => marshall(itemKey(key)));
    while (wanted.length > 0) {
      const { Responses, UnprocessedKeys } = await this.#client.send(
        new BatchGetItemCommand({
          RequestItems: { [this.#table]: { Keys: wanted.slice(0, BATCH_GET_LIMIT), ConsistentRead: true } },
        }),
      );
      found.push(...(Responses?.[this.#table] ?? []).map(stored));
      const unprocessed = UnprocessedKeys?.[this.#table]?.Keys ?? [];
      wanted = [...unprocessed, ...wanted.slice(BATCH_GET_LIMIT)];
    }
    return found;
  }

  async save(record: ContactRecord, revision: number, now: number): Promise<number | undefined> {
    const item = { ...itemKey(record), ...indexKeys(record, now), record, [TABLE.ttl]: ttl(record, now) };
    return putRevision(this.#client, this.#table, item, revision);
  }

  async pending(instanceId: string, limit: number): Promise<PendingContact[]> {
    const { Items } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: PENDING_INDEX.name,
        KeyConditionExpression: `${PENDING_INDEX.partitionKey} = :instance`,
        ExpressionAttributeValues: marshall({ ':instance': instanceId }),
        Limit: limit,
      }),
    );
    return (Items ?? []).map((marshalled) => {
      const item = unmarshall(marshalled);
      const dueAt = dueAtOf(String(item[PENDING_INDEX.sortKey]));
      return { ...contactKey(item), ...(dueAt === undefined ? {} : { dueAt }) };
    });
  }

  async *queued(queueArn?: string): AsyncGenerator<QueuedContact[]> {
    let start: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const page = {
        TableName: this.#table,
        IndexName: QUEUED_INDEX.name,
        Limit: PAGE_SIZE,
        ExclusiveStartKey: start,
      };
      const { Items, LastEvaluatedKey } = await (queueArn === undefined
        ? this.#client.send(new ScanCommand(page))
        : this.#client.send(
            new QueryCommand({
              ...page,
              KeyConditionExpression: `${QUEUED_INDEX.partitionKey} = :queue`,
              ExpressionAttributeValues: marshall({ ':queue': queueArn }),
            }),
          ));
      if (Items && Items.length > 0) yield Items.map(queuedContact);
      start = LastEvaluatedKey;
    } while (start);
  }
}

function itemKey({ instanceId, contactId }: ContactKey) {
  return { [TABLE.partitionKey]: `${instanceId}#${contactId}` };
}

function contactKey(item: Record<string, unknown>): ContactKey {
  const [instanceId = '', ...contactId] = String(item[TABLE.partitionKey]).split('#');
  return { instanceId, contactId: contactId.join('#') };
}

function queuedContact(marshalled: Record<string, AttributeValue>): QueuedContact {
  const item = unmarshall(marshalled);
  const wakeAt = item[QUEUED_INDEX.wakeAt] as number | undefined;
  return { ...contactKey(item), ...(wakeAt === undefined ? {} : { wakeAt }) };
}

function stored(marshalled: Record<string, AttributeValue>): StoredContact {
  const item = unmarshall(marshalled);
  return { record: item.record as ContactRecord, revision: item.revision as number };
}

/** The keys of the sparse indexes: there only while the contact belongs in them. */
function indexKeys(record: ContactRecord, now: number): Record<string, unknown> {
  const urgency = urgencyOf(record, now);
  const queue = record.facts && record.closedAt === undefined ? queueOf(record.facts) : undefined;
  return {
    ...(urgency === undefined
      ? {}
      : { [PENDING_INDEX.partitionKey]: record.instanceId, [PENDING_INDEX.sortKey]: urgency }),
    ...(queue === undefined
      ? {}
      : {
          [QUEUED_INDEX.partitionKey]: queue.arn,
          [QUEUED_INDEX.sortKey]: queue.enqueuedAt,
          [QUEUED_INDEX.wakeAt]: lookAtTime(record),
        }),
  };
}

function ttl(record: ContactRecord, now: number): number {
  const waits = record.facts !== undefined && queueOf(record.facts) !== undefined;
  return Math.floor(now / 1_000) + (waits ? KEEP_WAITING_SECONDS : KEEP_LEFT_SECONDS);
}
