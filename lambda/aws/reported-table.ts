import { gunzipSync, gzipSync } from 'node:zlib';
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { ReportedConfiguration, ReportedStore } from '../flow/configuration/ports.ts';
import { putIfUnchanged } from './conditional-put.ts';
import { CONFIGURATION_KEY_PREFIX, TABLE } from './table-schema.ts';

const KEY = { [TABLE.partitionKey]: `${CONFIGURATION_KEY_PREFIX}reported` };

/**
 * Which changes of parameters were recorded and reported: one item of the table of contacts, gzipped, since the names of
 * ten thousand parameters would not fit into it otherwise.
 */
export class ReportedTable implements ReportedStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async load(): Promise<{ reported: ReportedConfiguration; revision: number } | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: marshall(KEY), ConsistentRead: true }),
    );
    if (!Item) return undefined;
    const { data, revision } = unmarshall(Item) as { data: Uint8Array; revision: number };
    return { reported: JSON.parse(gunzipSync(data).toString()), revision };
  }

  async save(reported: ReportedConfiguration, revision: number): Promise<boolean> {
    const data = gzipSync(JSON.stringify(reported));
    return (await putIfUnchanged(this.#client, this.#table, { ...KEY, data }, revision)) !== undefined;
  }
}
