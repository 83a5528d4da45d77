import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { CONFIGURATION_KEY_PREFIX } from '../../lambda/aws/table-schema.ts';
import { type LocalCentre, startLocalCentre } from '../../local/centre/local-centre.ts';
import { INSTANCE } from '../../local/demo/centre-config.ts';
import type { RequestLogEntry } from '../../local/endpoint/request-log.ts';
import { NOOP_HANDLER } from '../../local/system/system-functions.ts';
import { advanceClock, installClock } from '../../local/time/clock.ts';
import { instanceArnOf } from '../../sim/centre/contact-event.ts';
import { logBytes } from './log-bytes.ts';
import { type Usage, UsageMeter } from './usage-meter.ts';

const PREFIX = '/cost';
const HANDLERS = join(import.meta.dirname, '../../lambda');
const POLL_INTERVAL_MS = 20;

/** How a contact is handled: by which policy, with how many updates, and whether an agent answers it. */
interface Lifecycle {
  readonly tier: string;
  readonly updates: number;
  readonly isAnswered: boolean;
}

/** The lifecycles whose cost is measured. */
const LIFECYCLES = {
  'never escalated': { tier: 'none', updates: 0, isAnswered: true },
  'escalated once': { tier: 'once', updates: 1, isAnswered: true },
  'escalated three times': { tier: 'thrice', updates: 3, isAnswered: true },
  'hung up before its step': { tier: 'once', updates: 0, isAnswered: false },
} as const satisfies Record<string, Lifecycle>;

/** An event of a contact that waits, which changes nothing that a policy names. */
const UPDATE = 'an update that matters to no policy';

type MeasuredName = keyof typeof LIFECYCLES | typeof UPDATE;

/**
 * The wait of a contact costs nothing, as long as one delayed message of SQS can cover it: up to 15 minutes.
 */
const STEP_MS = 60_000;

/** Longer than dispatch keeps tokens that it took ahead. */
const TOKENS_LAPSE_MS = 600_000;

const POLICIES = {
  once: { match: { tags: { tier: ['once'] } }, steps: [step('1m', 2)] },
  thrice: { match: { tags: { tier: ['thrice'] } }, steps: [step('1m', 4), step('2m', 3), step('3m', 2)] },
};

function step(after: string, priority: number) {
  return { after, set: { priority } };
}

/**
 * Runs each lifecycle with one contact alone in the local system, and measures what it uses. Reads of the
 * configuration do not count: all contacts that a process handles within five seconds share one.
 */
export async function measureLifecycles(): Promise<Record<MeasuredName, Usage>> {
  const restoreClock = installClock();
  const meter = new UsageMeter();
  const directory = mkdtempSync(join(tmpdir(), 'cost-'));
  const updates = new Map<string, number>();
  const local = await startLocalCentre({
    port: 0,
    instance: INSTANCE,
    queues: [],
    agents: [],
    random: Math.random,
    prefix: PREFIX,
    logDirectory: directory,
    handlers: {
      contactEvents: join(HANDLERS, 'contact-events/index.ts'),
      ruleMessages: join(HANDLERS, 'rule-messages/index.ts'),
      dispatch: join(HANDLERS, 'dispatch/index.ts'),
      policyChanges: NOOP_HANDLER,
      // A sweep costs the same for any contact, and must not run during a lifecycle.
      sweep: NOOP_HANDLER,
    },
    onResponse(entry) {
      if (!entry.name.startsWith('ssm.') && !isConfigurationRead(entry)) meter.countRequest(entry);
    },
    onEventHandled: () => meter.countInvocation('contactEvents'),
    onCall({ api, contactId }) {
      if (api === 'UpdateContactRoutingData') updates.set(contactId, (updates.get(contactId) ?? 0) + 1);
    },
  });
  const sqs = new SQSClient(local.system.clientConfig);
  let countedLogBytes = 0;
  const takeUsage = async () => {
    const totalLogBytes = await logBytes(directory);
    const usage = meter.takeUsage(totalLogBytes - countedLogBytes);
    countedLogBytes = totalLogBytes;
    return usage;
  };
  const measureUpdate = async () => {
    const publish = contactPublisher(local, randomUUID(), 'once');
    await publish('QUEUED', {});
    await takeUsage();
    await publish('CONTACT_DATA_UPDATED', { updatedProperties: ['UserDefinedAttributes'] });
    const usage = await takeUsage();
    await publish('DISCONNECTED', { disconnectTimestamp: iso() });
    advanceClock(STEP_MS);
    await waitUntil(() => hasNoDelayedMessages(sqs, local.system.queues.wakeUps.url));
    await local.system.idle();
    await takeUsage();
    return usage;
  };
  const runLifecycle = async ({ tier, updates: updateCount, isAnswered }: Lifecycle) => {
    // Tokens that dispatch took ahead for the contact before have lapsed: each contact pays for its own.
    advanceClock(TOKENS_LAPSE_MS);
    const contactId = randomUUID();
    const publish = contactPublisher(local, contactId, tier);
    await publish('QUEUED', {});
    for (let update = 1; update <= updateCount; update += 1) {
      advanceClock(STEP_MS);
      await waitUntil(() => updates.get(contactId) === update);
      // The result must be recorded before the contact leaves; recording it later costs another read and
      // write.
      await local.system.idle();
    }
    const agent = isAnswered ? agentInfo() : {};
    if (isAnswered) await publish('CONNECTED_TO_AGENT', agent);
    await publish('DISCONNECTED', { ...agent, disconnectTimestamp: iso() });
    // It comes without the time of the end.
    await publish('COMPLETED', agent);
    advanceClock(STEP_MS);
    await waitUntil(() => hasNoDelayedMessages(sqs, local.system.queues.wakeUps.url));
    await local.system.idle();
    return takeUsage();
  };
  try {
    await local.system.warmUp();
    await putPolicies(local);
    // The first contact finds no quota, no cached settings and no open connections.
    await runLifecycle(LIFECYCLES['escalated once']);
    const usage: Partial<Record<MeasuredName, Usage>> = {};
    for (const name of Object.keys(LIFECYCLES) as (keyof typeof LIFECYCLES)[])
      usage[name] = await runLifecycle(LIFECYCLES[name]);
    usage[UPDATE] = await measureUpdate();
    return usage as Record<MeasuredName, Usage>;
  } finally {
    sqs.destroy();
    await local.stop();
    restoreClock();
    rmSync(directory, { recursive: true });
  }
}

function isConfigurationRead({ name, requestBody }: RequestLogEntry): boolean {
  return name === 'dynamodb.GetItem' && requestBody().includes(CONFIGURATION_KEY_PREFIX);
}

/** Returns a function that publishes an event of one contact and waits until the system is idle again. */
function contactPublisher(local: LocalCentre, contactId: string, tier: string) {
  const instanceArn = instanceArnOf(INSTANCE);
  const queueInfo = {
    queueArn: `${instanceArn}/queue/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee`,
    queueType: 'STANDARD',
    enqueueTimestamp: iso(),
  };
  return async (eventType: string, more: object) => {
    local.system.bus.put({
      source: 'aws.connect',
      'detail-type': 'Amazon Connect Contact Event',
      detail: {
        eventType,
        contactId,
        instanceArn,
        channel: 'VOICE',
        initiationMethod: 'INBOUND',
        initiationTimestamp: queueInfo.enqueueTimestamp,
        tags: { 'aws:connect:instanceId': INSTANCE.id, tier },
        queueInfo,
        ...more,
      },
    });
    await local.system.idle();
  };
}

async function putPolicies(local: LocalCentre): Promise<void> {
  const ssm = new SSMClient(local.system.clientConfig);
  for (const [name, policy] of Object.entries(POLICIES)) {
    const Name = `${PREFIX}/policies/${name}`;
    await ssm.send(new PutParameterCommand({ Name, Type: 'String', Value: JSON.stringify(policy) }));
  }
  ssm.destroy();
  await local.system.compileConfiguration();
  await local.system.idle();
}

async function hasNoDelayedMessages(sqs: SQSClient, QueueUrl: string): Promise<boolean> {
  const name = 'ApproximateNumberOfMessagesDelayed';
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name] }));
  return Attributes?.[name] === '0';
}

async function waitUntil(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
}

const iso = () => new Date().toISOString();
const agentInfo = () => ({ agentInfo: { connectedToAgentTimestamp: iso() } });
