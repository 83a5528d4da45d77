import { expect, test } from '@jest/globals';
import { dispatchPending } from '../../../lambda/flow/dispatch/dispatch.ts';
import { sweep } from '../../../lambda/flow/sweep.ts';
import { context } from '../../support/contacts.ts';
import { enqueue, PRIORITY_2 } from '../../support/flow.ts';
import { MemoryPorts } from '../../support/memory-ports.ts';

const MINUTE_MS = 60_000;
const CONTACTS = 400;

/** A backlog that takes 200 seconds at the full rate. */
async function backlog(): Promise<MemoryPorts> {
  const settings = { updateRate: 2, updateShare: 1, updateBurst: 2, checkBeforeFirstChange: false };
  const memory = new MemoryPorts(context(PRIORITY_2, settings));
  for (let index = 0; index < CONTACTS; index++) await enqueue(memory, `c-${index}`);
  return memory;
}

const dispatchForAMinute = (memory: MemoryPorts) =>
  dispatchPending([], memory.dispatchPorts, memory.now + MINUTE_MS);

const measured = (memory: MemoryPorts, name: 'stuckSeconds' | 'oldestAgeSeconds') =>
  memory.pendingMeasures.map((measure) => measure[name]);

test('a backlog that is worked off at the full rate is old, but not stuck', async () => {
  const memory = await backlog();
  for (let minute = 1; minute <= 4; minute++) {
    await dispatchForAMinute(memory);
    await sweep(memory.sweepPorts);
  }
  expect(memory.calls.length).toBe(CONTACTS);
  expect(Math.max(...measured(memory, 'oldestAgeSeconds'))).toBeGreaterThanOrEqual(180);
  expect(Math.max(...measured(memory, 'stuckSeconds'))).toBeLessThan(2);
});

test('changes that are due while no call is made are stuck since they fell due', async () => {
  const memory = await backlog();
  for (let minute = 1; minute <= 3; minute++) {
    memory.now += MINUTE_MS;
    await sweep(memory.sweepPorts);
  }
  expect(measured(memory, 'stuckSeconds')).toEqual([60, 120, 180]);
});

test('after calls have ended in the middle of a backlog, it is stuck since the last call', async () => {
  const memory = await backlog();
  await dispatchForAMinute(memory);
  const lastCallAt = Math.max(...memory.calls.map(({ at }) => at));
  memory.now = lastCallAt + 150_000;
  await sweep(memory.sweepPorts);
  expect(measured(memory, 'stuckSeconds')).toEqual([150]);
  expect(measured(memory, 'oldestAgeSeconds')[0]).toBeGreaterThan(200);
});

test('a sweep reports the rate that the settings allow, and 0 while paused', async () => {
  const memory = new MemoryPorts(context(PRIORITY_2, { updateRate: 20, updateShare: 0.5 }));
  await sweep(memory.sweepPorts);
  memory.configuration = context(PRIORITY_2, { pause: true });
  await sweep(memory.sweepPorts);
  expect(memory.measuredRates).toEqual([10, 0]);
});

test('where the last call is not known, dispatch is notified all the same', async () => {
  const memory = await backlog();
  memory.dispatchNotifications.length = 0;
  const quota = { load: () => Promise.reject(new TypeError('DynamoDB does not answer')) };
  await expect(sweep({ ...memory.sweepPorts, quota })).rejects.toThrow('DynamoDB does not answer');
  expect(memory.dispatchNotifications.length).toBe(1);
});

test('the last call is the later one of updates and questions', async () => {
  const memory = new MemoryPorts(context(PRIORITY_2, { checkBeforeFirstChange: false }));
  await enqueue(memory);
  const bucket = (at: number) => ({ tokens: 0, ratePerSecond: 9, at });
  const askedAt = memory.now + 40_000;
  memory.now += 100_000;
  const state = { update: bucket(askedAt - 30_000), describe: bucket(askedAt) };
  const quota = { load: async () => ({ state, revision: 1 }) };
  await sweep({ ...memory.sweepPorts, quota });
  expect(measured(memory, 'stuckSeconds')).toEqual([60]);
});
