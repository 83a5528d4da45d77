import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { withoutAgent } from '../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { AwsOptions } from '../options/aws.ts';
import { callAws } from './call-aws.ts';
import { withClient } from './with-client.ts';

/** Records that one request reads. */
const BATCH_SIZE = 100;

/** The records of contacts that wait, as far as they were read. */
export interface WaitingRecords {
  readonly records: readonly ContactRecord[];
  /** Whether more contacts wait than were read. */
  readonly isPartial: boolean;
  /** Requests to the table: pages of its index, and batches of records. */
  readonly requests: number;
}

/**
 * Reads the records of contacts that wait: a page of a thousand entries of the index at a time, and a hundred records a
 * request. Writes nothing.
 *
 * @param limit - contacts that are read at most.
 * @param queueArn - only those of this queue. Default: those of all queues.
 * @throws AwsError when a request fails.
 */
export async function readWaitingRecords(
  table: string,
  options: AwsOptions,
  limit: number,
  queueArn?: string,
): Promise<WaitingRecords> {
  return withClient(DynamoDBClient, options, (client) =>
    callAws(`read the table ${table}`, async () => {
      // A record that another version wrote is left out; it is one contact of many.
      const store = new ContactsTable(client, table, () => {});
      const keys: ContactKey[] = [];
      let [isPartial, requests] = [false, 0];
      for await (const { contacts, next } of store.queued(queueArn && withoutAgent(queueArn))) {
        requests += 1;
        const room = limit - keys.length;
        keys.push(...contacts.slice(0, room));
        isPartial = contacts.length > room || (contacts.length === room && next !== undefined);
        if (keys.length >= limit) break;
      }
      const records: ContactRecord[] = [];
      for (let start = 0; start < keys.length; start += BATCH_SIZE) {
        const batch = keys.slice(start, start + BATCH_SIZE);
        requests += 1;
        records.push(...(await store.loadMany(batch)).map(({ record }) => record));
      }
      return { records, isPartial, requests };
    }),
  );
}
