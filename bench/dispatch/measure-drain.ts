import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import { indexEntries } from '../../lambda/domain/reconcile/index-entries.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../lambda/domain/settings.ts';
import { type ConnectCallRecord, createConnectService } from '../../local/connect/index.ts';
import { INSTANCE } from '../../local/demo/centre-config.ts';
import type { RequestLogEntry } from '../../local/endpoint/request-log.ts';
import { type LocalSystem, startLocalSystem } from '../../local/system/system.ts';
import { NOOP_HANDLER } from '../../local/system/system-functions.ts';
import { ContactCentre } from '../../sim/centre/index.ts';
import { type BacklogContact, generateBacklog } from './backlog.ts';
import { collectThreadUsage } from './thread-usage.ts';

const PREFIX = '/bench';
const WRITERS = 32;

export interface DrainOptions {
  readonly contacts: number;
  /** The settings that differ from the defaults. */
  readonly settings: Partial<Settings>;
  /** The handler of dispatch: the first part of the name of a file in this folder. */
  readonly handler: 'instrumented' | 'sequential' | 'bare-calls';
  /** Called with each request after its response, from the notification of dispatch on. */
  readonly onResponse?: (entry: RequestLogEntry) => void;
}

export interface DrainMeasurement {
  /** The calls of UpdateContactRoutingData, in order. */
  readonly calls: readonly ConnectCallRecord[];
  /** The maximum heap usage of the dispatch thread, garbage included. */
  readonly maxHeapBytes: number;
  /** The CPU time of the dispatch thread. */
  readonly cpuMs: number;
}

/**
 * Drains a backlog in the local system: a contact centre in which the contacts wait, their records in the
 * local table, and dispatch in its own thread, which is notified once. The quotas of Connect are twice the
 * limits in the settings, so that they do not slow dispatch down.
 */
export async function measureDrain(options: DrainOptions): Promise<DrainMeasurement> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-dispatch-'));
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  const calls: ConnectCallRecord[] = [];
  const { promise: allCalled, resolve } = Promise.withResolvers<void>();
  let startedAt = Number.POSITIVE_INFINITY;
  const centre = new ContactCentre({
    instance: INSTANCE,
    queues: [],
    agents: [],
    random: () => 0.5,
    publish() {},
  });
  const system = await startLocalSystem({
    port: 0,
    region: INSTANCE.region,
    account: INSTANCE.account,
    instanceIds: [INSTANCE.id],
    prefix: PREFIX,
    logDirectory: directory,
    handlers: {
      contactEvents: NOOP_HANDLER,
      ruleMessages: NOOP_HANDLER,
      dispatch: new URL(`./${options.handler}-handler.ts`, import.meta.url),
      policyChanges: NOOP_HANDLER,
      sweep: NOOP_HANDLER,
    },
    onResponse(entry) {
      if (entry.startedAt >= startedAt) options.onResponse?.(entry);
    },
    connect: () =>
      createConnectService({
        centre,
        clock: Date.now,
        quotas: {
          UpdateContactRoutingData: doubled(settings.updateRate, settings.updateBurst),
          DescribeContact: doubled(settings.describeRate, settings.describeBurst),
        },
        onCall(call) {
          if (call.api !== 'UpdateContactRoutingData') return;
          calls.push(call);
          if (calls.length === options.contacts) resolve();
        },
      }),
  });
  try {
    await putSettings(system, options.settings);
    const contacts = generateBacklog(options.contacts, settings, Date.now());
    for (const { record } of contacts) if (record.facts) centre.adopt(Date.now(), record.facts);
    await writeRecords(contacts, system);
    await system.warmUp();

    const thread = collectThreadUsage();
    startedAt = performance.now();
    await notifyDispatch(system);
    await allCalled;
    await system.idle();
    thread.stop();
    return { calls, maxHeapBytes: thread.maxHeapBytes(), cpuMs: thread.cpuMs() };
  } finally {
    await system.stop();
    rmSync(directory, { recursive: true });
  }
}

const doubled = (ratePerSecond: number, burst: number) => ({
  ratePerSecond: 2 * ratePerSecond,
  burst: 2 * burst,
});

async function putSettings(system: LocalSystem, settings: Partial<Settings>): Promise<void> {
  const client = new SSMClient(system.clientConfig);
  await client.send(
    new PutParameterCommand({ Name: `${PREFIX}/settings`, Type: 'String', Value: JSON.stringify(settings) }),
  );
  client.destroy();
  await system.compileConfiguration();
}

/** Writes the records as the handlers do, several at a time. */
async function writeRecords(contacts: readonly BacklogContact[], system: LocalSystem): Promise<void> {
  const client = new DynamoDBClient(system.clientConfig);
  const table = new ContactsTable(client, system.tableName);
  const remaining = contacts.values();
  const write = async () => {
    for (const { record } of remaining) {
      await table.save(record, 0, indexEntries(record, Date.now(), 'absolute'), Date.now());
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  client.destroy();
}

async function notifyDispatch(system: LocalSystem): Promise<void> {
  const client = new SQSClient(system.clientConfig);
  await client.send(
    new SendMessageCommand({
      QueueUrl: system.queues.dispatch.url,
      MessageBody: JSON.stringify({ instanceId: INSTANCE.id, contactId: 'none' }),
      MessageGroupId: 'routing',
      MessageDeduplicationId: 'begin',
    }),
  );
  client.destroy();
}
