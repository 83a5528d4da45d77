import { describe, expect, test } from '@jest/globals';
import { TIMEOUT_MS } from '../../../sim/virtual/delivery.ts';
import { context, KEY } from '../../support/contacts.ts';
import {
  deliverLastWakeUp,
  dispatchAll,
  enqueue,
  PRIORITY_2,
  sentUpdates,
  withPendingChange,
} from '../../support/flow.ts';
import { MemoryPorts } from '../../support/memory-ports.ts';

/** A contact with a pending update, and a dispatch that sends it and gets no answer. */
async function withHangingUpdate(): Promise<{
  memory: MemoryPorts;
  answer: () => void;
  ended: Promise<unknown>;
}> {
  const memory = new MemoryPorts(context(PRIORITY_2, { checkBeforeFirstChange: false }));
  await enqueue(memory, KEY.contactId);
  memory.fillQuota();
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  memory.whileUnderWay = () => {
    begin();
    return answered;
  };
  const ended = dispatchAll(memory);
  await begun;
  memory.whileUnderWay = async () => {};
  return { memory, answer, ended };
}

describe('an update that a dispatch is sending', () => {
  test('is under way by its record, for as long as that dispatch may run', async () => {
    const { memory } = await withHangingUpdate();
    expect(memory.record(KEY)).toMatchObject({
      inFlightSince: memory.now,
      underWay: { until: memory.now + TIMEOUT_MS.dispatch },
      status: { applied: { priority: 2 }, unconfirmed: ['priority'] },
    });
  });

  test('is not sent by another one, which comes back later and leaves the mark', async () => {
    const { memory, answer, ended } = await withHangingUpdate();
    const { inFlightSince, underWay } = memory.record(KEY) ?? {};
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([]);
    expect(memory.record(KEY)).toMatchObject({ inFlightSince, underWay, status: { attempts: 1 } });
    answer();
    await ended;
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
    expect(memory.record(KEY)?.underWay).toBeUndefined();
    expect(memory.record(KEY)?.inFlightSince).toBeUndefined();
    expect(memory.record(KEY)?.status).toMatchObject({ applied: { priority: 2 }, isObserved: true });
    expect(memory.record(KEY)?.status?.unconfirmed).toBeUndefined();
  });

  test('is sent once more after that dispatch must have ended, and its late answer leaves the new mark', async () => {
    const { memory, answer, ended } = await withHangingUpdate();
    memory.now += TIMEOUT_MS.dispatch;
    const { promise: answeredAgain, resolve: answerAgain } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    memory.whileUnderWay = () => {
      begin();
      return answeredAgain;
    };
    const again = dispatchAll(memory);
    await begun;
    const { underWay } = memory.record(KEY) ?? {};
    answer();
    await ended;
    expect(memory.record(KEY)?.underWay).toEqual(underWay);
    answerAgain();
    await again;
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }, { QueuePriority: 2 }]);
    expect(memory.record(KEY)?.underWay).toBeUndefined();
  });

  test('is not sent again where it was made and its result could not be written, and is reported once', async () => {
    const memory = await withPendingChange(context(PRIORITY_2, { checkBeforeFirstChange: false }));
    const save = memory.save.bind(memory);
    memory.save = async (record, ...given) => {
      if (record.underWay === undefined) throw new TypeError('no answer');
      return save(record, ...given);
    };
    await dispatchAll(memory);
    expect(memory.record(KEY)?.underWay).toBeDefined();
    expect(memory.lines).toEqual([]);
    memory.save = save;
    await deliverLastWakeUp(memory);
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
    expect(memory.lines).toMatchObject([{ to: { priority: 2 }, outcome: 'applied' }]);
    expect(memory.record(KEY)).not.toHaveProperty('inFlightSince');
    expect(memory.record(KEY)).not.toHaveProperty('underWay');
    expect(memory.record(KEY)?.status).not.toHaveProperty('unconfirmed');
  });

  test('takes two writes of the record: that it is under way, and its result', async () => {
    const memory = new MemoryPorts(context(PRIORITY_2, { checkBeforeFirstChange: false }));
    await enqueue(memory, KEY.contactId);
    memory.fillQuota();
    const { revision: before = 0 } = [...memory.items.values()][0] ?? {};
    await dispatchAll(memory);
    const { revision: after = 0 } = [...memory.items.values()][0] ?? {};
    expect(after - before).toBe(2);
  });
});
