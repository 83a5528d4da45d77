import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import { sendMessages } from '../../lambda/aws/queues.ts';
import { CONFIGURATION_KEY_PREFIX } from '../../lambda/aws/table-schema.ts';
import { type ContactRecord, emptyRecord } from '../../lambda/domain/contact/record.ts';
import { indexEntries } from '../../lambda/domain/reconcile/index-entries.ts';
import { INSTANCE } from '../../local/demo/centre-config.ts';
import { startLocalSystem } from '../../local/system/system.ts';
import { NOOP_HANDLER } from '../../local/system/system-functions.ts';
import { advanceClock, installClock } from '../../local/time/clock.ts';
import { instanceArnOf } from '../../sim/centre/contact-event.ts';
import { logBytes } from './log-bytes.ts';
import { type Usage, UsageMeter } from './usage-meter.ts';

const PREFIX = '/cost';
const POLL_MS = 15_000;
const QUEUE_ARN = `${instanceArnOf(INSTANCE)}/queue/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee`;

/** A condition that holds where anybody waits, or one that never does, and a policy that names it. */
const parametersOf = (holds: boolean) => ({
  'conditions/busy': { when: { waiting: [{ numeric: ['>', holds ? 0 : 1_000_000] }] } },
  'policies/busy': { match: { signals: ['busy'] }, steps: [{ after: '1h', set: { priority: 1 } }] },
});

/** A contact that waits. */
function waitingContact(): ContactRecord {
  const enqueuedAt = Date.now();
  const key = { instanceId: INSTANCE.id, contactId: randomUUID() };
  const queue = { arn: QUEUE_ARN, type: 'STANDARD', enqueuedAt };
  const facts = {
    ...key,
    channel: 'VOICE',
    initiatedAt: enqueuedAt,
    firstEnqueuedAt: enqueuedAt,
    queue,
  } as const;
  return { ...emptyRecord(key), facts };
}

/**
 * Measures what one poll of the load uses: the third one, since the first opens connections and begins the condition.
 * The message itself does not count: one request of the sweep sends those of a minute.
 *
 * @param waiting - the number of contacts that wait, all in one queue.
 * @param holds - whether the condition holds there.
 */
export async function measurePoll({ waiting, holds }: { waiting: number; holds: boolean }): Promise<Usage> {
  const restoreClock = installClock();
  const meter = new UsageMeter();
  const directory = mkdtempSync(join(tmpdir(), 'cost-'));
  const system = await startLocalSystem({
    port: 0,
    region: INSTANCE.region,
    account: INSTANCE.account,
    instanceIds: [INSTANCE.id],
    prefix: PREFIX,
    logDirectory: directory,
    handlers: {
      contactEvents: NOOP_HANDLER,
      ruleMessages: join(import.meta.dirname, '../../lambda/rule-messages/index.ts'),
      dispatch: NOOP_HANDLER,
      policyChanges: NOOP_HANDLER,
      sweep: NOOP_HANDLER,
    },
    onResponse(entry) {
      const { name, requestBody } = entry;
      const isConfiguration = name === 'dynamodb.GetItem' && requestBody().includes(CONFIGURATION_KEY_PREFIX);
      if (!name.startsWith('ssm.') && name !== 'sqs.SendMessageBatch' && !isConfiguration)
        meter.countRequest(entry);
    },
  });
  const [dynamoDb, sqs, ssm] = [DynamoDBClient, SQSClient, SSMClient].map(
    (Client) => new Client(system.clientConfig),
  ) as [DynamoDBClient, SQSClient, SSMClient];
  let countedLogBytes = 0;
  const poll = async () => {
    advanceClock(POLL_MS);
    meter.takeUsage(0);
    const body = { type: 'poll', pollAt: new Date().toISOString() };
    await sendMessages(sqs, system.queues.wakeUps.url, [{ body, delaySeconds: 0 }]);
    await system.idle();
    const totalLogBytes = await logBytes(directory);
    const usage = meter.takeUsage(totalLogBytes - countedLogBytes);
    countedLogBytes = totalLogBytes;
    return usage;
  };
  try {
    await system.warmUp();
    for (const [name, value] of Object.entries(parametersOf(holds))) {
      const parameter = { Name: `${PREFIX}/${name}`, Type: 'String', Value: JSON.stringify(value) } as const;
      await ssm.send(new PutParameterCommand(parameter));
    }
    await system.compileConfiguration();
    const table = new ContactsTable(dynamoDb, system.tableName);
    for (let index = 0; index < waiting; index += 1) {
      const record = waitingContact();
      await table.save(record, 0, indexEntries(record, Date.now(), 'absolute'), Date.now());
    }
    await poll();
    await poll();
    return await poll();
  } finally {
    for (const client of [dynamoDb, sqs, ssm]) client.destroy();
    await system.stop();
    restoreClock();
    rmSync(directory, { recursive: true });
  }
}
