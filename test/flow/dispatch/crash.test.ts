import { describe, expect, test } from '@jest/globals';
import { FUNCTION_TIMEOUT_SECONDS } from '../../../lambda/domain/deployment-constants.ts';
import { type DispatchEnd, dispatchBatch } from '../../../lambda/flow/dispatch/dispatch.ts';
import type { DispatchPorts } from '../../../lambda/flow/dispatch/ports.ts';
import { DELIVERY, TIMEOUT_MS } from '../../../sim/virtual/delivery.ts';
import { FifoQueue } from '../../../sim/virtual/fifo-queue.ts';
import { VirtualTime } from '../../../sim/virtual/virtual-time.ts';
import { context, KEY, T0 } from '../../support/contacts.ts';
import {
  deliverLastWakeUp,
  dispatchAll,
  enqueue,
  PRIORITY_2,
  receive,
  sentUpdates,
} from '../../support/flow.ts';
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

describe('a contact that crashes dispatch each time', () => {
  const POISON = 'c-00';

  /** Runs dispatch in a new process, which stops as it calls Connect for the contact. */
  async function runUntilCrash(memory: MemoryPorts): Promise<'crash' | DispatchEnd> {
    let isCrashed = false;
    const { promise: crashed, resolve: crash } = Promise.withResolvers<'crash'>();
    const untilCrash = <T extends unknown[], R>(method: (...given: T) => Promise<R>) => {
      return (...given: T): Promise<R> => (isCrashed ? new Promise(() => {}) : method(...given));
    };
    const ports = memory.dispatchPorts;
    memory.whileUnderWay = async ({ contactId }) => {
      if (contactId !== POISON) return;
      isCrashed = true;
      crash('crash');
      await new Promise(() => {});
    };
    const process: DispatchPorts = {
      ...ports,
      contacts: {
        load: untilCrash((key) => memory.load(key)),
        loadMany: untilCrash((keys) => memory.loadMany(keys)),
        save: untilCrash((record, revision, entries) => memory.save(record, revision, entries)),
        pending: untilCrash((id, list, limit, now) => memory.pending(id, list, limit, now)),
        queued: (queueArn) => memory.queued(queueArn),
      },
      connect: {
        describe: untilCrash((key) => memory.describe(key)),
        updateRouting: untilCrash((...given) => memory.updateRouting(...given)),
      },
    };
    return Promise.race([crashed, dispatchBatch([], process, TIMEOUT_MS.dispatch)]);
  }

  test.each(['absolute', 'incremental'] as const)(
    'is served alone and last, so that the others get their updates: %s ages',
    async (ageAdjustment) => {
      const policies = { all: { steps: [{ after: '0s', set: { age: '10m' } }] } };
      const memory = new MemoryPorts(context(policies, { checkBeforeFirstChange: false, ageAdjustment }));
      for (let index = 0; index < 60; index++) await enqueue(memory, `c-${String(index).padStart(2, '0')}`);
      memory.fillQuota();
      const ends: string[] = [];
      for (let run = 0; run < 4; run++) {
        ends.push(await runUntilCrash(memory));
        memory.now += 20_000;
      }
      expect(ends).toEqual(['crash', 'crash', 'crash', 'crash']);
      const waiting = [...memory.items.values()].filter(({ entries }) => entries.pending);
      expect(waiting.map(({ record }) => record.contactId)).toEqual([POISON]);
      expect(waiting[0]?.record.inFlightSince).toBeDefined();
    },
  );

  test('does not come first again while there is other work', async () => {
    const memory = new MemoryPorts(context(PRIORITY_2, { checkBeforeFirstChange: false }));
    for (let index = 0; index < 60; index++) await enqueue(memory, `c-${String(index).padStart(2, '0')}`);
    memory.fillQuota();
    await runUntilCrash(memory);
    memory.now += 20_000;
    memory.calls.length = 0;
    await runUntilCrash(memory);
    expect(memory.calls.length).toBeGreaterThanOrEqual(50);
  });

  test('holds up no other contact that was in flight for long, even where there is more work than quota', async () => {
    const memory = new MemoryPorts(context(PRIORITY_2, { checkBeforeFirstChange: false }));
    for (let index = 0; index < 600; index++) await enqueue(memory, `c-${String(index).padStart(2, '0')}`);
    memory.fillQuota();
    for (let run = 0; run < 3; run++) {
      await runUntilCrash(memory);
      memory.now += 20_000;
    }
    const inFlight = [...memory.items.values()].filter(({ record }) => record.inFlightSince !== undefined);
    expect(inFlight.map(({ record }) => record.contactId)).toEqual([POISON]);
    expect(memory.calls.length).toBeLessThan(600);
  });
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

test('the end of an override is repeated until its result is known, also where nothing was known before it', async () => {
  const memory = new MemoryPorts(context({}));
  memory.fillQuota();
  memory.describeResult = () => ({ kind: 'denied', message: 'denied' });
  await enqueue(memory);
  await receive(memory, { type: 'override', id: 'o-1', at: memory.now, set: { priority: 9 } });
  await dispatchAll(memory);
  memory.now += 1_000;
  await receive(memory, { type: 'release', id: 'o-2', at: memory.now });
  memory.updateResult = () => ({ kind: 'unknown', message: 'time-out' });
  await dispatchAll(memory);
  memory.updateResult = () => ({ kind: 'done' });
  await deliverLastWakeUp(memory);
  await dispatchAll(memory);
  expect(sentUpdates(memory)).toEqual([{ QueuePriority: 9 }, { QueuePriority: 5 }, { QueuePriority: 5 }]);
  expect(memory.record(KEY)?.status).toMatchObject({ applied: { priority: 5 } });
  expect(memory.record(KEY)?.status).not.toHaveProperty('restorePoint');
});
