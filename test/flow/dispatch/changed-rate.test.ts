import { describe, expect, test } from '@jest/globals';
import { dispatchPending } from '../../../lambda/flow/dispatch/dispatch.ts';
import { context, T0 } from '../../support/contacts.ts';
import { enqueue, PRIORITY_2 } from '../../support/flow.ts';
import { MemoryPorts } from '../../support/memory-ports.ts';

/** Calls in each second of a run, during which the settings change once. */
async function callsPerSecond(before: number, after: number, changeSecond: number, seconds: number) {
  const settings = (updateRate: number) => ({
    updateRate,
    updateShare: 1,
    updateBurst: 20,
    checkBeforeFirstChange: false,
  });
  const memory = new MemoryPorts(context(PRIORITY_2, settings(before)));
  for (let index = 0; index < 600; index++) await enqueue(memory, `c-${String(index).padStart(3, '0')}`);
  const changed = context(PRIORITY_2, settings(after));
  const ports = {
    ...memory.dispatchPorts,
    settings: async () => (memory.now < T0 + changeSecond * 1_000 ? memory.configuration : changed).settings,
  };
  await dispatchPending([], ports, T0 + seconds * 1_000);
  const counts = Array.from({ length: seconds }, () => 0);
  for (const { at } of memory.calls) {
    const second = Math.floor((at - T0) / 1_000);
    counts[second] = (counts[second] ?? 0) + 1;
  }
  return counts;
}

describe('while dispatch runs', () => {
  test.each([2, 0.05])(
    'a rate that is raised from %d to 20 a second is used within three seconds',
    async (low) => {
      const counts = await callsPerSecond(low, 20, 10, 20);
      expect(Math.max(...counts.slice(0, 10))).toBeLessThanOrEqual(low + 1);
      for (const count of counts.slice(13)) expect(count).toBeGreaterThanOrEqual(19);
    },
  );

  test('a rate that is lowered holds at once, but for the calls that were saved up', async () => {
    const counts = await callsPerSecond(20, 2, 10, 20);
    for (const count of counts.slice(11)) expect(count).toBeLessThanOrEqual(3);
  });
});
