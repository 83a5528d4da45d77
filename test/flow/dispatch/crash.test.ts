import { describe, expect, test } from '@jest/globals';
import { FUNCTION_TIMEOUT_SECONDS } from '../../../lambda/domain/deployment-constants.ts';
import { dispatchBatch } from '../../../lambda/flow/dispatch/dispatch.ts';
import { DELIVERY, TIMEOUT_MS } from '../../../sim/virtual/delivery.ts';
import { FifoQueue } from '../../../sim/virtual/fifo-queue.ts';
import { VirtualTime } from '../../../sim/virtual/virtual-time.ts';
import { context, T0 } from '../../support/contacts.ts';
import { enqueue, PRIORITY_2 } from '../../support/flow.ts';
import { MemoryPorts } from '../../support/memory-ports.ts';

/** A slow delivery and a slow start of a new process. */
const POLL_MS = 500;
const COLD_START_MS = 1_000;

/** Dispatch behind its queue, whose first invocation crashes some time after it got its messages. */
async function crashAfter(crashMs: number, contacts: number) {
  const time = new VirtualTime(T0);
  const memory = new MemoryPorts(context(PRIORITY_2, { checkBeforeFirstChange: false }));
  for (let index = 0; index < contacts; index++) await enqueue(memory, `c-${index}`);
  let crashedAt = 0;
  const queue = new FifoQueue<string>(time, {
    ...DELIVERY.dispatch,
    pollMs: () => POLL_MS,
    onDeadLetter: () => {},
    async handle() {
      if (crashedAt === 0) {
        await time.sleep(crashMs);
        crashedAt = time.now;
        throw new TypeError('crash');
      }
      await time.sleep(COLD_START_MS);
      memory.now = time.now;
      await dispatchBatch([], memory.dispatchPorts, TIMEOUT_MS.dispatch);
      return new Set<string>();
    },
  });
  queue.send('work', '1');
  await time.run(T0 + 60_000);
  return { crashedAt, firstCallAt: memory.calls[0]?.at ?? Number.POSITIVE_INFINITY };
}

describe('after a crash of dispatch', () => {
  test.each([0, 1, 5, 10, FUNCTION_TIMEOUT_SECONDS.dispatch])(
    '%d seconds into its invocation, updates go on within 20 seconds',
    async (seconds) => {
      const { crashedAt, firstCallAt } = await crashAfter(seconds * 1_000, 3);
      expect(firstCallAt - crashedAt).toBeGreaterThan(0);
      expect(firstCallAt - crashedAt).toBeLessThanOrEqual(20_000);
    },
  );
});

describe('an invocation of dispatch', () => {
  test('hands a backlog over to the next one before its time is up', async () => {
    const memory = new MemoryPorts(context(PRIORITY_2, { checkBeforeFirstChange: false }));
    for (let index = 0; index < 300; index++) await enqueue(memory, `c-${String(index).padStart(3, '0')}`);
    const startedAt = memory.now;
    memory.dispatchNotifications.length = 0;
    expect(await dispatchBatch([], memory.dispatchPorts, TIMEOUT_MS.dispatch)).toBe('time-up');
    expect(memory.dispatchNotifications).toHaveLength(1);
    expect(memory.now - startedAt).toBeLessThan(TIMEOUT_MS.dispatch - 9_000);
    expect(memory.calls.length).toBeGreaterThan(100);
  });
});
