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
  /** What differs from the defaults. */
  readonly settings: Partial<Settings>;
  /** File beside this one that exports the handler of dispatch. */
  readonly handler: 'instrumented' | 'sequential' | 'bare-calls';
  /** Told of each request that was answered, from when dispatch was told to begin. */
  readonly onResponse?: (exchange: RequestLogEntry) => void;
}

export interface DrainMeasurement {
  /** The calls of UpdateContactRoutingData, in the order in which they came. */
  readonly calls: readonly ConnectCallRecord[];
  /** The most of its heap that the thread of dispatch used, garbage included. */
  readonly maxHeapBytes: number;
  /** Processor time of the thread of dispatch. */
  readonly cpuMs: number;
}

/**
 * Drains a backlog in the local system: a contact centre in which the contacts wait, their records in the embedded
 * table, and dispatch in a thread of its own, told once. Connect grants twice what the settings allow dispatch, so that
 * only dispatch's own pace is in the way.
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
    onResponse(exchange) {
      if (exchange.startedAt >= startedAt) options.onResponse?.(exchange);
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
}

/** Writes the records as the handlers write them, several at a time. */
async function writeRecords(contacts: readonly BacklogContact[], system: LocalSystem): Promise<void> {
  const client = new DynamoDBClient(system.clientConfig);
  const table = new ContactsTable(client, system.tableName);
  const left = contacts.values();
  const write = async () => {
    for (const { record } of left) await table.save(record, 0, indexEntries(record, Date.now()), Date.now());
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
