import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetQueueAttributesCommand, PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { stableHash } from '../../lambda/domain/stable-hash.ts';
import { RESYNC_SWEEPS } from '../../lambda/flow/sweep.ts';
import { type LocalCentre, startLocalCentre } from '../../local/centre/local-centre.ts';
import { installClock, setClockFactor } from '../../local/time/clock.ts';

const INSTANCE = {
  id: '11111111-2222-3333-4444-555555555555',
  account: '123456789012',
  region: 'eu-central-1',
};
const PREFIX = '/connect-escalator';

let directory: string;
let local: LocalCentre;
let ssm: SSMClient;
let sqs: SQSClient;
let uninstall: () => void;
const calls: [contactId: string, priority: number | undefined][] = [];
let onCall: () => void = () => {};

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sweep-'));
  uninstall = installClock();
  local = await startLocalCentre({
    port: 0,
    instance: INSTANCE,
    queues: [{ id: 'q' }],
    agents: [],
    random: () => 0.5,
    prefix: PREFIX,
    logDirectory: directory,
    onCall({ api, contactId, request }) {
      if (api !== 'UpdateContactRoutingData') return;
      calls.push([contactId, request?.QueuePriority]);
      onCall();
    },
  });
  ssm = new SSMClient(local.system.clientConfig);
  sqs = new SQSClient(local.system.clientConfig);
  await local.system.warmUp();
}, 60_000);

afterAll(async () => {
  setClockFactor(1);
  ssm.destroy();
  sqs.destroy();
  await local.stop();
  uninstall();
  rmSync(directory, { recursive: true });
});

const put = (name: string, Value: string) =>
  ssm.send(new PutParameterCommand({ Name: `${PREFIX}/${name}`, Value, Type: 'String', Overwrite: true }));

function arrive(contactId: string, channel: 'VOICE' | 'CHAT'): void {
  local.centre.arrive(Date.now(), {
    contactId,
    channel,
    initiationMethod: 'INBOUND',
    queueId: 'q',
    handlingMs: 0,
    patienceMs: Number.POSITIVE_INFINITY,
  });
  local.driver.reschedule();
}

async function called(count: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  onCall = () => {
    if (calls.length >= count) resolve();
  };
  onCall();
  await promise;
}

/** Throws away every message that waits for its time. @returns how many there were. */
async function loseDelayed(): Promise<number> {
  const QueueUrl = local.system.queues.ruleMessages.url;
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessagesDelayed'] }),
  );
  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  return Number(Attributes?.ApproximateNumberOfMessagesDelayed);
}

/** What the sweep published, by metric. */
const published = (metric: string) =>
  [...readFileSync(join(directory, 'sweep.log'), 'utf8').matchAll(new RegExp(`"${metric}":(\\d+)`, 'g'))].map(
    ([, value]) => Number(value),
  );

/** An id with that beginning whose contact does not have its turn in the next sweeps, which would hide the loss. */
function idNotDueForResync(beginning: string): string {
  const farAhead = Math.floor(Date.now() / 60_000) + Math.floor(RESYNC_SWEEPS / 2);
  const ids = Array.from({ length: 1_000 }, (_, index) => `${beginning}-${index}`);
  return ids.find((id) => stableHash(id) % RESYNC_SWEEPS === farAhead % RESYNC_SWEEPS) ?? beginning;
}

test('a wake-up and a kick that were lost are made good by the sweep', async () => {
  const [woken, kicked] = [idNotDueForResync('woken'), idNotDueForResync('kicked')];
  await put('policies/calls', 'match: { channel: [VOICE] }\nsteps: [{ after: 30s, set: { priority: 1 } }]');
  await put('policies/chats', 'match: { channel: [CHAT] }\nsteps: [{ after: 0s, set: { priority: 3 } }]');
  // While paused, dispatch takes a kick and does nothing: nobody tells it again.
  await put('settings', 'pause: true');
  arrive(woken, 'VOICE');
  arrive(kicked, 'CHAT');
  await local.system.idle();
  await put('settings', 'pause: false');
  await local.system.idle();
  // The wake-up is lost, and with it what would have all contacts looked at after the changes of parameters.
  expect(await loseDelayed()).toBe(5);
  expect(calls).toEqual([]);

  setClockFactor(20);
  await called(2);
  expect(calls.toSorted()).toEqual([
    [kicked, 3],
    [woken, 1],
  ]);
  await local.system.idle();
  expect(published('OverdueWakeUps')).toContain(1);
  expect(Math.max(...published('OldestPendingAge'))).toBeGreaterThan(0);
  expect(Math.max(...published('WaitingContacts'))).toBe(2);
}, 60_000);
