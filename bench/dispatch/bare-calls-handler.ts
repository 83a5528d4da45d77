import { ConnectClient } from '@aws-sdk/client-connect';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CONNECT_CLIENT, describeContact, updateContactRoutingData } from '../../lambda/aws/connect.ts';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import { environment } from '../../lambda/aws/environment.ts';
import { CONCURRENCY } from '../../lambda/flow/dispatch/select-pending.ts';
import { publishThreadUsage } from './thread-usage.ts';

publishThreadUsage();

/**
 * What dispatch's time is compared with: the two API calls that it makes for each contact, as many side by side and in
 * a thread of the same kind, with nothing remembered, paced or recorded.
 */
export async function handler(): Promise<void> {
  const connect = new ConnectClient(CONNECT_CLIENT);
  const contacts = new ContactsTable(new DynamoDBClient({}), environment('contactsTable'));
  for (const instanceId of environment('instanceIds').split(',')) {
    const keys = await contacts.pending(instanceId, 10_000);
    for (let at = 0; at < keys.length; at += CONCURRENCY) {
      const round = keys.slice(at, at + CONCURRENCY);
      await Promise.all(
        round.map(async (key) => {
          await describeContact(connect, key);
          await updateContactRoutingData(connect, key, { QueuePriority: 1 });
        }),
      );
    }
  }
}
