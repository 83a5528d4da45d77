import { randomUUID } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { SettingsInForce } from '../domain/configuration/acting-settings.ts';
import { COMPILED_FORMAT, type CompiledConfiguration } from '../domain/configuration/compiled.ts';
import type { StoredNames } from '../domain/policy/policy-set.ts';
import type {
  ConfigurationStore,
  Publication,
  PublishedConfiguration,
  PublishedVersion,
} from '../flow/configuration/ports.ts';
import { putIfUnchanged } from './conditional-put.ts';
import { CONDITION_FAILED, nameOf } from './errors.ts';
import { CONFIGURATION_KEY_PREFIX, TABLE } from './table-schema.ts';

/** The item that says what is in force. Contact items have an instance id before the first #, and no instance has this one. */
const VERSION_KEY = { [TABLE.partitionKey]: `${CONFIGURATION_KEY_PREFIX}version` };

/** Bytes of a set in one item: below DynamoDB's limit of 400 KB for an item. */
const MAX_CHUNK_BYTES = 350_000;

/** How long the chunks of a superseded set stay: a reader may just have read the version item that names them. */
const SUPERSEDED_TTL_SECONDS = 3_600;

/** Superseded sets that the version item remembers, so that their chunks go although a process crashed before. */
const REMEMBERED_SETS = 5;

/** The set cannot be read: a chunk is missing or damaged, or other code wrote it in a form that this code does not know. */
export class ConfigurationSetError extends Error {
  override readonly name = 'ConfigurationSetError';
}

/** A set of the compiled configuration: gzipped JSON in chunks. */
interface SetReference {
  readonly id: string;
  readonly chunks: number;
}

/** The version item. */
export interface StoredVersion extends PublishedVersion {
  readonly set: SetReference;
  /** What the policies of the set name of contacts; absent: an earlier version wrote it. */
  readonly names?: StoredNames;
  /** Whether some policy of the set names a condition. Default: none does. */
  readonly usesConditions?: true;
}

type State = SettingsInForce & {
  readonly names?: StoredNames | undefined;
  readonly usesConditions?: true | undefined;
};

interface VersionItem {
  readonly revision: number;
  readonly decisions: Publication;
  readonly set: SetReference;
  readonly superseded: readonly SetReference[];
  /** `settings`, `pause`, `names` and `usesConditions` as JSON: DynamoDB's own types cannot hold every number that a text may. */
  readonly state: string;
}

/**
 * The compiled configuration, in items of the table of contacts: a small one that says which version is in force, and
 * one for each part of its set. The version item is written last, so that a reader never finds half a set.
 */
export class ConfigurationTable implements ConfigurationStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  /** The set that was read last: most look again at the same one. */
  #lastSet: { readonly id: string; readonly compiled: CompiledConfiguration } | undefined;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** The version that is in force; undefined before the first publication. */
  async version(): Promise<StoredVersion | undefined> {
    const item = await this.#versionItem();
    if (!item) return undefined;
    const { revision, decisions, set, state } = item;
    return { revision, decisions, set, ...(JSON.parse(state) as State) };
  }

  /**
   * The set of a version.
   *
   * @throws ConfigurationSetError when it is damaged or of another form.
   */
  async set({ set: { id, chunks } }: Pick<StoredVersion, 'set'>): Promise<CompiledConfiguration> {
    if (this.#lastSet?.id === id) return this.#lastSet.compiled;
    const parts = await Promise.all(
      Array.from({ length: chunks }, async (_, index) => {
        const item = await this.#get(chunkKey(id, index));
        if (!(item?.data instanceof Uint8Array)) {
          throw new ConfigurationSetError(
            `Chunk ${index} of ${chunks} of the configuration ${id} is missing.`,
          );
        }
        return item.data;
      }),
    );
    const compiled = decoded(Buffer.concat(parts), id);
    if (compiled.format === COMPILED_FORMAT) {
      this.#lastSet = { id, compiled };
      return compiled;
    }
    throw new ConfigurationSetError(
      `The configuration ${id} has the form ${String(compiled.format)}; this code reads ${COMPILED_FORMAT}. ` +
        'The sweep compiles it again within a minute.',
    );
  }

  async load(): Promise<PublishedConfiguration | undefined> {
    const version = await this.version();
    if (!version) return undefined;
    try {
      return { ...version, compiled: await this.set(version) };
    } catch (error) {
      if (error instanceof ConfigurationSetError) return version;
      throw error;
    }
  }

  async publish(compiled: CompiledConfiguration, revision: number, decisions: Publication): Promise<boolean> {
    const now = Math.floor(Date.now() / 1_000);
    const before = await this.#versionItem();
    if ((before?.revision ?? 0) !== revision) return false;
    const set = await this.#writeSet(compiled);
    const superseded = [...(before ? [before.set, ...before.superseded] : [])].slice(0, REMEMBERED_SETS);
    const { settings, pause, names, usesConditions } = compiled;
    const state = JSON.stringify({ settings, pause, names, usesConditions } satisfies State);
    const item = { ...VERSION_KEY, decisions, set, superseded, state };
    const saved = await putIfUnchanged(this.#client, this.#table, item, revision);
    const isPublished = saved !== undefined || (await this.#isInForce(set));
    const unused = isPublished ? superseded : [set];
    await Promise.all(unused.map((one) => this.#expire(one, now + SUPERSEDED_TTL_SECONDS)));
    return isPublished;
  }

  /** A write whose answer gets lost is repeated by the SDK, and conflicts with itself: its set must not expire. */
  async #isInForce({ id }: SetReference): Promise<boolean> {
    return (await this.#versionItem())?.set.id === id;
  }

  async publishState(state: SettingsInForce, revision: number): Promise<boolean> {
    const before = await this.#versionItem();
    if (before?.revision !== revision) return false;
    const { decisions, set, superseded } = before;
    const { names, usesConditions } = JSON.parse(before.state) as State;
    const kept = { names, usesConditions };
    const item = { ...VERSION_KEY, decisions, set, superseded, state: JSON.stringify({ ...state, ...kept }) };
    return (await putIfUnchanged(this.#client, this.#table, item, revision)) !== undefined;
  }

  async #versionItem(): Promise<VersionItem | undefined> {
    return (await this.#get(VERSION_KEY)) as VersionItem | undefined;
  }

  async #get(key: Record<string, string>): Promise<Record<string, unknown> | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: marshall(key), ConsistentRead: true }),
    );
    return Item && unmarshall(Item);
  }

  /** Each set has a name of its own, so that two compilers never write into one. */
  async #writeSet(compiled: CompiledConfiguration): Promise<SetReference> {
    const bytes = gzipSync(JSON.stringify(compiled));
    const id = randomUUID();
    const chunks = Math.ceil(bytes.length / MAX_CHUNK_BYTES);
    await Promise.all(
      Array.from({ length: chunks }, (_, index) =>
        this.#client.send(
          new PutItemCommand({
            TableName: this.#table,
            Item: marshall({
              ...chunkKey(id, index),
              data: bytes.subarray(index * MAX_CHUNK_BYTES, (index + 1) * MAX_CHUNK_BYTES),
            }),
          }),
        ),
      ),
    );
    return { id, chunks };
  }

  async #expire({ id, chunks }: SetReference, at: number): Promise<void> {
    await Promise.all(
      Array.from({ length: chunks }, async (_, index) => {
        try {
          await this.#client.send(
            new UpdateItemCommand({
              TableName: this.#table,
              Key: marshall(chunkKey(id, index)),
              UpdateExpression: 'SET #ttl = if_not_exists(#ttl, :at)',
              ConditionExpression: `attribute_exists(${TABLE.partitionKey})`,
              ExpressionAttributeNames: { '#ttl': TABLE.ttl },
              ExpressionAttributeValues: marshall({ ':at': at }),
            }),
          );
        } catch (error) {
          // DynamoDB has deleted it.
          if (nameOf(error) !== CONDITION_FAILED) throw error;
        }
      }),
    );
  }
}

function chunkKey(id: string, index: number) {
  return { [TABLE.partitionKey]: `${CONFIGURATION_KEY_PREFIX}${id}#${index}` };
}

/** Takes milliseconds, and the function has nothing else to do meanwhile. */
function decoded(bytes: Buffer, id: string): CompiledConfiguration {
  try {
    return JSON.parse(gunzipSync(bytes).toString());
  } catch (error) {
    throw new ConfigurationSetError(`The configuration ${id} is damaged: ${String(error)}`);
  }
}
