import { describe, expect, test } from '@jest/globals';
import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import { mergeEvent } from '../../lambda/domain/contact/merge.ts';
import type { PlanContext } from '../../lambda/domain/reconcile/plan.ts';
import { dispatchPending } from '../../lambda/flow/dispatch/dispatch.ts';
import type { OutgoingMessage } from '../../lambda/flow/ports.ts';
import { reconcile } from '../../lambda/flow/reconcile.ts';
import { RESYNC_SWEEPS, sweep } from '../../lambda/flow/sweep.ts';
import { seededRandom } from '../../sim/random.ts';
import { atSecond, context, KEY, queuedContact, T0 } from '../support/contacts.ts';
import { deliverWakeUp, enqueue, PRIORITY_2 } from '../support/flow.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const LATER = { all: { steps: [{ after: '90s', set: { priority: 2 } }] } };

/** Queued contacts whose wake-ups and notifications were all lost. */
async function withLostMessages(given: PlanContext, ...contactIds: string[]): Promise<MemoryPorts> {
  const memory = new MemoryPorts(given);
  memory.fillQuota();
  for (const contactId of contactIds) await enqueue(memory, contactId);
  lose(memory);
  return memory;
}

function lose(memory: MemoryPorts): void {
  memory.sent.length = 0;
  memory.dispatchNotifications.length = 0;
}

/** Sweeps, and returns the telemetry. The order of the two halves does not matter. */
async function swept(memory: MemoryPorts): Promise<string[]> {
  memory.telemetryLog.length = 0;
  await sweep(memory.sweepPorts);
  return memory.telemetryLog.sort();
}

const wakeUps = (memory: MemoryPorts) =>
  memory.sent.map(({ body, delaySeconds }) => [body.contactId, delaySeconds]);
const dispatch = (memory: MemoryPorts) =>
  dispatchPending(memory.dispatchNotifications.splice(0), memory.dispatchPorts, memory.now + 60_000);

describe('a lost wake-up', () => {
  test('counts as lost half a minute after its time, and is sent again', async () => {
    const memory = await withLostMessages(context(LATER), 'c-1');
    memory.now = atSecond(120);
    expect(await swept(memory)).toEqual(['0 of 1 overdue', 'oldest pending 0 s']);
    expect(memory.sent).toEqual([]);
    memory.now = atSecond(121);
    expect(await swept(memory)).toEqual(['1 of 1 overdue', 'oldest pending 0 s']);
    expect(memory.sent).toEqual([
      { body: { type: 'wake', ...KEY, wakeAt: new Date(atSecond(121)).toISOString() }, delaySeconds: 0 },
    ]);
    await deliverWakeUp(memory, memory.sent[0] as OutgoingMessage);
    await dispatch(memory);
    expect(memory.calls.map(({ call }) => call.update)).toEqual([{ QueuePriority: 2 }]);
  });

  test('that should have led to another attempt is sent again, although a later one is pending', async () => {
    const memory = await withLostMessages(
      context({ all: { steps: [...PRIORITY_2.all.steps, { after: '1h', set: { priority: 1 } }] } }),
      'c-1',
    );
    memory.updateResult = () => ({ kind: 'unknown', message: 'timeout' });
    await dispatchPending([KEY], memory.dispatchPorts, memory.now + 60_000);
    memory.updateResult = () => ({ kind: 'done' });
    lose(memory);
    memory.now = atSecond(40);
    await sweep(memory.sweepPorts);
    expect(memory.dispatchNotifications).toEqual([]);
    expect(wakeUps(memory)).toEqual([['c-1', 0]]);
    await deliverWakeUp(memory, memory.sent[0] as OutgoingMessage);
    await dispatch(memory);
    expect(memory.record(KEY)?.status?.applied.priority).toBe(2);
  });

  test('of a contact that has left is not sent again', async () => {
    const memory = await withLostMessages(context(LATER), 'c-1');
    await reconcile(
      KEY,
      (record) =>
        mergeEvent(record, { ...(queuedContact().facts as ContactFacts), connectedAt: atSecond(9) }),
      memory.configuration,
      memory.reconcilePorts,
    );
    memory.now = atSecond(600);
    expect(await swept(memory)).toEqual(['0 of 0 overdue', 'oldest pending 0 s']);
    expect(memory.sent).toEqual([]);
  });

  test('that two sweeps find at once leads to two reconciles and one update', async () => {
    const memory = await withLostMessages(context(LATER), 'c-1');
    memory.now = atSecond(130);
    await Promise.all([sweep(memory.sweepPorts), sweep(memory.sweepPorts)]);
    expect(wakeUps(memory)).toEqual([
      ['c-1', 0],
      ['c-1', 0],
    ]);
    for (const message of memory.sent.splice(0)) await deliverWakeUp(memory, message);
    await dispatch(memory);
    expect(memory.calls.length).toBe(1);
    memory.now = atSecond(190);
    await sweep(memory.sweepPorts);
    expect(memory.sent).toEqual([]);
  });
});

test('thousands of lost wake-ups are spread over the minute, and the next sweep finds the rest', async () => {
  const ids = Array.from({ length: 3_200 }, (_, index) => `c-${index}`);
  const memory = await withLostMessages(context(LATER), ...ids);
  memory.now = atSecond(150);
  expect(await swept(memory)).toContain('3200 of 3200 overdue');
  const bySecond = Map.groupBy(memory.sent, ({ delaySeconds }) => delaySeconds);
  expect([...bySecond.keys()]).toEqual(Array.from({ length: 60 }, (_, second) => second));
  expect([...bySecond.values()].every((messages) => messages.length === 50)).toBe(true);
  for (const message of memory.sent.splice(0)) await deliverWakeUp(memory, message);
  memory.now = atSecond(210);
  await sweep(memory.sweepPorts);
  // Others that have their turn come along.
  const found = wakeUps(memory).map(([id]) => id);
  expect(ids.slice(3_000).filter((id) => !found.includes(id))).toEqual([]);
});

test('each queued contact is resynced once in fifteen sweeps', async () => {
  const ids = Array.from({ length: 300 }, (_, index) => `c-${index}`);
  const memory = await withLostMessages(context({}), ...ids);
  const looks: number[] = [];
  for (let minute = 0; minute < RESYNC_SWEEPS; minute++) {
    memory.now = atSecond(60 * minute);
    looks.push(memory.sent.length);
    await sweep(memory.sweepPorts);
  }
  expect(
    wakeUps(memory)
      .map(([id]) => id)
      .sort(),
  ).toEqual(ids.toSorted());
  const mostAtATime = Math.max(...looks.map((sent, at) => (looks[at + 1] ?? memory.sent.length) - sent));
  expect(mostAtATime).toBeLessThan(40);
});

describe('a lost notification', () => {
  const LEVELS = {
    gold: {
      precedence: 1,
      match: { contactId: [{ prefix: 'gold' }] },
      steps: [{ after: '0s', set: { priority: 1 } }],
    },
    ...PRIORITY_2,
  };

  test('is replaced by one for the most urgent contact, and the age of the oldest change is published', async () => {
    const memory = await withLostMessages(context(LEVELS), 'c-1', 'c-2');
    memory.now = atSecond(70);
    await enqueue(memory, 'gold-1');
    memory.dispatchNotifications.length = 0;
    expect(await swept(memory)).toEqual(['0 of 3 overdue', 'oldest pending 70 s']);
    expect(memory.dispatchNotifications).toEqual([
      {
        ...KEY,
        contactId: 'gold-1',
        deduplicationKey: `sweep@${Math.floor(memory.now / 60_000)}`,
      },
    ]);
    await dispatch(memory);
    expect(memory.calls.map(({ contactId }) => contactId)).toEqual(['gold-1', 'c-1', 'c-2']);
    expect(await swept(memory)).toEqual(['0 of 3 overdue', 'oldest pending 0 s']);
    expect(memory.dispatchNotifications).toEqual([]);
  });

  test('is replaced once in a minute, however many sweeps find it', async () => {
    const memory = await withLostMessages(context(PRIORITY_2), 'c-1');
    memory.now = Date.parse('2026-11-23T10:05:00.000Z');
    await Promise.all([sweep(memory.sweepPorts), sweep(memory.sweepPorts)]);
    memory.now += 59_999;
    await sweep(memory.sweepPorts);
    const withinAMinute = memory.dispatchNotifications.map(({ deduplicationKey }) => deduplicationKey);
    expect(new Set(withinAMinute).size).toBe(1);
    memory.now += 1;
    await sweep(memory.sweepPorts);
    expect(withinAMinute).not.toContain(memory.dispatchNotifications.at(-1)?.deduplicationKey);
  });

  test('does not matter while changes are paused: no notification, no age, and wake-ups continue', async () => {
    const steps = [...PRIORITY_2.all.steps, { after: '90s', set: { priority: 1 } }];
    const memory = await withLostMessages(context({ all: { steps } }, { pause: true }), 'c-1');
    memory.now = atSecond(200);
    expect(await swept(memory)).toEqual(['1 of 1 overdue']);
    expect(memory.dispatchNotifications).toEqual([]);
    expect(wakeUps(memory)).toEqual([['c-1', 0]]);
    memory.configuration = context({ all: { steps } });
    expect(await swept(memory)).toEqual(['1 of 1 overdue', 'oldest pending 200 s']);
    expect(memory.dispatchNotifications.map(({ contactId }) => contactId)).toEqual(['c-1']);
  });
});

test('where both halves of the sweep fail, both causes are thrown', async () => {
  const memory = new MemoryPorts(context({}));
  memory.queued = () => {
    throw new TypeError('DynamoDB does not answer');
  };
  const settings = async () => {
    throw new TypeError('SSM does not answer');
  };
  await expect(sweep({ ...memory.sweepPorts, settings })).rejects.toThrow(
    'TypeError: DynamoDB does not answer; TypeError: SSM does not answer',
  );
});

describe('a failure in one half of the sweep is thrown, and does not stop the other half', () => {
  test('settings that cannot be read', async () => {
    const memory = await withLostMessages(context(LATER), 'c-1');
    memory.now = atSecond(130);
    const settings = async () => {
      throw new TypeError('SSM does not answer');
    };
    await expect(sweep({ ...memory.sweepPorts, settings })).rejects.toThrow('SSM does not answer');
    expect(wakeUps(memory)).toEqual([['c-1', 0]]);
  });

  test('wake-ups that cannot be sent', async () => {
    const memory = await withLostMessages(context(PRIORITY_2), 'c-1');
    memory.sendWakeUps = async () => {
      throw new TypeError('SQS does not answer');
    };
    await expect(sweep(memory.sweepPorts)).rejects.toThrow('SQS does not answer');
    expect(memory.dispatchNotifications.length).toBe(1);
  });
});

/** Lives five minutes in steps of a second. In the first two, each message and kick is lost with even chances. */
async function liveWithLosses(random: () => number): Promise<MemoryPorts> {
  const steps = [...PRIORITY_2.all.steps, { after: '45s', set: { priority: 1 } }];
  const memory = new MemoryPorts(context({ all: { steps } }));
  memory.fillQuota();
  memory.updateResult = () => (random() < 0.3 ? { kind: 'unknown', message: 'timeout' } : { kind: 'done' });
  const isLost = (second: number) => second <= 120 && random() < 0.5;
  const underWay: { at: number; message: OutgoingMessage }[] = [];
  for (let index = 0; index < 12; index++) await enqueue(memory, `c-${index}`);
  for (let second = 1; second <= 300; second++) {
    for (const message of memory.sent.splice(0)) {
      if (!isLost(second)) underWay.push({ at: memory.now + message.delaySeconds * 1_000, message });
    }
    memory.now = Math.max(memory.now, atSecond(second));
    for (const { message } of underWay.filter(({ at }) => at <= memory.now))
      await deliverWakeUp(memory, message);
    underWay.splice(0, underWay.length, ...underWay.filter(({ at }) => at > memory.now));
    if (memory.dispatchNotifications.splice(0).some(() => !isLost(second))) await dispatch(memory);
    if (second % 60 === 0) await sweep(memory.sweepPorts);
  }
  return memory;
}

test.each(Array.from({ length: 20 }, (_, seed) => [seed]))(
  'after two minutes in which half of all messages were lost, every contact has what it should (seed %i)',
  async (seed) => {
    const memory = await liveWithLosses(seededRandom(seed));
    const applied = [...memory.items.values()].map(({ record }) => record.status?.applied.priority);
    expect(applied).toEqual(Array(12).fill(1));
    expect(memory.now - T0).toBeLessThan(400_000);
  },
);
