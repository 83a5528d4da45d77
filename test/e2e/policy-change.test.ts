import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CONFIGURATION_PROPAGATION_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { advanceClock } from '../../local/time/clock.ts';
import { startTestCentre, type TestCentre } from './fixture.ts';

let centre: TestCentre;

beforeAll(async () => {
  centre = await startTestCentre();
}, 240_000);

afterAll(() => centre.stop());

const priorities = () => centre.updates.map(({ request }) => request?.QueuePriority);

/** Advances the clock to just after the time at which every function decides by a changed policy. */
function advanceAfterPropagation(): void {
  advanceClock((CONFIGURATION_PROPAGATION_SECONDS + 1) * 1_000);
}

test('a changed policy applies to a queued contact; an invalid one is reported', async () => {
  await centre.putParameter('policies/all', 'steps: [{ after: 0s, set: { priority: 4 } }]');
  centre.arrive('c-1');
  await centre.waitForUpdates(1);
  await centre.system.idle();
  expect(priorities()).toEqual([4]);

  await centre.putParameter('policies/all', 'steps: [{ after: 0s, set: { priority: 2 } }]');
  await centre.system.idle();
  advanceAfterPropagation();
  await centre.waitForUpdates(2);
  expect(priorities()).toEqual([4, 2]);

  await centre.putParameter('policies/all', 'stepz: [{ after: 0s, set: { priority: 1 } }]');
  await centre.system.idle();
  advanceAfterPropagation();
  await centre.putParameter('policies/all', 'steps: [{ after: 0s, set: { priority: 1 } }]');
  await centre.system.idle();
  advanceAfterPropagation();
  await centre.waitForUpdates(3);
  await centre.system.idle();
  expect(priorities()).toEqual([4, 2, 1]);
  const log = readFileSync(join(centre.logDirectory, 'policy-changes.log'), 'utf8');
  expect(log).toContain('"parameter":"policies/all"');
  expect(log).toContain('\\"stepz\\" is not a known key');
}, 240_000);

test('a changed calendar applies to a queued contact as soon as a changed policy', async () => {
  const open = 'timezone: UTC\nhours: ["daily 00:00-24:00"]';
  const days = [-1, 0, 1].map((day) => new Date(Date.now() + day * 86_400_000).toISOString().slice(0, 10));
  await centre.putParameter('calendars/office', `${open}\nexcept: ${JSON.stringify(days)}`);
  await centre.putParameter('policies/all', 'during: office\nsteps: [{ after: 0s, set: { priority: 3 } }]');
  await centre.system.idle();
  advanceAfterPropagation();
  const before = centre.updates.length;
  centre.arrive('c-2');
  await centre.system.idle();
  expect(centre.updates).toHaveLength(before);

  await centre.putParameter('calendars/office', open);
  await centre.system.idle();
  const log = readFileSync(join(centre.logDirectory, 'policy-changes.log'), 'utf8');
  expect(log).toContain('"name":"/connect-escalator/calendars/office"');
  advanceAfterPropagation();
  await centre.waitForUpdates(before + 1);
  expect(centre.updates.at(-1)).toMatchObject({ contactId: 'c-2', request: { QueuePriority: 3 } });
}, 240_000);
