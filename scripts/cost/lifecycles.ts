import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type LocalCentre, startLocalCentre } from '../../local/centre/local-centre.ts';
import { INSTANCE } from '../../local/demo/centre-config.ts';
import { instanceArnOf } from '../../sim/centre/contact-event.ts';
import { type Usage, UsageMeter } from './usage-meter.ts';

const PREFIX = '/cost';
const HANDLERS = join(import.meta.dirname, '../../lambda');
const POLL_INTERVAL_MS = 50;

/** How a contact lives: by which policy, and how many calls are made before somebody answers or it hangs up. */
interface Lifecycle {
  readonly tier: string;
  readonly calls: number;
  readonly isAnswered: boolean;
}

/** The lives of which the cost is told. */
export const LIFECYCLES = {
  'never escalated': { tier: 'none', calls: 0, isAnswered: true },
  'escalated once': { tier: 'once', calls: 1, isAnswered: true },
  'three steps': { tier: 'thrice', calls: 3, isAnswered: true },
  'hung up before its step': { tier: 'once', calls: 0, isAnswered: false },
} as const satisfies Record<string, Lifecycle>;

/** Seconds are enough: how long a contact waits costs nothing, up to the 15 minutes for which SQS delays a wake-up. */
const POLICIES = {
  once: { match: { tags: { tier: ['once'] } }, steps: [step('2s', 2)] },
  thrice: { match: { tags: { tier: ['thrice'] } }, steps: [step('2s', 4), step('4s', 3), step('6s', 2)] },
};

function step(after: string, priority: number) {
  return { after, set: { priority } };
}

/** Has a contact live each life, alone in the local system, and counts what that used. */
export async function measureLifecycles(): Promise<Record<keyof typeof LIFECYCLES, Usage>> {
  const meter = new UsageMeter();
  const directory = mkdtempSync(join(tmpdir(), 'cost-'));
  const calls = new Map<string, number>();
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
      policyChanges: new URL('./noop-handler.ts', import.meta.url),
      // Its cost does not depend on the contact, and it must not come in between.
      sweep: new URL('./noop-handler.ts', import.meta.url),
    },
    onResponse: (exchange) => meter.countRequest(exchange),
    onEventHandled: () => meter.countInvocation('contactEvents'),
    onCall({ api, contactId }) {
      if (api === 'UpdateContactRoutingData') calls.set(contactId, (calls.get(contactId) ?? 0) + 1);
    },
  });
  const sqs = new SQSClient(local.system.clientConfig);
  const runLifecycle = async (life: Lifecycle) => {
    const contactId = randomUUID();
    const publish = contactPublisher(local, contactId, life.tier);
    const logged = directoryBytes(directory);
    await publish('QUEUED', {});
    await waitUntil(() => (calls.get(contactId) ?? 0) >= life.calls);
    // Until the last call is recorded: one that leaves meanwhile costs another reading and writing.
    await local.system.idle();
    if (life.isAnswered) await publish('CONNECTED_TO_AGENT', agentInfo());
    await publish('DISCONNECTED', { ...(life.isAnswered ? agentInfo() : {}), disconnectTimestamp: iso() });
    await publish('COMPLETED', { disconnectTimestamp: iso() });
    await waitUntil(() => hasNoDelayedMessages(sqs, local.system.queues.ruleMessages.url));
    await local.system.idle();
    return meter.takeUsage(directoryBytes(directory) - logged);
  };
  try {
    await putPolicies(local);
    // The first one finds no quota, no settings and cold clients.
    await runLifecycle(LIFECYCLES['escalated once']);
    const usage: Partial<Record<keyof typeof LIFECYCLES, Usage>> = {};
    for (const name of Object.keys(LIFECYCLES) as (keyof typeof LIFECYCLES)[])
      usage[name] = await runLifecycle(LIFECYCLES[name]);
    return usage as Record<keyof typeof LIFECYCLES, Usage>;
  } finally {
    sqs.destroy();
    await local.stop();
    rmSync(directory, { recursive: true });
  }
}

/** Tells the system of one contact, and waits until it has done what that led to. */
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
  await local.system.idle();
}

async function hasNoDelayedMessages(sqs: SQSClient, QueueUrl: string): Promise<boolean> {
  const name = 'ApproximateNumberOfMessagesDelayed';
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name] }));
  return Attributes?.[name] === '0';
}

async function waitUntil(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
}

function directoryBytes(directory: string): number {
  return readdirSync(directory).reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);
}

const iso = () => new Date().toISOString();
const agentInfo = () => ({ agentInfo: { connectedToAgentTimestamp: iso() } });
