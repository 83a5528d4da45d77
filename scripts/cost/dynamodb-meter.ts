import { PENDING_INDEX, QUEUED_INDEX, TABLE } from '../../lambda/aws/table-schema.ts';
import type { RequestLogEntry } from '../../local/endpoint/request-log.ts';
import { type Item, itemBytes } from './item-size.ts';

/** The request units that DynamoDB charges for a request. */
interface RequestUnits {
  readonly read: number;
  readonly write: number;
}

const READ_BYTES = 4_096;
const WRITE_BYTES = 1_024;

/**
 * The attributes of each index, without the table's key. An item is in an index when it has the first two.
 */
const INDEXES = [
  [PENDING_INDEX.partitionKey, PENDING_INDEX.sortKey],
  [QUEUED_INDEX.partitionKey, QUEUED_INDEX.sortKey, QUEUED_INDEX.reconcileAt],
] as const;

interface RequestBody {
  readonly Key?: Item;
  readonly Item?: Item;
  readonly ConsistentRead?: boolean;
  readonly RequestItems?: Record<
    string,
    { readonly Keys: readonly Item[]; readonly ConsistentRead?: boolean }
  >;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Item;
}

interface ResponseBody {
  readonly Item?: Item;
  readonly Items?: readonly Item[];
  readonly Responses?: Record<string, readonly Item[]>;
}

/**
 * Counts the request units of DynamoDB. It tracks the items of the table from the first request on, because
 * the units of a write depend on the previous item in the table and in its indexes.
 *
 * Source: DynamoDB developer guide, "DynamoDB read and write operations" and "Using Global Secondary
 * Indexes".
 */
export class DynamoDbMeter {
  readonly #items = new Map<string, Item>();

  /** @throws TypeError for an operation whose units it does not know. */
  countUnits({ name, status, requestBody, responseBody }: RequestLogEntry): RequestUnits {
    const request = JSON.parse(requestBody()) as RequestBody;
    const response = JSON.parse(responseBody()) as ResponseBody;
    switch (name) {
      case 'dynamodb.GetItem':
        return { read: readUnits([response.Item ?? {}], request.ConsistentRead), write: 0 };
      case 'dynamodb.BatchGetItem':
        return { read: batchReadUnits(request, response), write: 0 };
      case 'dynamodb.Query':
      case 'dynamodb.Scan':
        return { read: readUnits([combineItems(response.Items ?? [])], request.ConsistentRead), write: 0 };
      case 'dynamodb.PutItem':
        return { read: 0, write: this.#writeUnits(request.Item ?? {}, status) };
      case 'dynamodb.UpdateItem':
        return { read: 0, write: this.#writeUnits(this.#applyUpdate(request), status) };
      default:
        throw new TypeError(`DynamoDbMeter does not know the request units of ${name}; add them.`);
    }
  }

  /** A write whose condition is false costs as much as the item, and changes no index. */
  #writeUnits(item: Item, status: number): number {
    const key = keyOf(item);
    const before = this.#items.get(key);
    const table = toUnits(Math.max(itemBytes(item), before ? itemBytes(before) : 0), WRITE_BYTES);
    if (status !== 200) return table;
    this.#items.set(key, item);
    return table + INDEXES.reduce((sum, index) => sum + indexWriteUnits(index, before, item), 0);
  }

  #applyUpdate({ Key = {}, UpdateExpression = '', ...names }: RequestBody): Item {
    const item: Record<string, Item[string]> = { ...this.#items.get(keyOf(Key)), ...Key };
    for (const [, name = '', value = ''] of UpdateExpression.matchAll(/(#\w+)\s*=\s*(:\w+)/g)) {
      const set = names.ExpressionAttributeValues?.[value];
      if (set) item[names.ExpressionAttributeNames?.[name] ?? name] = set;
    }
    return item;
  }
}

function batchReadUnits({ RequestItems = {} }: RequestBody, { Responses = {} }: ResponseBody): number {
  return Object.entries(RequestItems).reduce((sum, [table, { Keys, ConsistentRead }]) => {
    const found = Responses[table] ?? [];
    const missing = Keys.slice(found.length).map(() => ({}));
    return sum + readUnits([...found, ...missing], ConsistentRead);
  }, 0);
}

/** Counts each item separately. A missing item costs as much as the smallest. */
function readUnits(items: readonly Item[], consistent = false): number {
  return items.reduce((sum, item) => sum + toUnits(itemBytes(item), READ_BYTES) * (consistent ? 1 : 0.5), 0);
}

/** The items of a page count as one. */
function combineItems(items: readonly Item[]): Item {
  return { '': { L: items.map((item) => ({ M: item })) } };
}

/** One unit to add, remove or change an entry; two units to move it. Entries are smaller than 1 KB. */
function indexWriteUnits(index: readonly string[], before: Item | undefined, after: Item): number {
  const [oldEntry, newEntry] = [toIndexEntry(index, before), toIndexEntry(index, after)];
  if (!oldEntry || !newEntry) return oldEntry || newEntry ? 1 : 0;
  if (oldEntry.key !== newEntry.key) return 2;
  return oldEntry.attributes === newEntry.attributes ? 0 : 1;
}

function toIndexEntry(index: readonly string[], item: Item | undefined) {
  const values = index.map((attribute) => item?.[attribute]);
  const key = values.slice(0, 2);
  return key.includes(undefined)
    ? undefined
    : { key: JSON.stringify(key), attributes: JSON.stringify(values) };
}

function toUnits(bytes: number, unitBytes: number): number {
  return Math.max(1, Math.ceil(bytes / unitBytes));
}

function keyOf(item: Item): string {
  return item[TABLE.partitionKey]?.S ?? '';
}
