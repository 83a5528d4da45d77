import { PENDING_INDEX, QUEUED_INDEX, TABLE } from '../../../lambda/aws/table-schema.ts';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import { type Item, meetsCondition, orderOf, type Placeholders, updated, type Value } from './expressions.ts';

/** What DynamoDB answers to a write whose condition does not hold. */
export class ConditionalCheckFailed extends AwsError {
  /** The item as it is, where the request asks for it. */
  readonly item: Item | undefined;

  constructor(item: Item | undefined) {
    super('ConditionalCheckFailedException', 'The conditional request failed');
    this.item = item;
  }
}

/** How the table behaves at a moment. */
export interface TableWeather {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Has an action done once the indexes and eventually consistent reads show a write. */
  replicate(action: () => void): void;
  /** Whether BatchGetItem leaves a key unprocessed; at least one is processed. */
  leavesUnprocessed(): boolean;
  /** Items of a page of the queued index. */
  readonly pageSize: number;
}

/** Who learns of the writes: an item, or undefined after it was deleted. */
export type OnWritten = (key: string, item: Item | undefined) => void;

/** The largest item, in bytes. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const MAX_ITEM_BYTES = 400 * 1_024;

/** The attributes of keys with their types. */
const KEY_TYPES: Readonly<Record<string, 'S' | 'N'>> = {
  [TABLE.partitionKey]: 'S',
  [PENDING_INDEX.partitionKey]: 'S',
  [PENDING_INDEX.sortKey]: 'S',
  [QUEUED_INDEX.partitionKey]: 'S',
  [QUEUED_INDEX.sortKey]: 'N',
};

const INDEXES: Readonly<Record<string, Readonly<typeof PENDING_INDEX | typeof QUEUED_INDEX>>> = {
  [PENDING_INDEX.name]: PENDING_INDEX,
  [QUEUED_INDEX.name]: QUEUED_INDEX,
};

type Input = Placeholders & {
  readonly Key?: Item;
  readonly Item?: Item;
  readonly ConsistentRead?: boolean;
  readonly ConditionExpression?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
  readonly UpdateExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly IndexName?: string;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Item;
  readonly RequestItems?: Readonly<
    Record<string, { readonly Keys: readonly Item[]; readonly ConsistentRead?: boolean }>
  >;
};

/** A version of an item; undefined: it was deleted. */
interface Version {
  readonly number: number;
  readonly item: Item | undefined;
}

/**
 * The table of the stack, as DynamoDB keeps it: conditional writes, indexes and eventually consistent reads that lag,
 * pages, keys that stay unprocessed, and items that end with their time to live. What the adapters do not use is
 * refused.
 */
export class SimulatedTable {
  readonly #weather: TableWeather;
  readonly #onWritten: OnWritten;
  readonly #items = new Map<string, Version>();
  /** What the indexes and eventually consistent reads show. */
  readonly #replica = new Map<string, Version>();

  constructor(weather: TableWeather, onWritten: OnWritten) {
    this.#weather = weather;
    this.#onWritten = onWritten;
  }

  /** The items whose key begins so, in the order of their keys. */
  *itemsOf(prefix: string): Generator<Item> {
    for (const [key, { item }] of [...this.#items].sort()) if (item && key.startsWith(prefix)) yield item;
  }

  /** The revision of an item as it is; 0: there is none, or it has none. */
  revisionOf(key: string): number {
    return Number(this.#items.get(key)?.item?.revision?.N ?? 0);
  }

  /** @throws AwsError, as DynamoDB answers. */
  perform(operation: string, input: Input): object {
    this.#endExpired();
    switch (operation) {
      case 'GetItem':
        return { Item: this.#read(keyOf(input.Key), input.ConsistentRead) };
      case 'BatchGetItem':
        return this.#batchGet(input);
      case 'PutItem':
        return this.#put(input);
      case 'UpdateItem':
        return this.#update(input);
      case 'DeleteItem':
        if (input.ConditionExpression !== undefined) throw unsupported('DeleteItem with a condition');
        this.#write(keyOf(input.Key), undefined);
        return {};
      case 'Query':
      case 'Scan':
        return this.#select(input);
      default:
        throw unsupported(operation);
    }
  }

  /** Deletes an item, as when its time to live has passed. */
  delete(key: string): void {
    this.#write(key, undefined);
  }

  #read(key: string, isConsistent = false): Item | undefined {
    return (isConsistent ? this.#items : this.#replica).get(key)?.item;
  }

  #batchGet({ RequestItems = {} }: Input): object {
    const [[table = '', { Keys = [], ConsistentRead = false } = {}] = []] = Object.entries(RequestItems);
    const keys = Keys.map(keyOf);
    if (keys.length === 0 || keys.length > 100) throw invalid(`${keys.length} keys; 1 to 100 are allowed`);
    if (new Set(keys).size < keys.length) throw invalid('Provided list of item keys contains duplicates');
    const processed = keys.filter((_, index) => index === 0 || !this.#weather.leavesUnprocessed());
    const left = Keys.filter((key) => !processed.includes(keyOf(key)));
    return {
      Responses: { [table]: processed.flatMap((key) => this.#read(key, ConsistentRead) ?? []) },
      UnprocessedKeys: left.length > 0 ? { [table]: { Keys: left, ConsistentRead } } : {},
    };
  }

  #put(input: Input): object {
    const { Item: item = {} } = input;
    checkItem(item);
    this.#check(keyOf(item), input);
    this.#write(keyOf(item), item);
    return {};
  }

  #update(input: Input): object {
    const { Key = {}, UpdateExpression = '' } = input;
    const key = keyOf(Key);
    this.#check(key, input);
    const item = updated(UpdateExpression, this.#items.get(key)?.item ?? Key, input);
    checkItem(item);
    this.#write(key, item);
    return {};
  }

  #check(key: string, input: Input): void {
    const { ConditionExpression, ReturnValuesOnConditionCheckFailure } = input;
    const item = this.#items.get(key)?.item;
    if (ConditionExpression === undefined || meetsCondition(ConditionExpression, item, input)) return;
    throw new ConditionalCheckFailed(ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? item : undefined);
  }

  #write(key: string, item: Item | undefined): void {
    const version = { number: (this.#items.get(key)?.number ?? 0) + 1, item };
    this.#items.set(key, version);
    this.#onWritten(key, item);
    this.#weather.replicate(() => {
      // Writes may arrive there out of order.
      if ((this.#replica.get(key)?.number ?? 0) < version.number) this.#replica.set(key, version);
    });
  }

  /** Query and Scan of an index: they are eventually consistent, and have pages. */
  #select({ IndexName = '', Limit, ExclusiveStartKey, KeyConditionExpression, ...input }: Input): object {
    const index = INDEXES[IndexName];
    if (!index || input.ConsistentRead) throw unsupported(`a read of the index ${IndexName}`);
    const { partitionKey, sortKey } = index;
    const entries = [...this.#replica.values()]
      .flatMap(({ item }) => (item?.[partitionKey] && item[sortKey] ? [item] : []))
      .filter(
        (item) => KeyConditionExpression === undefined || meetsCondition(KeyConditionExpression, item, input),
      )
      .map((item) => ({ item, key: keyOf(item) }))
      .sort((a, b) => compare(a.item, b.item, index) || (a.key < b.key ? -1 : 1));
    const start = ExclusiveStartKey
      ? entries.findIndex(
          ({ item, key }) =>
            compare(item, ExclusiveStartKey, index) > 0 ||
            (compare(item, ExclusiveStartKey, index) === 0 && key > keyOf(ExclusiveStartKey)),
        )
      : 0;
    const rest = start < 0 ? [] : entries.slice(start).map(({ item }) => item);
    const size = Math.min(
      Limit ?? rest.length,
      index === QUEUED_INDEX ? this.#weather.pageSize : rest.length,
    );
    const page = rest.slice(0, size);
    const last = page.at(-1);
    const keys = [TABLE.partitionKey, partitionKey, sortKey];
    return {
      Items: page.map((item) =>
        members(item, index === QUEUED_INDEX ? [...keys, QUEUED_INDEX.reconcileAt] : keys),
      ),
      ...(last && rest.length > page.length && { LastEvaluatedKey: members(last, keys) }),
    };
  }

  /** DynamoDB deletes an item some time after its end: here at once. */
  #endExpired(): void {
    const now = this.#weather.now() / 1_000;
    for (const [key, { item }] of this.#items) {
      if (item?.[TABLE.ttl] && Number(item[TABLE.ttl]?.N) < now) this.delete(key);
    }
  }
}

function compare(a: Item, b: Item, { partitionKey, sortKey }: (typeof INDEXES)[string]): number {
  const by = (name: string) => orderOf(a[name] as Value, b[name] as Value) ?? 0;
  return by(partitionKey) || by(sortKey);
}

function members(item: Item, names: readonly string[]): Item {
  return Object.fromEntries(names.flatMap((name) => (item[name] ? [[name, item[name]]] : [])));
}

function keyOf(item: Item = {}): string {
  const key = item[TABLE.partitionKey]?.S;
  if (typeof key !== 'string' || key === '') throw invalid('The item has no partition key');
  return key;
}

function checkItem(item: Item): void {
  for (const [name, type] of Object.entries(KEY_TYPES)) {
    const value = item[name];
    if (value && (value[type] === undefined || value[type] === '')) {
      throw invalid(`Type mismatch for key ${name} expected: ${type} actual: ${JSON.stringify(value)}`);
    }
  }
  if (bytesOf(item) > MAX_ITEM_BYTES) throw invalid('Item size has exceeded the maximum allowed size');
}

/** About what DynamoDB counts: JSON has quotes and types besides, and binary data as base64. */
function bytesOf(item: Item): number {
  return Object.entries(item).reduce(
    (total, [name, { B, ...rest }]) =>
      total + name.length + (B === undefined ? JSON.stringify(rest).length : String(B).length * 0.75),
    0,
  );
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

function unsupported(what: string): AwsError {
  return new AwsError('UnknownOperationException', `${what} is not modelled.`);
}
