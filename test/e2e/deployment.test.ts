import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { unpackRecord } from '../../lambda/aws/packed-record.ts';
import { TABLE } from '../../lambda/aws/table-schema.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import {
  SWEEP_INTERVAL_SECONDS,
  VISIBILITY_TIMEOUT_SECONDS,
} from '../../lambda/domain/deployment-constants.ts';
import type { LocalQueues } from '../../local/system/queues.ts';
import type { HandlerModules } from '../../local/system/system-functions.ts';
import { advanceClock, setClockFactor } from '../../local/time/clock.ts';
import { bundledStack } from '../support/bundled-stack.ts';
import { INSTANCE, startTestCentre, type TestCentre } from './fixture.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** The sweep sends a wake-up again that is so much overdue, at its next turn. */
const OVERDUE_MS = 31_000;
const POLL_MS = 20;
/** Many times what anything takes: a test that fails says what it waited for. */
const MAX_POLLS = 2_000;

/** Steps so far apart that a slow machine reaches none by itself. */
const POLICY = [
  'steps:',
  '  - { after: 0s, set: { priority: 4 } }',
  '  - { after: 10m, set: { priority: 3 } }',
  '  - { after: 20m, set: { priority: 2 } }',
  '  - { after: 30m, set: { priority: 1 } }',
].join('\n');
const ADVICE =
  'this deployment reads versions 1 to 4. Deploy the version of connect-escalator that wrote it, or a later one.';
const SIGNAL_POLICY =
  'precedence: 1\nmatch: { signals: [vip] }\nsteps: [{ after: 0s, set: { priority: 1 } }]';

let centre: TestCentre;
let dynamoDb: DynamoDBClient;
let directory: string;
/** The code before a deployment. */
let before: Record<keyof HandlerModules, string>;
/** The code after it: the same, from other files. */
let after: HandlerModules;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'deployment-'));
  const { bundleOf } = bundledStack();
  before = {
    contactEvents: bundleOf('EscalatorContactEventsFunction'),
    ruleMessages: bundleOf('EscalatorRuleMessagesFunction'),
    dispatch: bundleOf('EscalatorDispatchFunction'),
    policyChanges: bundleOf('EscalatorPolicyChangesFunction'),
    sweep: bundleOf('EscalatorSweepFunction'),
  };
  after = {
    contactEvents: copyOf(before.contactEvents),
    ruleMessages: copyOf(before.ruleMessages),
    dispatch: copyOf(before.dispatch),
    policyChanges: copyOf(before.policyChanges),
    sweep: copyOf(before.sweep),
  };
}, 120_000);

afterAll(() => rmSync(directory, { recursive: true }));

beforeEach(async () => {
  centre = await startTestCentre({ ...before, dispatch: dispatchThatCrashes() });
  dynamoDb = new DynamoDBClient(centre.system.clientConfig);
  await centre.putParameter('policies/vip', SIGNAL_POLICY);
  await centre.putParameter('policies/all', POLICY);
}, 240_000);

afterEach(async () => {
  setClockFactor(1);
  dynamoDb.destroy();
  await centre.stop();
});

/** Copies a bundle, as a deployment of the same code does. Returns the path of the copy. */
function copyOf(bundle: string): string {
  const copy = join(directory, basename(dirname(bundle)));
  cpSync(dirname(bundle), copy, { recursive: true });
  return join(copy, basename(bundle));
}

/** The dispatch of `before`, which ends without a word once Connect has updated the contact c-crash. */
function dispatchThatCrashes(): string {
  const file = join(directory, 'crash.mjs');
  const code = `
    import http from 'node:http';
    import { syncBuiltinESMExports } from 'node:module';
    const { request } = http;
    http.request = (options, ...rest) => {
      const sent = request(options, ...rest);
      if (options.path.endsWith('/c-crash/routing-data')) sent.once('response', () => process.exit(1));
      return sent;
    };
    syncBuiltinESMExports();
    export const { handler } = await import(${JSON.stringify(before.dispatch)});
  `;
  writeFileSync(file, code);
  return file;
}

const key = (contactId: string) => marshall({ [TABLE.partitionKey]: `${INSTANCE.id}#${contactId}` });

async function readItem(contactId: string): Promise<Record<string, unknown>> {
  const { Item } = await dynamoDb.send(
    new GetItemCommand({ TableName: centre.system.tableName, Key: key(contactId), ConsistentRead: true }),
  );
  return unmarshall(Item ?? {});
}

async function readStored(contactId: string): Promise<ContactRecord> {
  const item = await readItem(contactId);
  return unpackRecord({ instanceId: INSTANCE.id, contactId }, item) as ContactRecord;
}

/** Changes a stored record behind the back of the functions. */
async function rewrite(
  contactId: string,
  expression: string,
  values: Record<string, unknown>,
): Promise<void> {
  await dynamoDb.send(
    new UpdateItemCommand({
      TableName: centre.system.tableName,
      Key: key(contactId),
      UpdateExpression: expression,
      ExpressionAttributeNames: { '#record': 'record' },
      ExpressionAttributeValues: marshall(values),
    }),
  );
}

async function send(queue: keyof LocalQueues, body: object, DelaySeconds: number): Promise<void> {
  const QueueUrl = centre.system.queues[queue].url;
  await centre.sqs.send(
    new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body), DelaySeconds }),
  );
}

/** How many messages a queue holds: visible, received and delayed. */
async function depth(queue: keyof LocalQueues) {
  const { Attributes } = await centre.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: centre.system.queues[queue].url,
      AttributeNames: ['All'],
    }),
  );
  return {
    visible: Number(Attributes?.ApproximateNumberOfMessages),
    inFlight: Number(Attributes?.ApproximateNumberOfMessagesNotVisible),
    delayed: Number(Attributes?.ApproximateNumberOfMessagesDelayed),
  };
}

/** Waits, without moving the clock, until what `read` returns is as expected. */
async function reach(read: () => unknown, expected: unknown): Promise<void> {
  let found = await read();
  for (let poll = 0; poll < MAX_POLLS && !isDeepStrictEqual(found, expected); poll++) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    found = await read();
  }
  expect(found).toEqual(expected);
}

/** The priorities that each contact was given, in order, such as `4 3`. */
function given(): Record<string, string> {
  const priorities: Record<string, string> = {};
  for (const { contactId, request } of centre.updates) {
    priorities[contactId] = `${priorities[contactId] ?? ''} ${request?.QueuePriority}`.trim();
  }
  return priorities;
}

/** The error codes and bodies in the dead-letter queues that are not empty. */
async function deadLetters(): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const [name, { url }] of Object.entries(centre.system.queues)) {
    if (!name.endsWith('Dlq')) continue;
    const { Messages = [] } = await centre.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
      }),
    );
    const letters = Messages.map(({ Body, MessageAttributes }) => [
      MessageAttributes?.ErrorCode?.StringValue,
      JSON.parse(Body ?? ''),
    ]);
    if (letters.length > 0) found[name] = letters;
  }
  return found;
}

function logged(name: string): string {
  return readFileSync(join(centre.logDirectory, `${name}.log`), 'utf8');
}

test('a deployment while contacts wait loses nothing and repeats nothing', async () => {
  for (const id of ['c-1', 'c-2', 'c-3']) centre.arrive(id);
  await reach(given, { 'c-1': '4', 'c-2': '4', 'c-3': '4' });
  advanceClock(5 * MINUTE_MS);
  centre.arrive('c-4');
  await reach(given, { 'c-1': '4', 'c-2': '4', 'c-3': '4', 'c-4': '4' });
  advanceClock(5 * MINUTE_MS + SECOND_MS);
  await reach(given, { 'c-1': '4 3', 'c-2': '4 3', 'c-3': '4 3', 'c-4': '4' });
  await centre.system.idle();

  // Under way: wake-ups, a signal, an override, an update whose result nobody records, and a notification.
  await send('ruleMessages', { type: 'signal', contactId: 'c-1', signal: 'vip' }, 60);
  await send('operatorMessages', { type: 'override', contactId: 'c-2', set: { priority: 1 } }, 60);
  // On a slow machine, dispatch must not try again before the deployment.
  setClockFactor(0.25);
  centre.arrive('c-crash');
  await reach(() => given()['c-crash'], '4');
  centre.arrive('c-behind');
  // The sweep may add a notification of its own.
  await reach(
    async () => {
      const { visible, inFlight } = await depth('dispatch');
      return { isBehind: visible > 0, inFlight };
    },
    { isBehind: true, inFlight: 1 },
  );
  expect(await depth('ruleMessages')).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
  expect(await depth('operatorMessages')).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
  expect((await depth('wakeUps')).delayed).toBeGreaterThanOrEqual(5);
  expect((await readStored('c-crash')).inFlightSince).toBeGreaterThan(0);
  await centre.system.deploy(after);
  setClockFactor(1);

  // From here on no more time passes than the system may take. What was sent without a known result is sent again.
  const waited = { 'c-1': '4 3', 'c-2': '4 3', 'c-3': '4 3', 'c-4': '4' };
  advanceClock(VISIBILITY_TIMEOUT_SECONDS.dispatch * SECOND_MS);
  await reach(given, { ...waited, 'c-crash': '4 4', 'c-behind': '4' });
  advanceClock(MINUTE_MS);
  const signalled = { ...waited, 'c-1': '4 3 1', 'c-2': '4 3 1', 'c-crash': '4 4', 'c-behind': '4' };
  await reach(given, signalled);
  advanceClock(4 * MINUTE_MS);
  await reach(given, { ...signalled, 'c-4': '4 3' });

  // Two more deployments, and time passes between them: nobody waits until the first one is warm.
  await centre.system.deploy(before);
  advanceClock(5 * MINUTE_MS + SECOND_MS);
  await centre.system.deploy(after);
  const atTwentyMinutes = {
    ...signalled,
    'c-3': '4 3 2',
    'c-4': '4 3',
    'c-crash': '4 4 3',
    'c-behind': '4 3',
  };
  await reach(given, atTwentyMinutes);
  advanceClock(5 * MINUTE_MS + SECOND_MS);
  await reach(given, { ...atTwentyMinutes, 'c-4': '4 3 2' });
  advanceClock(5 * MINUTE_MS + SECOND_MS);
  const atThirtyMinutes = { 'c-3': '4 3 2 1', 'c-4': '4 3 2', 'c-crash': '4 4 3 2', 'c-behind': '4 3 2' };
  await reach(given, { ...signalled, ...atThirtyMinutes });
  advanceClock(10 * MINUTE_MS);
  const atTheEnd = { 'c-3': '4 3 2 1', 'c-4': '4 3 2 1', 'c-crash': '4 4 3 2 1', 'c-behind': '4 3 2 1' };
  await reach(given, { ...signalled, ...atTheEnd });

  // Nothing follows, and no message has failed.
  advanceClock(2 * MINUTE_MS);
  await centre.system.idle();
  expect(given()).toEqual({ ...signalled, ...atTheEnd });
  expect(await deadLetters()).toEqual({});
}, 240_000);

test('a record of an earlier schema version is read, and stored as the current one when it is next written', async () => {
  centre.arrive('c-old');
  await reach(given, { 'c-old': '4' });
  await centre.system.idle();
  const { facts: known, ...rest } = await readStored('c-old');
  const { enqueuedAt = 0 } = known?.queue ?? {};
  // That version knew one pause only, and packed no records.
  const old = {
    ...rest,
    schemaVersion: 2,
    facts: { ...known, pausedAt: enqueuedAt - 2, resumedAt: enqueuedAt - 1 },
  };
  await rewrite('c-old', 'SET #record = :record REMOVE packed', { ':record': old });
  await centre.system.deploy(after);

  advanceClock(10 * MINUTE_MS + SECOND_MS);
  await reach(given, { 'c-old': '4 3' });
  await centre.system.idle();
  const { schemaVersion, facts } = await readStored('c-old');
  expect(schemaVersion).toBe(4);
  expect(facts).toMatchObject({ pauses: [enqueuedAt - 2], resumes: [enqueuedAt - 1] });
  expect(facts).not.toHaveProperty('pausedAt');
}, 240_000);

test('after a rollback, records of later code are left alone, said so, and taken up when that code is back', async () => {
  centre.arrive('c-later');
  centre.arrive('c-same');
  await reach(given, { 'c-later': '4', 'c-same': '4' });
  // A change of each is due and must wait.
  await centre.putParameter('settings', 'pause: true');
  centre.arrive('c-later-pending');
  centre.arrive('c-same-pending');
  await reach(async () => (await readStored('c-same-pending'))?.decision?.desired, { priority: 4 });
  await centre.system.idle();
  const later = ['c-later', 'c-later-pending'];
  for (const id of later) await rewrite(id, 'SET #record.schemaVersion = :version', { ':version': 5 });
  const stored = await Promise.all(later.map(readItem));
  await centre.system.deploy(before);
  await centre.putParameter('settings', 'pause: false');

  centre.arrive('c-new');
  await reach(given, { 'c-later': '4', 'c-same': '4', 'c-same-pending': '4', 'c-new': '4' });
  advanceClock(10 * MINUTE_MS + SECOND_MS);
  await reach(given, { 'c-later': '4', 'c-same': '4 3', 'c-same-pending': '4 3', 'c-new': '4 3' });
  for (const [name, id] of [
    ['rule-messages', 'c-later'],
    ['dispatch', 'c-later-pending'],
  ] as const) {
    const says = `The record of contact ${id} has schema version 5; ${ADVICE}`;
    await reach(() => logged(name).includes(says), true);
  }
  expect(await Promise.all(later.map(readItem))).toEqual(stored);

  // The later code is back: it reads its own version, as this one does the current one.
  for (const id of later) await rewrite(id, 'SET #record.schemaVersion = :version', { ':version': 4 });
  await centre.system.deploy(after);
  advanceClock(OVERDUE_MS + SWEEP_INTERVAL_SECONDS * SECOND_MS);
  await reach(() => given()['c-later'], '4 3');
  // Dispatch may send the change that was pending before the sweep has the next step decided.
  await reach(() => given()['c-later-pending']?.replace(/^4 3$/, '3'), '3');
  await centre.system.idle();
  const rest = { 'c-same': '4 3', 'c-same-pending': '4 3', 'c-new': '4 3' };
  const pending = expect.stringMatching(/^(4 )?3$/);
  expect(given()).toEqual({ ...rest, 'c-later': '4 3', 'c-later-pending': pending });
}, 240_000);

test('wake-ups in the queue of signals, where 0.1.0 sent them, are set aside, and the sweep sends them again', async () => {
  centre.arrive('c-1');
  centre.arrive('c-2');
  await reach(given, { 'c-1': '4', 'c-2': '4' });
  await centre.system.idle();
  await centre.sqs.send(new PurgeQueueCommand({ QueueUrl: centre.system.queues.wakeUps.url }));
  const wakeUps: object[] = [];
  for (const contactId of ['c-1', 'c-2']) {
    const { wakeAt = 0 } = await readStored(contactId);
    const wakeUp = {
      type: 'wake',
      instanceId: INSTANCE.id,
      contactId,
      wakeAt: new Date(wakeAt).toISOString(),
    };
    wakeUps.push(wakeUp);
    await send('ruleMessages', wakeUp, 600);
  }
  await centre.system.deploy(after);

  advanceClock(10 * MINUTE_MS + SECOND_MS);
  await reach(async () => (await depth('ruleMessagesDlq')).visible, 2);
  advanceClock(OVERDUE_MS + SWEEP_INTERVAL_SECONDS * SECOND_MS);
  await reach(given, { 'c-1': '4 3', 'c-2': '4 3' });
  const { ruleMessagesDlq, ...others } = await deadLetters();
  expect(others).toEqual({});
  expect(ruleMessagesDlq).toHaveLength(2);
  expect(ruleMessagesDlq).toEqual(expect.arrayContaining(wakeUps.map((wakeUp) => ['wrong-queue', wakeUp])));

  // The next ones come from the queue of their own, and need no sweep.
  advanceClock(10 * MINUTE_MS);
  await reach(given, { 'c-1': '4 3 2', 'c-2': '4 3 2' });
}, 240_000);
