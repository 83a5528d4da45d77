import { describe, expect, test } from '@jest/globals';
import { keptUntil } from '../../lambda/domain/contact/retention.ts';
import { requestsOf } from '../../lambda/domain/outgoing-events/entry.ts';
import type { OutgoingEvent } from '../../lambda/domain/outgoing-events/outgoing-event.ts';
import { withUnsentEvents } from '../../lambda/domain/reports/unsent.ts';
import { sendEvents } from '../../lambda/flow/send-events.ts';
import { sweep } from '../../lambda/flow/sweep.ts';
import { atSecond, context, INSTANCE, KEY, queuedContact, T0 } from '../support/contacts.ts';
import { dispatchAll, enqueue, PRIORITY_2, receive, withPendingChange } from '../support/flow.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const CHOSEN = { events: ['left'] } as const;

/** A system with contacts that have left; nobody has sent the events about that. */
async function withLeavings(...contactIds: string[]): Promise<MemoryPorts> {
  const memory = new MemoryPorts(context(PRIORITY_2, CHOSEN));
  for (const [index, contactId] of contactIds.entries()) {
    await enqueue(memory, contactId);
    await enqueue(memory, contactId, { disconnectedAt: atSecond(30 + index) });
  }
  return memory;
}

const contactIds = (length: number) =>
  Array.from({ length }, (_, index) => `c-${String(index).padStart(2, '0')}`);
const ids = (events: readonly OutgoingEvent[]) => events.map(({ detail }) => detail.id);
const unsent = (memory: MemoryPorts) =>
  [...memory.items.values()].flatMap(({ record }) => ids(record.unsentEvents ?? []));

describe('sending events', () => {
  test('sends what records keep, the oldest first, and removes it', async () => {
    const memory = await withLeavings('c-2', 'c-1');
    await sendEvents(memory.sweepPorts);
    expect(ids(memory.accepted)).toEqual([`left/c-2/${atSecond(0)}`, `left/c-1/${atSecond(0)}`]);
    expect(unsent(memory)).toEqual([]);
    await sendEvents(memory.sweepPorts);
    expect(memory.accepted.length).toBe(2);
  });

  test('sends the same event with the same id after a crash between sending and removing', async () => {
    const memory = await withLeavings('c-1');
    const { save } = memory;
    memory.save = () => Promise.reject(new Error('crash'));
    await expect(sendEvents(memory.sweepPorts)).rejects.toThrow('crash');
    memory.save = save;
    await sendEvents(memory.sweepPorts);
    const [first, second] = memory.accepted;
    expect(memory.accepted.length).toBe(2);
    expect(second).toEqual(first);
    expect(unsent(memory)).toEqual([]);
  });

  test('leaves alone a record that has none any more, although the index still lists it', async () => {
    const memory = await withLeavings('c-1', 'c-2');
    const item = memory.items.get(`${INSTANCE}#c-1`);
    if (!item) throw new TypeError('There is no record.');
    const { unsentEvents: _unsent, ...record } = item.record;
    memory.items.set(`${INSTANCE}#c-1`, { ...item, record });
    await sendEvents(memory.sweepPorts);
    expect(ids(memory.accepted)).toEqual([`left/c-2/${atSecond(0)}`]);
  });

  test('begins no request once its time is over, and reads no further contacts', async () => {
    const memory = await withLeavings(...contactIds(60));
    const { send } = memory;
    let requests = 0;
    memory.send = (events) => {
      requests += 1;
      memory.now += 20_000;
      return send.call(memory, events);
    };
    let reads = 0;
    const loadMany = memory.loadMany.bind(memory);
    memory.loadMany = (keys) => {
      reads += 1;
      return loadMany(keys);
    };
    await sendEvents(memory.sweepPorts);
    expect([requests, reads]).toEqual([1, 1]);
  });

  test('keeps what was written meanwhile', async () => {
    const memory = await withLeavings('c-1');
    const { send } = memory;
    memory.send = async (events) => {
      await enqueue(memory, 'c-1', { tags: { at: atSecond(99), value: { tier: 'gold' } } });
      return send.call(memory, events);
    };
    await sendEvents(memory.sweepPorts);
    expect(unsent(memory)).toEqual([]);
    expect(memory.record(KEY)?.facts?.tags?.value).toEqual({ tier: 'gold' });
  });

  test('keeps and counts the events that EventBridge does not accept, and no others', async () => {
    const memory = await withLeavings('c-1', 'c-2', 'c-3');
    memory.eventResult = ({ detail }) => (detail.contactId === 'c-2' ? 'InternalFailure: later' : undefined);
    await sendEvents(memory.sweepPorts);
    expect(memory.accepted.map(({ detail }) => detail.contactId)).toEqual(['c-1', 'c-3']);
    expect(unsent(memory)).toEqual([`left/c-2/${atSecond(0)}`]);
    expect(memory.telemetryLog).toEqual(['1 events unsent: InternalFailure: later']);
    memory.eventResult = () => undefined;
    await sendEvents(memory.sweepPorts);
    expect(unsent(memory)).toEqual([]);
  });

  test('stops after a request that failed as a whole, and goes on in the next sweep', async () => {
    const memory = await withLeavings(...contactIds(60));
    let requests = 0;
    const { send } = memory;
    memory.send = async (events) => {
      requests += 1;
      if (requests === 2) throw new Error('AccessDeniedException');
      return send.call(memory, events);
    };
    await sendEvents(memory.sweepPorts);
    expect([requests, memory.accepted.length, unsent(memory).length]).toEqual([2, 10, 50]);
    expect(memory.telemetryLog).toEqual(['10 events unsent: Error: AccessDeniedException']);
    await sendEvents(memory.sweepPorts);
    expect([memory.accepted.length, unsent(memory).length]).toEqual([60, 0]);
  });

  test('begins no request after 20 seconds, and goes on in the next sweep', async () => {
    const memory = await withLeavings(...contactIds(60));
    const { send } = memory;
    memory.send = async (events) => {
      memory.now += 8_000;
      return send.call(memory, events);
    };
    await sendEvents(memory.sweepPorts);
    expect([memory.accepted.length, unsent(memory).length]).toEqual([25, 35]);
    memory.send = send;
    await sendEvents(memory.sweepPorts);
    expect(unsent(memory)).toEqual([]);
  });

  test('does not stop the others when a record cannot be written, however many they are', async () => {
    const memory = await withLeavings(...contactIds(60));
    memory.beforeSave = ({ contactId }) => {
      if (contactId === 'c-01') throw new Error('no write');
    };
    await expect(sendEvents(memory.sweepPorts)).rejects.toThrow('no write');
    expect(unsent(memory)).toEqual([`left/c-01/${atSecond(0)}`]);
  });

  test('sends the events of an instance that the settings no longer serve', async () => {
    const memory = await withLeavings('c-1');
    memory.configuration = context(PRIORITY_2, { ...CHOSEN, instances: ['i-2'] });
    await sendEvents(memory.sweepPorts);
    expect(unsent(memory)).toEqual([]);
  });
});

describe('a contact with a pending change', () => {
  test('has its change made first, and its events sent after it', async () => {
    const memory = new MemoryPorts(context(PRIORITY_2, { events: ['escalated'] }));
    memory.fillQuota();
    await enqueue(memory);
    await dispatchAll(memory);
    memory.now = atSecond(9);
    await enqueue(memory, KEY.contactId, { queue: { arn: 'other/queue/q-2', enqueuedAt: atSecond(9) } });
    expect(await memory.pending(INSTANCE, 'unsent', 9, T0)).toEqual([]);
    expect(await memory.pending(INSTANCE, 'questions', 9, T0)).toMatchObject([KEY]);
    await sendEvents(memory.sweepPorts);
    expect(memory.accepted).toEqual([]);
    await dispatchAll(memory);
    await sendEvents(memory.sweepPorts);
    expect(memory.accepted.length).toBe(2);
  });
});

describe('unsent events', () => {
  test('are no work: dispatch is not notified, and the sweep finds no pending change', async () => {
    const memory = await withLeavings('c-1');
    memory.dispatchNotifications.length = 0;
    await enqueue(memory, 'c-1', { tags: { at: atSecond(99), value: { tier: 'gold' } } });
    memory.now = atSecond(900);
    await sweep(memory.sweepPorts);
    expect(memory.dispatchNotifications).toEqual([]);
    expect(memory.telemetryLog).toContain('oldest pending 0 s');
  });

  test('keep the record of a contact that has left for two weeks, and sent ones for two days', () => {
    const { facts } = queuedContact({ disconnectedAt: atSecond(9) });
    const days = (hasUnsentEvents: boolean) => keptUntil(facts, 0, hasUnsentEvents) / 86_400_000;
    expect([days(true), days(false)]).toEqual([14, 2]);
  });

  test('are at most 100 for a contact: the oldest changes that were made go first', () => {
    const event = (name: OutgoingEvent['name'], at: number) => ({
      kind: 'left' as const,
      line: {} as never,
      event: { name, at, contactArn: '', detail: { id: `${name}/${at}` } } as OutgoingEvent,
    });
    const reports = [event('missed', 0), ...Array.from({ length: 110 }, (_, at) => event('escalated', at))];
    const events = reports.reduce(
      (record, report) => withUnsentEvents(record, [report], ['missed', 'escalated']),
      queuedContact(),
    ).unsentEvents;
    expect(events?.length).toBe(100);
    expect(ids(events ?? []).slice(0, 2)).toEqual(['missed/0', 'escalated/11']);
  });

  test('leave the record of a contact small enough to be written, however long their criteria are', async () => {
    const memory = await withPendingChange(context({}, { events: ['escalated'] }));
    const at = (index: number) => memory.now + index;
    for (let index = 0; index < 40; index++) {
      const Value = `${index}`.padEnd(9_000, 'é');
      const condition = {
        Name: 'n',
        Value,
        ComparisonOperator: 'NumberGreaterOrEqualTo',
        ProficiencyLevel: 1,
      } as const;
      const criteria = { Steps: [{ Expression: { AttributeCondition: condition } }] };
      await receive(memory, { type: 'override', id: `o-${index}`, at: at(index), set: { criteria } });
      await dispatchAll(memory);
    }
    const events = memory.record(KEY)?.unsentEvents ?? [];
    expect(events.length).toBeGreaterThan(1);
    // DynamoDB takes 400 KB.
    expect(new TextEncoder().encode(JSON.stringify(memory.record(KEY))).length).toBeLessThan(300_000);
    // The latest stay.
    expect(JSON.stringify(events.at(-1)?.detail)).toContain('39é');
    expect(withUnsentEvents(queuedContact(), [], ['escalated']).unsentEvents).toBe(undefined);
  });
});

describe('a request', () => {
  const large = (bytes: number, index: number) => ({
    event: {
      name: 'left',
      at: index,
      contactArn: '',
      detail: { id: 'é'.repeat(bytes / 2) },
    } as unknown as OutgoingEvent,
  });

  test.each([
    ['10 events', Array(25).fill(100), [10, 10, 5]],
    ['256 KB, in bytes', Array(5).fill(100_000), [2, 2, 1]],
    ['at least one event', [300_000, 300_000], [1, 1]],
  ])('has %s', (_name, sizes, expected) => {
    expect(requestsOf(sizes.map(large)).map(({ length }) => length)).toEqual(expected);
  });
});
