import { PENDING_INDEX, QUEUED_INDEX, TABLE } from '../../lambda/aws/table-schema.ts';
import type { RequestLogEntry } from '../../local/endpoint/request-log.ts';
import { type Item, itemBytes } from './item-size.ts';

/** What DynamoDB charges a request for. */
export interface RequestUnits {
  readonly read: number;
  readonly write: number;
}

const READ_BYTES = 4_096;
const WRITE_BYTES = 1_024;

/** The attributes that an index holds, besides the table's key. An item is in it when it has the first two. */
const INDEXES = [
  [PENDING_INDEX.partitionKey, PENDING_INDEX.sortKey],
  [QUEUED_INDEX.partitionKey, QUEUED_INDEX.sortKey, QUEUED_INDEX.wakeAt],
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
 * Counts the request units of DynamoDB. It goes along with the table's items from the first request on, since what
 * a writing costs depends on what was there before, in the table and in its indexes.
 *
 * Source: DynamoDB developer guide, "DynamoDB read and write operations" and "Using Global Secondary Indexes".
 */
export class DynamoDbMeter {
  readonly #items = new Map<string, Item>();

  /** @throws TypeError for an operation that it does not know the price of. */
  countUnits({ name, status, requestBody: request, responseBody: response }: RequestLogEntry): RequestUnits {
    const asked = JSON.parse(request()) as RequestBody;
    const answered = JSON.parse(response()) as ResponseBody;
    switch (name) {
      case 'dynamodb.GetItem':
        return { read: readUnits([answered.Item ?? {}], asked.ConsistentRead), write: 0 };
      case 'dynamodb.BatchGetItem':
        return { read: batchReadUnits(asked, answered), write: 0 };
      case 'dynamodb.Query':
      case 'dynamodb.Scan':
        return { read: readUnits([combineItems(answered.Items ?? [])], asked.ConsistentRead), write: 0 };
      case 'dynamodb.PutItem':
        return { read: 0, write: this.#writeUnits(asked.Item ?? {}, status) };
      case 'dynamodb.UpdateItem':
        return { read: 0, write: this.#writeUnits(this.#applyUpdate(asked), status) };
      default:
        throw new TypeError(`${name} is not reckoned yet: say in DynamoDbMeter what it costs.`);
    }
  }

  /** A writing that its condition forbids costs as much as the item, and changes no index. */
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

/** Each item by itself; one that is not there counts as the smallest. */
function readUnits(items: readonly Item[], consistent = false): number {
  return items.reduce((sum, item) => sum + toUnits(itemBytes(item), READ_BYTES) * (consistent ? 1 : 0.5), 0);
}

/** Items of one page count together. */
function combineItems(items: readonly Item[]): Item {
  return { '': { L: items.map((item) => ({ M: item })) } };
}

/** One to put an entry in, to take it out or to change what it shows; two to move it. Entries are below 1 KB. */
function indexWriteUnits(index: readonly string[], before: Item | undefined, after: Item): number {
  const [was, is] = [toIndexEntry(index, before), toIndexEntry(index, after)];
  if (!was || !is) return was || is ? 1 : 0;
  if (was.key !== is.key) return 2;
  return was.whole === is.whole ? 0 : 1;
}

function toIndexEntry(index: readonly string[], item: Item | undefined) {
  const values = index.map((attribute) => item?.[attribute]);
  const key = values.slice(0, 2);
  return key.includes(undefined) ? undefined : { key: JSON.stringify(key), whole: JSON.stringify(values) };
}

function toUnits(bytes: number, unitBytes: number): number {
  return Math.max(1, Math.ceil(bytes / unitBytes));
}

function keyOf(item: Item): string {
  return item[TABLE.partitionKey]?.S ?? '';
}
