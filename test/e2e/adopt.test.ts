import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { NOOP_HANDLER } from '../../local/system/system-functions.ts';
import { advanceClock } from '../../local/time/clock.ts';
import { cli } from '../cli/support/run-cli.ts';
import { PREFIX, startTestCentre, type TestCentre } from './fixture.ts';

const HANDLERS = join(import.meta.dirname, '../../lambda');
const MINUTE_MS = 60_000;

let centre: TestCentre;

beforeAll(async () => {
  const handler = (name: string) => join(HANDLERS, name, 'index.ts');
  centre = await startTestCentre({
    // It is broken: no event arrives.
    contactEvents: NOOP_HANDLER,
    ruleMessages: handler('rule-messages'),
    dispatch: handler('dispatch'),
    policyChanges: handler('policy-changes'),
    sweep: handler('sweep'),
  });
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' });
}, 60_000);

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
    'steps: [{ after: 1m, set: { priority: 3 } }, { after: 1h, set: { priority: 2 } }]',
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
  expect((await adopt('--dry-run')).out).toMatch(/^1 contact found that waits; the system does not know 0/);
}, 120_000);
