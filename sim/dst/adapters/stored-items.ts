import { gunzipSync } from 'node:zlib';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { unpackRecord } from '../../../lambda/aws/packed-record.ts';
import { CONFIGURATION_KEY_PREFIX } from '../../../lambda/aws/table-schema.ts';
import { parseKey } from '../../../lambda/domain/contact/contact-key.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { readRecord } from '../../../lambda/domain/contact/record-versions.ts';
import type { SimulatedTable } from './dynamodb.ts';
import type { Item } from './expressions.ts';
import { VERSION_KEY } from './json-services.ts';

/** A contact's record of its item. */
export function storedRecord(key: string, item: Item): ContactRecord {
  const { packed, ...stored } = unmarshall(item as never);
  return readRecord(
    unpackRecord(parseKey(key), { ...stored, packed: packed && Buffer.from(packed, 'base64') }),
  );
}

/** A published set of policies: the chunks of which the table has, joined. */
export function publishedSet(table: SimulatedTable, { id, chunks }: { id: string; chunks: number }): object {
  const parts = Array.from({ length: chunks }, (_, chunk) => {
    const { Item = {} } = table.perform('GetItem', {
      Key: { pk: { S: `${CONFIGURATION_KEY_PREFIX}${id}#${chunk}` } },
      ConsistentRead: true,
    }) as { Item?: Item };
    return Buffer.from(String(Item.data?.B), 'base64');
  });
  return JSON.parse(gunzipSync(Buffer.concat(parts)).toString());
}

/** What is wrong with the configuration in force; undefined: its set is whole, and stays. */
export function configurationProblem(table: SimulatedTable): string | undefined {
  const items = new Map(
    [...table.itemsOf(CONFIGURATION_KEY_PREFIX)].map((item) => [item.pk?.S, unmarshall(item as never)]),
  );
  const { set } = items.get(VERSION_KEY) ?? {};
  if (!set) return 'nothing is in force';
  for (let chunk = 0; chunk < set.chunks; chunk++) {
    const item = items.get(`${CONFIGURATION_KEY_PREFIX}${set.id}#${chunk}`);
    if (!item) return `chunk ${chunk} of the set in force is missing`;
    if (item.ttl !== undefined) return `chunk ${chunk} of the set in force is about to be deleted`;
  }
  return undefined;
}
