import { expect, test } from '@jest/globals';
import { type ActivityProbe, waitUntilIdle } from '../../../local/system/idle.ts';

const IDLE: ActivityProbe = { pending: () => 0, activityCount: () => 7, depths: async () => [] };

test('a system is idle once nothing is in progress, no queue has a message, and nothing happened meanwhile', async () => {
  let [pending, requests, inFlight] = [2, 0, 2];
  const looks: string[] = [];
  const isIdle = await waitUntilIdle({
    pending() {
      looks.push('pending');
      return Math.max(0, pending--);
    },
    // The first two looks at the queues find one message in flight, and a request comes during the third.
    activityCount: () => (inFlight <= 0 && requests < 2 ? requests++ : requests),
    async depths() {
      looks.push('depths');
      return [{ visible: 0, inFlight: Math.max(0, inFlight--) } as never];
    },
  });
  expect(isIdle).toBe(true);
  expect(looks.filter((look) => look === 'depths').length).toBeGreaterThanOrEqual(4);
});

test('the wait for a system that stays at work ends at its limit', async () => {
  expect(await waitUntilIdle({ ...IDLE, pending: () => 1 }, 0)).toBe(false);
  expect(await waitUntilIdle(IDLE, 0)).toBe(true);
});
