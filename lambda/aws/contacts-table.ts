import {
  type AttributeValue,
  BatchGetItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type ContactKey, keyString, parseKey } from '../domain/contact/contact-key.ts';
import { type ContactRecord, emptyRecord } from '../domain/contact/record.ts';
import { readRecord } from '../domain/contact/record-versions.ts';
import { keptUntil } from '../domain/contact/retention.ts';
import { isContactId, isInstanceId } from '../domain/item-keys.ts';
import { defined } from '../domain/json.ts';
import type { IndexEntries } from '../domain/reconcile/index-entries.ts';
import {
  dueAtFromSortKey,
  type PendingList,
  type RangeQuery,
  readInOrder,
} from '../domain/reconcile/pending-order.ts';
import { describeValue } from '../domain/validation/problem.ts';
import type {
  ContactStore,
  IndexedContact,
  QueuedContact,
  QueuedPage,
  StoredContact,
} from '../flow/ports.ts';
import { putIfUnchanged } from './conditional-put.ts';
import { packRecord, unpackRecord } from './packed-record.ts';
import { PENDING_INDEX, QUEUED_INDEX, TABLE } from './table-schema.ts';

const BATCH_GET_LIMIT = 100;

/** Entries of the index of waiting contacts in a page: a quarter of the megabyte that DynamoDB answers at most. */
const QUEUED_PAGE_SIZE = 1_000;

/** The table of contacts: one item each, written as a whole under a revision. */
export class ContactsTable implements ContactStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #reportUnreadable: (key: ContactKey, error: unknown) => void;

  /**
   * @param reportUnreadable - called by `loadMany` with a contact whose record cannot be read, such as one that a newer
   *   version wrote: that contact is left out, and the others are not affected. Default: the error is thrown.
   */
  constructor(
    client: DynamoDBClient,
    table: string,
    reportUnreadable: (key: ContactKey, error: unknown) => void = rethrow,
  ) {
    this.#client = client;
    this.#table = table;
    this.#reportUnreadable = reportUnreadable;
  }

  async load(key: ContactKey): Promise<StoredContact> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: marshall(itemKey(key)), ConsistentRead: true }),
    );
    return Item ? stored(Item) : { record: emptyRecord(key), revision: 0 };
  }

  async loadMany(keys: readonly ContactKey[]): Promise<StoredContact[]> {
    const found: StoredContact[] = [];
    let remaining = keys.map((key) => marshall(itemKey(key)));
    while (remaining.length > 0) {
      const { Responses, UnprocessedKeys } = await this.#client.send(
        new BatchGetItemCommand({
          RequestItems: {
            [this.#table]: { Keys: remaining.slice(0, BATCH_GET_LIMIT), ConsistentRead: true },
          },
        }),
      );
      found.push(...(Responses?.[this.#table] ?? []).flatMap((item) => this.#readable(item) ?? []));
      const unprocessed = UnprocessedKeys?.[this.#table]?.Keys ?? [];
      remaining = [...unprocessed, ...remaining.slice(BATCH_GET_LIMIT)];
    }
    return found;
  }

  #readable(item: Record<string, AttributeValue>): StoredContact | undefined {
    try {
      return stored(item);
    } catch (error) {
      this.#reportUnreadable(contactKey(unmarshall(item)), error);
      return undefined;
    }
  }

  async save(
    record: ContactRecord,
    revision: number,
    entries: IndexEntries,
    now: number,
  ): Promise<number | undefined> {
    const item = {
      ...itemKey(record),
      ...indexKeys(record.instanceId, entries),
      ...packRecord(record),
      [TABLE.ttl]: expiresAt(record, now),
    };
    return putIfUnchanged(this.#client, this.#table, item, revision);
  }

  async pending(
    instanceId: string,
    list: PendingList,
    limit: number,
    now: number,
  ): Promise<IndexedContact[]> {
    const reading = readInOrder<PendingItem>(list, limit, now);
    let step = reading.next();
    while (!step.done) step = reading.next(await this.#queryPending(instanceId, step.value));
    return step.value.map(({ sortKey, ...key }) => ({
      ...key,
      ...defined({ dueAt: dueAtFromSortKey(sortKey) }),
    }));
  }

  async #queryPending(instanceId: string, { from, to, limit }: RangeQuery): Promise<PendingItem[]> {
    const { Items } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: PENDING_INDEX.name,
        KeyConditionExpression: `${PENDING_INDEX.partitionKey} = :instance AND ${PENDING_INDEX.sortKey} BETWEEN :from AND :to`,
        ExpressionAttributeValues: marshall({ ':instance': instanceId, ':from': from, ':to': to }),
        Limit: limit,
      }),
    );
    return (Items ?? []).map((marshalled) => {
      const item = unmarshall(marshalled);
      return { ...contactKey(item), sortKey: String(item[PENDING_INDEX.sortKey]) };
    });
  }

  async *queued(queueArn?: string, from?: string): AsyncGenerator<QueuedPage> {
    let start = from === undefined ? undefined : pageStart(from);
    do {
      const page = {
        TableName: this.#table,
        IndexName: QUEUED_INDEX.name,
        Limit: QUEUED_PAGE_SIZE,
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
      const contacts = (Items ?? []).map(queuedContact);
      const next = LastEvaluatedKey && JSON.stringify(unmarshall(LastEvaluatedKey));
      if (contacts.length > 0 || next !== undefined) yield { contacts, ...defined({ next }) };
      start = LastEvaluatedKey;
    } while (start);
  }
}

/** The key of an index entry, from the text that a page had. */
function pageStart(from: string): Record<string, AttributeValue> {
  return marshall(JSON.parse(from));
}
/** A contact of the `pending` index, and its sort key there. */
type PendingItem = ContactKey & { readonly sortKey: string };

function rethrow(_key: ContactKey, error: unknown): never {
  throw error;
}

/** The key would be that of an item of another kind, or none at all. Such an id is refused where it comes in. */
export class ContactKeyError extends Error {
  override readonly name = 'ContactKeyError';
}

/** @throws ContactKeyError, so that no item of a contact ever takes the place of another. */
function itemKey(key: ContactKey) {
  if (!isInstanceId(key.instanceId) || !isContactId(key.contactId)) {
    throw new ContactKeyError(`${describeValue(keyString(key))} cannot be the key of a contact.`);
  }
  return { [TABLE.partitionKey]: keyString(key) };
}

function contactKey(item: Record<string, unknown>): ContactKey {
  return parseKey(String(item[TABLE.partitionKey]));
}

function queuedContact(marshalled: Record<string, AttributeValue>): QueuedContact {
  const item = unmarshall(marshalled);
  const reconcileAt = item[QUEUED_INDEX.reconcileAt] as number | undefined;
  const arn = item[QUEUED_INDEX.partitionKey] as string | undefined;
  const queue = arn === undefined ? undefined : { arn, enqueuedAt: Number(item[QUEUED_INDEX.sortKey]) };
  return { ...contactKey(item), ...defined({ reconcileAt, queue }) };
}

function stored(marshalled: Record<string, AttributeValue>): StoredContact {
  const item = unmarshall(marshalled);
  const expiresAt = item[TABLE.ttl] as number | undefined;
  return {
    record: readRecord(unpackRecord(contactKey(item), item)),
    revision: item.revision as number,
    ...defined({ expiresAt: expiresAt && expiresAt * 1_000 }),
  };
}

/** The keys of the sparse indexes: present only while the contact has an entry in them. */
function indexKeys(
  instanceId: string,
  { queued, unsent, pending = unsent }: IndexEntries,
): Record<string, unknown> {
  return {
    ...(pending && {
      [PENDING_INDEX.partitionKey]: instanceId,
      [PENDING_INDEX.sortKey]: pending.sortKey,
    }),
    ...(queued && {
      [QUEUED_INDEX.partitionKey]: queued.queueArn,
      [QUEUED_INDEX.sortKey]: queued.enqueuedAt,
      [QUEUED_INDEX.reconcileAt]: queued.reconcileAt,
    }),
  };
}

/** When DynamoDB may delete the item, in seconds since the epoch: never sooner than the record is needed. */
function expiresAt({ facts, unsentEvents }: ContactRecord, now: number): number {
  return Math.ceil(keptUntil(facts, now, unsentEvents !== undefined) / 1_000);
}
