import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openStateReader, type StateReader } from '../../cli/state/read-state.ts';
import { SWEEP_INTERVAL_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { advanceClock } from '../../local/time/clock.ts';
import { createIo } from '../cli/support/run-cli.ts';
import { INSTANCE, PREFIX, startTestCentre, type TestCentre } from './fixture.ts';

const CONTACTS = ['c-1', 'c-2', 'c-3', 'c-4'];

/** When CloudWatch has all. */
const LATER_MS = 3 * 60_000;

let centre: TestCentre;
let reader: StateReader;

beforeAll(async () => {
  centre = await startTestCentre();
  const { url: endpointUrl } = centre.system;
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' });
  await centre.putParameter('policies/all', 'steps: [{ after: 0s, set: { priority: 2 } }]');
  await centre.putParameter(
    'policies/trial',
    'mode: observe\nprecedence: 1\nsteps: [{ after: 0s, set: { priority: 3 } }]',
  );
  for (const contact of CONTACTS) centre.arrive(contact);
  await centre.waitForUpdates(CONTACTS.length);
  await centre.sqs.send(
    new SendMessageCommand({
      QueueUrl: centre.system.queues.ruleMessages.url,
      MessageBody: '{"type":"nothing"}',
    }),
  );
  await centre.system.idle();
  advanceClock(SWEEP_INTERVAL_SECONDS * 1_000);
  await swept();
  await centre.system.idle();
  const options = { endpointUrl, region: INSTANCE.region, prefix: PREFIX, maxContacts: 100 };
  reader = await openStateReader(
    options,
    createIo({ now: () => Date.now() }, () => {}),
  );
}, 480_000);
/** Resolves once a sweep has counted who waits: its schedule looks at the clock once a second. */
async function swept(): Promise<void> {
  const log = join(centre.logDirectory, 'sweep.log');
  while (!readFileSync(log, 'utf8').includes('WaitingContacts')) await setTimeout(20);
}

afterAll(async () => {
  reader.close();
  await centre.stop();
});

test('the calls, throttles, lateness, and who waits are those of the local Connect', async () => {
  const { metrics, deadLetters, alarms, missing } = await reader.figures(Date.now() + LATER_MS);
  const sum = (of: 'calls' | 'throttled') =>
    metrics?.minutes.reduce((total, minute) => total + minute[of], 0);
  expect(missing).toEqual([]);
  expect(sum('calls')).toBe(centre.updates.length);
  expect(sum('throttled')).toBe(0);
  expect(metrics?.minutes.findLast(({ waiting }) => waiting !== undefined)).toMatchObject({
    waiting: CONTACTS.length,
    allowed: 18,
  });
  // A change is made within seconds of the event that it is due by, and not before it.
  expect(metrics?.lateness?.medianMs).toBeGreaterThanOrEqual(0);
  expect(metrics?.lateness?.p95Ms).toBeGreaterThanOrEqual(metrics?.lateness?.medianMs ?? 0);
  expect(metrics?.lateness?.p95Ms).toBeLessThan(60_000);
  expect(deadLetters?.queues.filter(({ messages }) => messages > 0)).toEqual([
    { queue: 'RuleMessagesDlq', messages: 1 },
  ]);
  // The local system has no alarms.
  expect(alarms).toBeUndefined();
});

test('the policies are those that were written, with what they govern, who wrote them, and what a trial would do', async () => {
  const { state, compiled } = await reader.read();
  const line = (name: string) => state.policies.find((policy) => policy.name === name);
  expect(line('all')).toMatchObject({ governs: CONTACTS.length, escalated: CONTACTS.length, version: 1 });
  expect(line('trial')).toMatchObject({
    ...{ mode: 'observe', governs: CONTACTS.length, escalated: CONTACTS.length },
    beside: [{ policy: 'all', contacts: CONTACTS.length, moreUrgent: 0, lessUrgent: CONTACTS.length }],
  });
  const { byPolicy, missing } = await reader.authors(compiled?.policies ?? [], state.at);
  expect(missing).toBeUndefined();
  expect(byPolicy.all).toEqual({
    version: 1,
    by: expect.stringMatching(/^arn:aws:/),
    at: expect.any(Number),
  });
});
