import { describe, expect, test } from '@jest/globals';
import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import type { UpdateResult } from '../../lambda/domain/reconcile/update-result.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { atSecond, context, KEY, QUEUE_ARN } from '../support/contacts.ts';
import {
  deliverLastWakeUp,
  dispatchAll,
  enqueue,
  PRIORITY_2,
  receive,
  withPendingChange,
} from '../support/flow.ts';
import { describeSuccess, type MemoryPorts } from '../support/memory-ports.ts';

const ALL = ['escalated', 'rejected', 'missed', 'left'] as const satisfies Settings['events'];
const TWO_STEPS = {
  two: {
    steps: [
      { after: '0s', set: { priority: 3 } },
      { after: '60s', set: { priority: 1 } },
    ],
  },
};
const AGE = { all: { steps: [{ after: '0s', set: { age: '60s' } }] } };
const RISING_AGE = {
  all: {
    steps: [
      { after: '0s', set: { age: '60s' } },
      { after: '30s', set: { age: '120s' } },
    ],
  },
};
const OTHER_QUEUE = QUEUE_ARN.replace('q-1', 'q-2');
const WHERE = { contactId: 'c-1', instanceId: 'i-1', queueId: 'q-1' };
const BY_ALL = { ...WHERE, policy: 'all', step: 0 };
const CHANGE = { ...BY_ALL, from: { priority: 5 }, to: { priority: 2 }, reason: 'policy' };

const names = (memory: MemoryPorts) =>
  (memory.record(KEY)?.unsentEvents ?? []).map(({ detail }) => detail.id.split('/')[0]);
const outcomes = (memory: MemoryPorts) =>
  memory.lines.map((line) => ('outcome' in line ? line.outcome : line.how));
const withAll = (policies: Record<string, object> = PRIORITY_2, settings: Partial<Settings> = {}) =>
  withPendingChange(context(policies, { events: ALL, ...settings }));

/** The contact leaves: an event says so. */
async function leave(memory: MemoryPorts, facts: Partial<ContactFacts>): Promise<void> {
  await enqueue(memory, KEY.contactId, facts);
}

describe('a change that Connect accepted', () => {
  test('has one log line with its contact, policy, step, values, lateness and reason', async () => {
    const memory = await withAll();
    memory.now = atSecond(0.4);
    await dispatchAll(memory);
    expect(memory.lines).toEqual([{ ...CHANGE, latenessMs: 400, outcome: 'applied' }]);
  });

  test('is written down as an event in the same write as its result', async () => {
    const memory = await withAll();
    const lines: number[] = [];
    memory.beforeSave = () => lines.push(memory.lines.length);
    await dispatchAll(memory);
    expect(memory.record(KEY)?.unsentEvents).toEqual([
      {
        name: 'escalated',
        at: memory.now,
        contactArn: 'arn:aws:connect:eu-central-1:123456789012:instance/i-1/contact/c-1',
        detail: { id: `escalated/c-1/${atSecond(0)}/1/a50105c4`, ...CHANGE, latenessMs: 0 },
      },
    ]);
    expect(lines).toEqual([0, 0]);
  });

  test('does not say from what it changed a field that is not known', async () => {
    const memory = await withAll({ all: { steps: [{ after: '0s', set: { priority: 1 } }] } });
    memory.describeResult = () => ({ kind: 'throttled', message: 'slow down' });
    await dispatchAll(memory);
    expect(memory.lines).toMatchObject([{ from: {}, to: { priority: 1 } }]);
  });

  test('whose result was not known is reported once Connect says that it was made', async () => {
    const memory = await withAll(AGE, { ageAdjustment: 'incremental' });
    memory.describeResult = () =>
      describeSuccess({ routing: { ageSeconds: memory.calls.length * 60 }, attributes: {} });
    memory.updateResult = () => ({ kind: 'unknown', message: 'no answer' });
    await dispatchAll(memory);
    expect(memory.lines).toEqual([]);
    await deliverLastWakeUp(memory);
    await dispatchAll(memory);
    expect(memory.calls.length).toBe(1);
    expect(memory.lines).toMatchObject([{ from: {}, to: { ageSeconds: 60 }, outcome: 'applied' }]);
    expect(names(memory)).toEqual(['escalated']);
  });

  test('and one that is then made for newer facts are two events, although the first was not known', async () => {
    const memory = await withAll(RISING_AGE, { ageAdjustment: 'incremental' });
    const applied = [0, 60, 120];
    memory.describeResult = () =>
      describeSuccess({ routing: { ageSeconds: applied[memory.calls.length] ?? 0 }, attributes: {} });
    memory.updateResult = () =>
      memory.calls.length === 1 ? { kind: 'unknown', message: 'no answer' } : { kind: 'done' };
    await dispatchAll(memory);
    memory.now = atSecond(30);
    await enqueue(memory);
    await dispatchAll(memory);
    expect(memory.lines).toMatchObject([{ to: { ageSeconds: 60 } }, { to: { ageSeconds: 120 } }]);
    expect(names(memory)).toEqual(['escalated', 'escalated']);
  });

  describe('and of which Connect says so while somebody else writes', () => {
    /** The first update has no known result, the second one is due, and Connect will say that the first one was made. */
    async function unconfirmed(): Promise<MemoryPorts> {
      const memory = await withAll(RISING_AGE, { ageAdjustment: 'incremental' });
      memory.describeResult = () =>
        describeSuccess({ routing: { ageSeconds: memory.calls.length * 60 }, attributes: {} });
      memory.updateResult = () =>
        memory.calls.length === 1 ? { kind: 'unknown', message: 'no answer' } : { kind: 'done' };
      await dispatchAll(memory);
      memory.now = atSecond(30);
      await enqueue(memory);
      return memory;
    }

    /** Before each of the next writes, somebody else writes. */
    function interfere(memory: MemoryPorts, ...written: readonly Partial<ContactFacts>[]): void {
      const left = [...written];
      memory.beforeSave = () => {
        const item = memory.items.get('i-1#c-1');
        const facts = left.shift();
        if (!item?.record.facts || !facts) return;
        const record = { ...item.record, facts: { ...item.record.facts, ...facts } };
        memory.items.set('i-1#c-1', { ...item, record, revision: item.revision + 1 });
      };
    }

    test('is reported once, beside the next one', async () => {
      const memory = await unconfirmed();
      interfere(memory, {});
      await dispatchAll(memory);
      expect(memory.lines).toMatchObject([{ to: { ageSeconds: 60 } }, { to: { ageSeconds: 120 } }]);
      expect(names(memory)).toEqual(['escalated', 'escalated']);
    });

    test('is reported once where its contact has left, and gets no other one', async () => {
      const memory = await unconfirmed();
      memory.telemetryLog.length = 0;
      interfere(memory, { connectedAt: memory.now }, {});
      expect(await dispatchAll(memory)).toBe('empty');
      expect(memory.calls).toHaveLength(1);
      expect(memory.lines).toMatchObject([{ to: { ageSeconds: 60 } }]);
      expect([names(memory), memory.telemetryLog]).toEqual([['escalated'], []]);
    });
  });

  test('is reported although another dispatch is sending the next one, when Connect says that it was made', async () => {
    const memory = await withAll({
      gold: {
        match: { tags: { tier: ['gold'] } },
        steps: [{ after: '0s', set: { age: '60s' } }],
      },
      others: { steps: [{ after: '0s', set: { route: ['Language:French >= 3 for 45s'] } }] },
    });
    memory.describeResult = () => ({ kind: 'unknown', message: 'no answer' });
    memory.updateResult = () => ({ kind: 'unknown', message: 'no answer' });
    await dispatchAll(memory);
    const { criteria } = memory.record(KEY)?.decision?.desired ?? {};
    await enqueue(memory, KEY.contactId, { tags: { at: memory.now, value: { tier: 'gold' } } });
    await receive(memory, { type: 'override', id: 'o-1', at: memory.now, set: { priority: 4 } });
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    memory.whileUnderWay = () => {
      begin();
      return answered;
    };
    const other = dispatchAll(memory);
    await begun;
    memory.whileUnderWay = async () => {};
    memory.describeResult = () => describeSuccess({ routing: { criteria } as object, attributes: {} });
    await dispatchAll(memory);
    answer();
    await other;
    expect(memory.calls.map(({ call }) => Object.keys(call.sets))).toEqual([['criteria'], ['priority']]);
    expect(memory.lines).toMatchObject([{ to: { criteria }, outcome: 'applied' }]);
    expect(names(memory)).toEqual(['escalated']);
  });

  test('by an operator says so', async () => {
    const memory = await withAll();
    await dispatchAll(memory);
    await receive(memory, { type: 'override', id: 'o-1', at: memory.now, set: { priority: 4 } });
    await dispatchAll(memory);
    expect(memory.lines).toMatchObject([
      { to: { priority: 2 }, reason: 'policy' },
      { from: { priority: 2 }, to: { priority: 4 }, reason: 'override', policy: 'all' },
    ]);
  });

  test('that restores what an override replaced says so', async () => {
    const memory = await withAll({});
    await receive(memory, { type: 'override', id: 'o-1', at: memory.now, set: { priority: 4 } });
    await dispatchAll(memory);
    await receive(memory, { type: 'release', id: 'o-2', at: memory.now + 1 });
    await dispatchAll(memory);
    expect(memory.lines).toEqual([
      expect.objectContaining({ from: { priority: 5 }, to: { priority: 4 }, reason: 'override' }),
      expect.objectContaining({ from: { priority: 4 }, to: { priority: 5 }, reason: 'restore' }),
    ]);
    expect(memory.lines[0]).not.toHaveProperty('policy');
  });
});

describe('a change that was not made', () => {
  test('is reported as rejected, with what Connect said', async () => {
    const memory = await withAll();
    memory.updateResult = () => ({ kind: 'invalid', message: 'no such priority' });
    await dispatchAll(memory);
    expect(memory.lines).toEqual([
      { ...CHANGE, latenessMs: 0, outcome: 'rejected', error: 'no such priority' },
    ]);
    expect(names(memory)).toEqual(['rejected']);
    await leave(memory, { disconnectedAt: atSecond(9) });
    expect(outcomes(memory)).toEqual(['rejected', 'abandoned']);
  });

  test.each<UpdateResult>([
    { kind: 'throttled' },
    { kind: 'unknown', message: 'no answer' },
    { kind: 'conflict', message: 'busy' },
    { kind: 'denied', message: 'not allowed' },
    { kind: 'gone', message: 'not found' },
  ])('and may yet be made is not reported: $kind', async (result) => {
    const memory = await withAll();
    memory.updateResult = () => (memory.calls.length === 1 ? result : { kind: 'denied', message: 'stop' });
    await dispatchAll(memory);
    expect(memory.lines).toEqual([]);
    expect(names(memory)).toEqual([]);
  });

  test('is reported as missed when its contact leaves', async () => {
    const memory = await withAll();
    await leave(memory, { connectedAt: atSecond(9) });
    expect(memory.lines).toEqual([
      { ...CHANGE, from: {}, latenessMs: 9_000, outcome: 'missed' },
      { ...BY_ALL, waitedMs: 9_000, how: 'answered' },
    ]);
    expect(names(memory)).toEqual(['missed', 'left']);
    await dispatchAll(memory);
    expect(memory.calls).toEqual([]);
  });

  test('is reported as missed although its wake-up was lost', async () => {
    const memory = await withAll(TWO_STEPS);
    await dispatchAll(memory);
    await leave(memory, { disconnectedAt: atSecond(75) });
    expect(memory.lines.slice(1)).toEqual([
      expect.objectContaining({ to: { priority: 1 }, step: 1, latenessMs: 15_000, outcome: 'missed' }),
      expect.objectContaining({ step: 1, how: 'abandoned' }),
    ]);
  });

  test('is not missed where the contact left before it was due, although the event was late', async () => {
    const memory = await withAll(TWO_STEPS);
    await dispatchAll(memory);
    await deliverLastWakeUp(memory);
    await leave(memory, { connectedAt: atSecond(59) });
    expect(outcomes(memory)).toEqual(['applied', 'answered']);
  });

  test.each([
    ['known only then', (memory: MemoryPorts) => leave(memory, { connectedAt: atSecond(3) })],
    ['known before', async () => {}],
  ])('is missed once where Connect did not find the contact, which had left: %s', async (when, after) => {
    const memory = await withAll();
    memory.now = atSecond(4);
    memory.updateResult = () => ({ kind: 'gone', message: 'not found' });
    if (when === 'known before') {
      memory.whileUnderWay = () => leave(memory, { connectedAt: atSecond(3) });
    }
    await dispatchAll(memory);
    await after(memory);
    expect(outcomes(memory).sort()).toEqual(['answered', 'missed']);
    expect(memory.lines).toContainEqual(expect.objectContaining({ latenessMs: 3_000, to: { priority: 2 } }));
  });

  test('is reported as missed where an answer, not yet decided on, brought it about', async () => {
    const policies = {
      gold: { match: { tags: { tier: ['gold'] } }, ...PRIORITY_2.all },
      others: { steps: [{ after: '0s', set: { priority: 3 } }] },
    };
    const memory = await withAll(policies);
    memory.describeResult = () => describeSuccess({ routing: {}, attributes: {}, tags: { tier: 'gold' } });
    await dispatchAll(memory);
    await leave(memory, { disconnectedAt: atSecond(4) });
    expect(memory.lines).toMatchObject([
      { outcome: 'missed', policy: 'gold', to: { priority: 2 } },
      { how: 'abandoned', waitedMs: 4_000 },
    ]);
  });

  test('is not reported as missed while it is in flight, and was made', async () => {
    const memory = await withAll();
    memory.updateResult = () => ({ kind: 'done' });
    memory.whileUnderWay = () => leave(memory, { connectedAt: atSecond(3) });
    await dispatchAll(memory);
    expect(outcomes(memory)).toEqual(['answered', 'applied']);
    expect(names(memory)).toEqual(['left', 'escalated']);
  });

  test('is missed while the kill switch holds it back', async () => {
    const memory = await withAll(PRIORITY_2, { pause: true });
    await dispatchAll(memory);
    await leave(memory, { connectedAt: atSecond(9) });
    expect(names(memory)).toEqual(['missed', 'left']);
  });
});

describe('a contact that leaves its queue', () => {
  const LEFT = { events: ['left'] } as const;

  test.each([
    ['answered', { connectedAt: atSecond(30) }],
    ['abandoned', { disconnectedAt: atSecond(30) }],
    ['answered', { connectedAt: atSecond(30), disconnectedAt: atSecond(90) }],
    ['transferred', { queue: { arn: OTHER_QUEUE, enqueuedAt: atSecond(30) } }],
  ])('is reported as %s, with its wait, policy and step', async (how, facts) => {
    const memory = await withAll(PRIORITY_2, LEFT);
    await dispatchAll(memory);
    await leave(memory, facts);
    expect(memory.lines.slice(1)).toEqual([{ ...BY_ALL, waitedMs: 30_000, how }]);
    const [event] = memory.record(KEY)?.unsentEvents ?? [];
    expect(event).toMatchObject({ name: 'left', at: atSecond(30) });
    expect(event?.detail).toEqual({ id: `left/c-1/${atSecond(0)}`, ...BY_ALL, waitedMs: 30_000, how });
  });

  test('is reported although DescribeContact said so, and no event', async () => {
    const memory = await withAll();
    memory.describeResult = () =>
      describeSuccess({ routing: {}, attributes: {}, disconnectedAt: atSecond(9.75) });
    memory.now = atSecond(12);
    await dispatchAll(memory);
    expect(outcomes(memory)).toEqual(['missed', 'abandoned']);
    expect(names(memory)).toEqual(['missed', 'left']);
    await leave(memory, { disconnectedAt: atSecond(9.75) });
    expect(memory.lines.length).toBe(2);
  });

  test.each([
    ['was not made', { ageSeconds: 0 }, ['missed', 'abandoned']],
    ['was made', { ageSeconds: 60 }, ['applied', 'abandoned']],
  ])(
    'is reported where the same answer says that an update without a result %s',
    async (_, routing, said) => {
      const memory = await withAll(AGE, { ageAdjustment: 'incremental', checkBeforeFirstChange: false });
      memory.updateResult = () => ({ kind: 'unknown', message: 'no answer' });
      await dispatchAll(memory);
      memory.describeResult = () =>
        describeSuccess({ routing, attributes: {}, disconnectedAt: atSecond(1.5) });
      await deliverLastWakeUp(memory);
      await dispatchAll(memory);
      expect(outcomes(memory)).toEqual(said);
      expect(names(memory)).toEqual([said[0] === 'applied' ? 'escalated' : 'missed', 'left']);
    },
  );

  test('is reported once for each visit', async () => {
    const memory = await withAll(PRIORITY_2, LEFT);
    const moved = { queue: { arn: OTHER_QUEUE, enqueuedAt: atSecond(30) } };
    await leave(memory, moved);
    await leave(memory, moved);
    await leave(memory, { ...moved, connectedAt: atSecond(40) });
    await leave(memory, { ...moved, connectedAt: atSecond(40), disconnectedAt: atSecond(99) });
    expect(memory.lines.filter((line) => 'how' in line)).toMatchObject([
      { queueId: 'q-1', waitedMs: 30_000, how: 'transferred' },
      { queueId: 'q-2', waitedMs: 10_000, how: 'answered' },
    ]);
  });

  test('waited from the exact time of its enqueue', async () => {
    const memory = await withAll({}, LEFT);
    memory.items.clear();
    const approximateQueue = { arn: QUEUE_ARN, enqueuedAt: atSecond(1.75) };
    await enqueue(memory, KEY.contactId, { queue: undefined as never, approximateQueue });
    await leave(memory, { approximateQueue, connectedAt: atSecond(1) });
    expect(memory.lines.at(-1)).toMatchObject({ waitedMs: 1_000, how: 'answered' });
  });

  test('is reported although an answer has just given the exact time of its enqueue', async () => {
    const memory = await withAll();
    memory.items.clear();
    const approximateQueue = { arn: QUEUE_ARN, enqueuedAt: atSecond(-0.25) };
    await enqueue(memory, KEY.contactId, { queue: undefined as never, approximateQueue });
    const queue = { arn: QUEUE_ARN, enqueuedAt: atSecond(0) };
    memory.describeResult = () => describeSuccess({ routing: {}, attributes: {}, queue });
    await dispatchAll(memory);
    await leave(memory, { disconnectedAt: atSecond(4) });
    expect(outcomes(memory)).toEqual(['missed', 'abandoned']);
    expect(memory.lines.at(-1)).toMatchObject({ policy: 'all', waitedMs: 4_000 });
    expect(memory.record(KEY)?.unsentEvents?.at(-1)?.detail.id).toBe(`left/c-1/${atSecond(0)}`);
  });

  test.each([
    ['the settings do not choose the event', { events: [] }, {}, ['missed', 'answered'], []],
    [
      'another Region acts on it',
      { events: ALL },
      { activeRegion: { at: atSecond(0), value: 'eu-west-2' } },
      [],
      [],
    ],
  ])('keeps no event where %s', async (_name, settings, facts, lines, events) => {
    const memory = await withPendingChange(context(PRIORITY_2, settings as Partial<Settings>), facts);
    await leave(memory, { ...facts, connectedAt: atSecond(9) });
    expect(outcomes(memory)).toEqual(lines);
    expect(names(memory)).toEqual(events);
  });

  test('that an observing policy alone would have changed missed nothing', async () => {
    const memory = await withAll({ all: { ...PRIORITY_2.all, mode: 'observe' } });
    memory.describeResult = () => describeSuccess({ routing: {}, attributes: {} });
    await dispatchAll(memory);
    await leave(memory, { connectedAt: atSecond(9) });
    expect(memory.lines).toEqual([{ ...WHERE, waitedMs: 9_000, how: 'answered' }]);
  });

  test('that nobody knew to wait is not reported', async () => {
    const memory = await withAll();
    memory.items.clear();
    await leave(memory, { connectedAt: atSecond(9) });
    expect(memory.lines).toEqual([]);
  });
});
