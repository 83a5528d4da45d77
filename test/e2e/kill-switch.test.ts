import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { SWEEP_INTERVAL_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import type { HandlerModules } from '../../local/system/system-functions.ts';
import { advanceClock } from '../../local/time/clock.ts';
import { bundledStack } from '../support/bundled-stack.ts';
import { INSTANCE, startTestCentre, type TestCentre } from './fixture.ts';

let handlers: HandlerModules;
let centre: TestCentre;

beforeAll(() => {
  const stack = bundledStack();
  handlers = {
    contactEvents: stack.bundleOf('EscalatorContactEventsFunction'),
    ruleMessages: stack.bundleOf('EscalatorRuleMessagesFunction'),
    dispatch: stack.bundleOf('EscalatorDispatchFunction'),
    policyChanges: stack.bundleOf('EscalatorPolicyChangesFunction'),
    sweep: stack.bundleOf('EscalatorSweepFunction'),
  };
}, 120_000);

afterEach(() => centre.stop());

const POLICY = 'steps: [{ after: 0s, set: { priority: 2 } }]';

/** Starts the bundled handlers on these versions of parameters, none of which a handler has seen before. */
async function start(...parameters: readonly (readonly [name: string, text: string])[]): Promise<void> {
  centre = await startTestCentre(handlers);
  for (const [name, text] of parameters) await centre.putParameter(name, text);
}

/** Has a contact arrive, lets a sweep run, and returns how many calls there were. */
async function callsAfterContact(contactId: string): Promise<number> {
  centre.arrive(contactId);
  await centre.system.idle();
  advanceClock(SWEEP_INTERVAL_SECONDS * 1_000);
  await centre.system.idle();
  return centre.updates.length;
}

/** Whether the contact is pending in its record, so that nothing is lost. */
async function isPending(contactId: string): Promise<boolean> {
  const client = new DynamoDBClient(centre.system.clientConfig);
  const { Item } = await client.send(
    new GetItemCommand({
      TableName: centre.system.tableName,
      Key: { pk: { S: `${INSTANCE.id}#${contactId}` } },
    }),
  );
  client.destroy();
  return Item?.pendingIn !== undefined;
}

test('a typo beside `pause: true` does not resume, and a valid text does: what was pending is sent', async () => {
  await start(
    ['policies/all', POLICY],
    ['settings', 'pause: true'],
    ['settings', 'pause: true\nupdateRat: 10'],
  );
  expect(await callsAfterContact('c-1')).toBe(0);
  expect(await isPending('c-1')).toBe(true);
  await centre.deleteParameter('settings');
  expect(await callsAfterContact('c-2')).toBe(0);
  await centre.putParameter('settings', 'updateRate: 10');
  advanceClock(SWEEP_INTERVAL_SECONDS * 1_000);
  await centre.waitForUpdates(2);
}, 240_000);

test('settings that were never valid call nothing; the policies decide all the same', async () => {
  await start(['policies/all', POLICY], ['settings', 'pause: on']);
  expect(await callsAfterContact('c-1')).toBe(0);
  expect(await isPending('c-1')).toBe(true);
}, 240_000);

test('the parameter pause stops whatever it holds and whatever the settings say, and its deletion resumes', async () => {
  await start(['policies/all', POLICY], ['pause', '{ garbage'], ['settings', 'pause: false']);
  expect(await callsAfterContact('c-1')).toBe(0);
  expect(await isPending('c-1')).toBe(true);
  await centre.deleteParameter('pause');
  advanceClock(SWEEP_INTERVAL_SECONDS * 1_000);
  await centre.waitForUpdates(1);
}, 240_000);

test('a policy that breaks the parser affects no other', async () => {
  await start(['policies/odd', 'mode: {toString: 1}'], ['policies/all', POLICY]);
  centre.arrive('c-1');
  await centre.waitForUpdates(1);
  expect(centre.updates[0]?.request?.QueuePriority).toBe(2);
}, 240_000);
