import { ConnectClient } from '@aws-sdk/client-connect';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CONNECT_CLIENT, describeContact, updateContactRoutingData } from '../../lambda/aws/connect.ts';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import { environment } from '../../lambda/aws/environment.ts';
import { ROUND_SIZE } from '../../lambda/flow/dispatch/round.ts';
import { publishThreadUsage } from './thread-usage.ts';

publishThreadUsage();

/**
 * The baseline for the time of dispatch: the two API calls per contact, with the same concurrency and in the
 * same kind of thread, without idempotency, rate limit and records.
 */
export async function handler(): Promise<void> {
  const connect = new ConnectClient(CONNECT_CLIENT);
  const contacts = new ContactsTable(new DynamoDBClient({}), environment('contactsTable'));
  for (const instanceId of environment('instanceIds').split(',')) {
    const keys = await contacts.pending(instanceId, 'updates', 10_000, Date.now());
    for (let start = 0; start < keys.length; start += ROUND_SIZE) {
      const round = keys.slice(start, start + ROUND_SIZE);
      await Promise.all(
        round.map(async (key) => {
          await describeContact(connect, key);
          await updateContactRoutingData(connect, key, { QueuePriority: 1 });
        }),
      );
    }
  }
}
