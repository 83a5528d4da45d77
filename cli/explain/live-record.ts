import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { callAws } from '../aws/call-aws.ts';
import { clientConfig } from '../aws/clients.ts';
import type { AwsOptions } from '../aws/options.ts';
import { UsageError } from '../errors.ts';

/** Which record of which table. */
export interface LiveContact extends AwsOptions {
  readonly table: string;
  readonly contactId?: string;
  /** Without it, the one instance that the settings serve, or that of the waiting contact with that id. */
  readonly instanceId?: string;
}

/**
 * Reads the record of a live contact.
 *
 * @param instances - ids of the instances that the settings serve, where they say so.
 * @throws UsageError when there is none.
 * @throws AwsFailure
 */
export async function readLiveRecord(
  { table: name, contactId = '', ...options }: LiveContact,
  instances: readonly string[] | undefined,
): Promise<ContactRecord> {
  const client = new DynamoDBClient(clientConfig(options));
  const table = new ContactsTable(client, name);
  try {
    const instanceId =
      options.instanceId ??
      (instances?.length === 1
        ? instances[0]
        : await callAws(`read the table ${name}`, () => findInstanceOfWaiting(table, contactId)));
    if (instanceId === undefined) {
      throw new UsageError(
        `No contact ${contactId} waits in a queue, as far as ${name} knows. Pass --instance-id for one that has left.`,
      );
    }
    const key = { instanceId, contactId };
    const { record, revision } = await callAws(`read the table ${name}`, () => table.load(key));
    if (revision > 0) return record;
    throw new UsageError(
      `${name} has no contact ${contactId} of instance ${instanceId}: no event of it has come.`,
    );
  } finally {
    client.destroy();
  }
}

async function findInstanceOfWaiting(table: ContactsTable, contactId: string): Promise<string | undefined> {
  for await (const keys of table.queued()) {
    const found = keys.find((key) => key.contactId === contactId);
    if (found) return found.instanceId;
  }
  return undefined;
}
