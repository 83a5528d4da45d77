import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
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
let uninstall: () => void;
let onPriority: (priority: number | undefined) => void = () => {};
const calls: (number | undefined)[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'policy-change-'));
  uninstall = installClock();
  local = await startLocalCentre({
    port: 0,
    instance: INSTANCE,
    queues: [{ id: 'q' }],
    agents: [],
    random: () => 0.5,
    prefix: PREFIX,
    logDirectory: directory,
    onCall({ api, request }) {
      if (api !== 'UpdateContactRoutingData') return;
      calls.push(request?.QueuePriority);
      onPriority(request?.QueuePriority);
    },
  });
  ssm = new SSMClient(local.system.clientConfig);
  await local.system.warmUp();
  setClockFactor(20);
}, 60_000);

afterAll(async () => {
  setClockFactor(1);
  ssm.destroy();
  await local.stop();
  uninstall();
  rmSync(directory, { recursive: true });
});

const put = (text: string) =>
  ssm.send(
    new PutParameterCommand({ Name: `${PREFIX}/policies/all`, Value: text, Type: 'String', Overwrite: true }),
  );
const nextCall = () =>
  new Promise<number | undefined>((resolve) => {
    onPriority = resolve;
  });

test('a changed policy changes what a waiting contact gets; an invalid one changes nothing and says so', async () => {
  await put('steps: [{ after: 0s, set: { priority: 4 } }]');
  const first = nextCall();
  local.centre.arrive(Date.now(), {
    contactId: 'c-1',
    channel: 'VOICE',
    initiationMethod: 'INBOUND',
    queueId: 'q',
    handlingMs: 0,
    patienceMs: Number.POSITIVE_INFINITY,
  });
  local.driver.reschedule();
  expect(await first).toBe(4);

  const second = nextCall();
  await put('steps: [{ after: 0s, set: { priority: 2 } }]');
  const changedAt = Date.now();
  expect(await second).toBe(2);
  // 20 s until everybody knows, 5 s to be sure, and what a loaded machine takes at twentyfold speed.
  expect(Date.now() - changedAt).toBeLessThan(60_000);

  await put('stepz: [{ after: 0s, set: { priority: 1 } }]');
  await local.system.idle();
  const third = nextCall();
  await put('steps: [{ after: 0s, set: { priority: 1 } }]');
  expect(await third).toBe(1);
  expect(calls).toEqual([4, 2, 1]);
  const log = readFileSync(join(directory, 'policy-changes.log'), 'utf8');
  expect(log).toContain('"parameter":"/connect-escalator/policies/all"');
  expect(log).toContain('\\"stepz\\" is not a known key');
}, 60_000);
