import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type LocalCentre, startLocalCentre } from '../../../local/centre/local-centre.ts';
import { DemoArrivals } from '../../../local/demo/arrivals.ts';
import { INSTANCE } from '../../../local/demo/centre-config.ts';
import { ConfigurationLog, followConfiguration } from '../../../local/demo/configuration-log.ts';
import { demoCentreOptions } from '../../../local/demo/demo-centre.ts';
import { type DemoSetup, readSetup } from '../../../local/demo/demo-setup.ts';
import { DemoObserver } from '../../../local/demo/observer.ts';
import { LEAD_MS } from '../../../local/demo/run.ts';
import { type Visit, waitWithin } from '../../../local/demo/visits.ts';
import { NOOP_HANDLER } from '../../../local/system/system-functions.ts';
import { advanceClock, installClock, startClockAt } from '../../../local/time/clock.ts';

const PREFIX = '/connect-escalator';
const STEP_MS = 7_000;
const NOTHING_HAPPENS = {
  contactEvents: NOOP_HANDLER,
  ruleMessages: NOOP_HANDLER,
  dispatch: NOOP_HANDLER,
  policyChanges: NOOP_HANDLER,
  sweep: NOOP_HANDLER,
};
const logDirectory = mkdtempSync(join(tmpdir(), 'baseline-'));
const observer = new DemoObserver();
const published: string[] = [];

let uninstall: () => void;
let setup: DemoSetup;
let arrivals: DemoArrivals;
let local: LocalCentre;

beforeAll(async () => {
  uninstall = installClock();
  // Redials, breaks and two queues; agents and queues are busy before the window begins.
  const options = { scenario: 'scenarios/monday-morning.yaml', minutes: 20, seed: 4 };
  const io = { cwd: join(import.meta.dirname, '../../..'), err() {} };
  const read = await readSetup(options, io);
  if (!read) throw new TypeError('The scenario has problems.');
  setup = read;
  startClockAt(setup.scenario.startsAt - LEAD_MS);
  arrivals = new DemoArrivals(setup, 4);
  local = await startLocalCentre({
    ...demoCentreOptions(setup, 4, observer, arrivals),
    ...{ port: 0, prefix: PREFIX, logDirectory, handlers: NOTHING_HAPPENS },
  });
  local.system.bus.addRule({
    name: 'Published',
    pattern: { source: ['aws.connect'] },
    async target({ detail }) {
      published.push((detail as { contactId: string }).contactId);
    },
  });
});

afterAll(async () => {
  await local.stop();
  uninstall();
  rmSync(logDirectory, { recursive: true });
});

const waits = (visits: ReadonlyMap<string, Visit>) =>
  [...visits].flatMap(([contactId, visit]) => {
    const wait = waitWithin(visit, setup.window);
    return wait ? [{ contactId, queue: visit.queueArn.split('/').at(-1), ...wait }] : [];
  });

test('a demo in which no call is made is the baseline, contact by contact', async () => {
  const { startsAt, endsAt } = setup.window;
  // The test moves the centre itself.
  local.driver.stop();
  arrivals.start(local, () => {});
  advanceClock(startsAt - Date.now());
  local.runAhead(startsAt);
  await local.system.idle();
  // The system hears of those alone who wait when the demo begins.
  const waiting = waits(observer.visits).map(({ contactId }) => contactId);
  expect(new Set(published)).toEqual(new Set(waiting));
  expect(waiting.length).toBeGreaterThan(20);
  while (Date.now() < endsAt) {
    advanceClock(STEP_MS);
    local.centre.advance(Math.min(endsAt, Date.now()));
  }
  await arrivals.sent();
  const live = waits(observer.visits);
  expect(live.length).toBeGreaterThan(100);
  expect(new Set(live.map(({ end }) => end))).toEqual(new Set(['answered', 'abandoned', 'waiting']));
  expect(live).toEqual(waits(setup.baseline));
  expect(observer.calls).toEqual([]);
});

test('what people do meanwhile is seen', async () => {
  const { clientConfig, queues } = local.system;
  const log = new ConfigurationLog(setup.policies.sources, Date.now());
  const followed = followConfiguration(local.system, PREFIX, log);
  const [ssm, sqs, events] = [SSMClient, SQSClient, EventBridgeClient].map(
    (Client) => new Client(clientConfig),
  ) as [SSMClient, SQSClient, EventBridgeClient];
  const put = (name: string, Value: string) =>
    ssm.send(new PutParameterCommand({ Name: `${PREFIX}/${name}`, Value, Type: 'String', Overwrite: true }));
  await put('pause', 'by ann');
  await put('policies/gold-callers', JSON.stringify({ steps: [{ after: '0s', set: { priority: 2 } }] }));
  await ssm.send(new PutParameterCommand({ Name: '/other/policies/x', Value: 'x', Type: 'String' }));
  await local.system.idle();
  await ssm.send(new DeleteParameterCommand({ Name: `${PREFIX}/pause` }));
  const override = { type: 'override', contactId: 'one', set: { priority: 1 }, actor: 'ann', ttl: '1m' };
  await sqs.send(
    new SendMessageCommand({ QueueUrl: queues.operatorMessages.url, MessageBody: JSON.stringify(override) }),
  );
  const instanceArn = `arn:aws:connect:${INSTANCE.region}:${INSTANCE.account}:instance/${INSTANCE.id}`;
  const queued = { eventType: 'QUEUED', contactId: 'two', instanceArn, channel: 'VOICE' };
  const queueInfo = { queueArn: `${instanceArn}/queue/quiet`, queueType: 'STANDARD' };
  const entry = {
    Source: 'aws.connect',
    DetailType: 'Amazon Connect Contact Event',
    Detail: JSON.stringify({ ...queued, queueInfo }),
  };
  await events.send(new PutEventsCommand({ Entries: [entry] }));
  await local.system.idle();
  await followed();
  for (const client of [ssm, sqs, events]) client.destroy();

  expect(log.pauses).toEqual([{ from: expect.any(Number), until: expect.any(Number) }]);
  expect(log.versions).toHaveLength(2);
  const [visit] = observer.visits.values();
  const touched = (contactId: string) =>
    visit && observer.interventions.touched({ ...visit, facts: { ...visit.facts, contactId } });
  expect(['one', 'two', 'three'].map(touched)).toEqual([true, true, false]);
});
