import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { callAws } from '../aws/call-aws.ts';
import { clientConfig } from '../aws/clients.ts';
import { UsageError } from '../errors.ts';
import type { AwsOptions } from '../options/aws.ts';

/** A record of a contacts table. */
export interface LiveContact extends AwsOptions {
  readonly table: string;
  readonly contactId: string;
  /** Default: the only instance in the settings, or the instance where the contact is queued. */
  readonly instanceId?: string;
}

/**
 * Reads the record of a live contact.
 *
 * @param instances - ids of the instances in the settings. Undefined if the settings do not list them.
 * @throws UsageError when the table has no such contact.
 * @throws AwsError when a request fails.
 */
export async function readLiveRecord(
  { table: name, contactId, ...options }: LiveContact,
  instances: readonly string[] | undefined,
): Promise<ContactRecord> {
  const client = new DynamoDBClient(clientConfig(options));
  const table = new ContactsTable(client, name);
  try {
    const instanceId =
      options.instanceId ??
      (instances?.length === 1
        ? instances[0]
        : await callAws(`read the table ${name}`, () => findInstanceOfQueued(table, contactId)));
    if (instanceId === undefined) {
      throw new UsageError(
        `The table ${name} has no queued contact ${contactId}. Pass --instance-id if the contact has left its queue.`,
      );
    }
    const key = { instanceId, contactId };
    const { record, revision } = await callAws(`read the table ${name}`, () => table.load(key));
    if (revision > 0) return record;
    throw new UsageError(
      `The table ${name} has no contact ${contactId} of instance ${instanceId}: no event of it has arrived.`,
    );
  } finally {
    client.destroy();
  }
}

async function findInstanceOfQueued(table: ContactsTable, contactId: string): Promise<string | undefined> {
  for await (const { contacts: keys } of table.queued()) {
    const key = keys.find((one) => one.contactId === contactId);
    if (key) return key.instanceId;
  }
  return undefined;
}
