import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SWEEP_INTERVAL_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { RESYNC_SWEEPS } from '../../lambda/flow/sweep.ts';
import { NOOP_HANDLER } from '../../local/system/system-functions.ts';
import { advanceClock } from '../../local/time/clock.ts';
import { cli } from '../cli/support/run-cli.ts';
import { bundledStack } from '../support/bundled-stack.ts';
import { PREFIX, startTestCentre, type TestCentre } from './fixture.ts';

const MINUTE_MS = 60_000;
const POLL_MS = 20;

let centre: TestCentre;

beforeAll(async () => {
  const { bundleOf } = bundledStack();
  centre = await startTestCentre({
    // It is broken: no event arrives.
    contactEvents: NOOP_HANDLER,
    ruleMessages: bundleOf('EscalatorRuleMessagesFunction'),
    dispatch: bundleOf('EscalatorDispatchFunction'),
    policyChanges: bundleOf('EscalatorPolicyChangesFunction'),
    sweep: bundleOf('EscalatorSweepFunction'),
  });
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' });
}, 120_000);

afterAll(() => centre.stop());

function adopt(...args: string[]) {
  const where = ['--endpoint-url', centre.system.url, '--region', 'eu-central-1', '--prefix', PREFIX];
  const input = { now: Date.now, onSleep: (ms: number) => advanceClock(ms) };
  return cli(['adopt', '--days', '7', ...args, ...where], input);
}

const updated = () => centre.updates.map(({ contactId, request }) => [contactId, request?.QueuePriority]);

test('contacts that waited while no event arrived are taken in by escalator adopt', async () => {
  await centre.putParameter(
    'policies/all',
    'steps: [{ after: 1m, set: { priority: 3 } }, { after: 12h, set: { priority: 2 } }]',
  );
  centre.arrive('chat-1', 'CHAT');
  centre.arrive('call-1', 'VOICE');
  advanceClock(2 * MINUTE_MS);
  await centre.system.idle();
  expect(updated()).toEqual([]);

  const listed = await adopt('--dry-run');
  expect(listed.err).toBe('');
  expect(listed.code).toBe(1);
  expect(listed.out).toMatch(
    /^1 contact found that waits; the system does not know 1 of them\.\n {2}chat-1 {2}CHAT {2}queue q {2}waits \d min\n/,
  );
  expect(listed.out).toContain('Calls that came in cannot be found this way');
  await centre.system.idle();
  expect(updated()).toEqual([]);

  advanceClock(MINUTE_MS);
  const adopted = await adopt('--json');
  expect(adopted.code).toBe(0);
  expect(JSON.parse(adopted.out)).toMatchObject({ waiting: 1, sent: 1, unknown: [{ contactId: 'chat-1' }] });
  await centre.waitForUpdates(1);
  await centre.system.idle();
  expect(updated()).toEqual([['chat-1', 3]]);

  advanceClock(MINUTE_MS);
  expect((await adopt('--dry-run')).out).toMatch(
    /^1 contact found that waits; the system knows all of them\./,
  );
}, 120_000);

/**
 * Moves the clock to the next minute whose sweep searches the contacts of the last day, and waits until a sweep has
 * searched. On a slow machine that may be the sweep of a later minute, which searches another day.
 */
async function sweepLastDay(): Promise<void> {
  const searches = () => centre.system.requests.get('connect.SearchContacts') ?? 0;
  const before = searches();
  const round = RESYNC_SWEEPS * SWEEP_INTERVAL_SECONDS * 1_000;
  // A minute on, so that the sweep is due.
  const earliest = Date.now() + MINUTE_MS;
  advanceClock(Math.ceil(earliest / round) * round - Date.now());
  while (searches() === before) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  await centre.system.idle();
}

test('and by the sweep, with the setting adopt', async () => {
  const known = centre.updates.length;
  centre.arrive('chat-2', 'CHAT');
  centre.arrive('call-2', 'VOICE');
  advanceClock(2 * MINUTE_MS);
  await centre.system.idle();
  await centre.putParameter('settings', 'adopt: true');
  while (centre.updates.length === known) await sweepLastDay();
  expect(updated().slice(known)).toEqual([['chat-2', 3]]);

  // Another search finds no contact that the system does not know.
  await sweepLastDay();
  expect(updated().filter(([contactId]) => contactId === 'chat-2')).toEqual([['chat-2', 3]]);
  expect(updated().map(([contactId]) => contactId)).not.toContain('call-2');
}, 120_000);
