import { describe, expect, test } from '@jest/globals';
import { keyString } from '../../lambda/domain/contact/contact-key.ts';
import { queueVisitId } from '../../lambda/domain/contact/facts.ts';
import { atSecond, context, KEY, queuedContact, T0 } from '../support/contacts.ts';
import { dispatchAll, enqueue, PRIORITY_2, receive, withPendingChange } from '../support/flow.ts';
import { describeSuccess, MemoryPorts } from '../support/memory-ports.ts';

const RICH = {
  rich: {
    precedence: 1,
    match: { channel: ['VOICE'], attributes: { value: ['1'] } },
    steps: [{ after: '0s', set: { priority: 1 } }],
  },
};
const VISIT = queueVisitId(queuedContact().facts);
const priorities = (memory: MemoryPorts) => memory.calls.map(({ call }) => call.update.QueuePriority);
const wake = (memory: MemoryPorts) => receive(memory, { type: 'wake', wakeAt: memory.now });
/** Whatever is sent fails once, as when SQS does not answer. */
function failNextSend(memory: MemoryPorts): void {
  const send = memory.sendWakeUps.bind(memory);
  memory.sendWakeUps = async () => {
    memory.sendWakeUps = send;
    throw new TypeError('SQS does not answer');
  };
}

describe('a damaged record', () => {
  /** The record of {@link KEY} as somebody damaged it. */
  function damage(memory: MemoryPorts, members: object): void {
    const item = memory.items.get(keyString(KEY));
    if (item) memory.items.set(keyString(KEY), { ...item, record: { ...item.record, ...members } });
  }

  test.each<[string, object]>([
    ['a status without what is applied', { status: { queueVisit: VISIT } }],
    [
      'a decision without what is desired',
      { decision: { reason: 'governed', queueVisit: VISIT, generation: 1 } },
    ],
    [
      'attributes that are none',
      { attributes: null, decision: { queueVisit: VISIT, requiredAttributes: ['a'] } },
    ],
    ['a time that is none', { decision: { queueVisit: VISIT, desired: {}, dueAt: 'now' } }],
  ])('stops no update of another contact: %s', async (_name, members) => {
    const memory = await withPendingChange();
    await enqueue(memory, 'c-2');
    damage(memory, members);
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.calls.map(({ contactId }) => contactId)).toEqual(['c-2']);
  });

  test('is reported', async () => {
    const memory = await withPendingChange();
    damage(memory, { status: { queueVisit: VISIT } });
    await dispatchAll(memory);
    expect(memory.telemetryLog).toContainEqual(expect.stringMatching(/^failed c-1: TypeError/));
  });
});

describe('an inactive contact gets no update', () => {
  const reasons: [string, (memory: MemoryPorts) => Promise<unknown>][] = [
    ['paused', (memory) => enqueue(memory, 'c-1', { pauses: [atSecond(5)] })],
    [
      'of another Region',
      (memory) => enqueue(memory, 'c-1', { activeRegion: { at: atSecond(5), value: 'us-east-1' } }),
    ],
    [
      'of an instance that is not served any more',
      async (memory) => {
        memory.configuration = context(PRIORITY_2, { instances: ['i-2'] });
        await wake(memory);
      },
    ],
  ];

  test.each(reasons)('%s: the effect of an override is not undone now', async (_name, happens) => {
    const memory = await withPendingChange(context({}));
    await receive(memory, { type: 'override', id: 'o', at: T0, set: { priority: 1 } });
    await dispatchAll(memory);
    await happens(memory);
    await dispatchAll(memory);
    expect(priorities(memory)).toEqual([1]);
    expect(memory.record(KEY)?.status?.restorePoint).toEqual({ priority: 5, ageSeconds: 0 });
  });

  test.each([
    ...reasons,
    [
      'whose policy only observes now',
      async (memory: MemoryPorts) => {
        memory.configuration = context({ all: { ...PRIORITY_2.all, mode: 'observe' } });
        await wake(memory);
      },
    ] as const,
    [
      'whose policy was deleted',
      async (memory: MemoryPorts) => {
        memory.configuration = context({});
        await wake(memory);
      },
    ] as const,
  ])('%s: a call of unknown outcome is not made again', async (_name, happens) => {
    const memory = await withPendingChange();
    memory.updateResult = () => ({ kind: 'unknown', message: 'timeout' });
    await dispatchAll(memory);
    memory.now = atSecond(10);
    await happens(memory);
    await dispatchAll(memory);
    expect(priorities(memory)).toEqual([2]);
  });

  test('that left while Connect was asked about it gets no update', async () => {
    const memory = await withPendingChange();
    memory.describeResult = () => describeSuccess({ routing: {}, attributes: {} });
    const describe = memory.describe.bind(memory);
    memory.describe = async (key) => {
      await enqueue(memory, 'c-1', { connectedAt: atSecond(1) });
      return describe(key);
    };
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.calls).toEqual([]);
  });
});

describe('a failure for one contact does not affect the others', () => {
  test('a call that throws', async () => {
    const memory = await withPendingChange();
    await enqueue(memory, 'c-2');
    memory.updateResult = ({ contactId }) => {
      if (contactId === 'c-1') throw new RangeError('poison');
      return { kind: 'done' };
    };
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.record({ ...KEY, contactId: 'c-2' })?.status?.applied.priority).toBe(2);
    expect(memory.telemetryLog).toContain('failed c-1: RangeError: poison');
    memory.updateResult = () => ({ kind: 'done' });
    memory.now += 5_000;
    await dispatchAll(memory, []);
    expect(memory.record(KEY)?.status?.applied.priority).toBe(2);
  });

  test('contacts that Connect does not answer about do not block the others', async () => {
    const memory = new MemoryPorts(
      context({
        ...RICH,
        urgent: { match: { channel: ['CHAT'] }, steps: [{ after: '0s', set: { priority: 1 } }] },
      }),
    );
    memory.fillQuota();
    for (let index = 0; index < 10; index++) await enqueue(memory, `voice-${index}`);
    memory.now = atSecond(1);
    await enqueue(memory, 'chat', { channel: 'CHAT' });
    memory.describeResult = () => ({ kind: 'throttled', message: 'no' });
    await dispatchAll(memory, []);
    expect(memory.calls.map(({ contactId }) => contactId)).toEqual(['chat']);
  });
});

describe('a crash between two steps loses nothing', () => {
  test('attributes were written and the wake-up was not sent', async () => {
    const memory = await withPendingChange(context(RICH));
    memory.describeResult = () => describeSuccess({ routing: {}, attributes: { value: '1' } });
    failNextSend(memory);
    await dispatchAll(memory);
    expect(memory.record(KEY)?.attributes?.values).toEqual({ value: '1' });
    memory.now += 5_000;
    const sent = memory.sent.length;
    await dispatchAll(memory, []);
    expect(memory.sent.length).toBe(sent + 1);
    await wake(memory);
    await dispatchAll(memory);
    expect(priorities(memory)).toEqual([1]);
  });

  test('the result was unknown and the wake-up was not sent', async () => {
    const memory = await withPendingChange();
    memory.updateResult = () => ({ kind: 'unknown', message: 'timeout' });
    failNextSend(memory);
    await dispatchAll(memory);
    memory.updateResult = () => ({ kind: 'done' });
    memory.now += 5_000;
    await dispatchAll(memory, []);
    expect(priorities(memory)).toEqual([2, 2]);
  });

  test.each([0, 4_000])('a timer fired %d ms before the record was written', async (laterMs) => {
    const soon = context({ all: { steps: [{ after: '1s', set: { priority: 2 } }] } });
    const memory = new MemoryPorts(soon);
    let stalls = true;
    memory.beforeSave = () => {
      if (stalls) memory.now = Date.parse(String(memory.sent[0]?.body.wakeAt)) + laterMs;
      stalls = false;
    };
    await enqueue(memory);
    expect(memory.record(KEY)?.decision?.desired).toEqual({ priority: 2 });
    expect(memory.dispatchNotifications.length).toBe(1);
  });

  test('dispatch was killed after an update that must not be sent twice', async () => {
    const aged = context(
      { all: { steps: [{ after: '0s', set: { age: '5m' } }] } },
      { ageAdjustment: 'incremental', checkBeforeFirstChange: false },
    );
    const memory = await withPendingChange(aged);
    let killed = true;
    memory.updateResult = () => {
      if (killed) throw new TypeError('killed');
      return { kind: 'done' };
    };
    await dispatchAll(memory);
    killed = false;
    memory.now += 5_000;
    memory.describeResult = () => describeSuccess({ routing: { ageSeconds: 300 }, attributes: {} });
    await dispatchAll(memory);
    expect(memory.calls.length).toBe(1);
    expect(memory.record(KEY)?.status).toMatchObject({ applied: { ageSeconds: 300 } });
  });
});

describe('an answer of DescribeContact describes the state at the time of the question', () => {
  const answeredWhile = async (happens: (memory: MemoryPorts) => Promise<unknown>, given = context(RICH)) => {
    const memory = await withPendingChange(given);
    memory.describe = async () => {
      await happens(memory);
      return describeSuccess({ routing: { priority: 1 }, attributes: { value: '0' } });
    };
    await dispatchAll(memory);
    return memory.record(KEY);
  };

  test('attributes that changed meanwhile are unknown', async () => {
    const record = await answeredWhile((memory) =>
      enqueue(memory, 'c-1', { attributesChangedAt: atSecond(1) }),
    );
    expect(record?.attributes?.changedAt).toBe(0);
  });

  test('the applied routing in one queue is not used for another queue', async () => {
    const queue = { arn: 'arn:other', enqueuedAt: atSecond(1) };
    const record = await answeredWhile((memory) => enqueue(memory, 'c-1', { queue }), context(PRIORITY_2));
    expect(record?.status?.queueVisit).toBe(`arn:other@${atSecond(1)}`);
    expect(record?.status?.applied).not.toMatchObject({ priority: 1 });
  });

  test('known attributes remain known when only the routing is asked for', async () => {
    const memory = await withPendingChange(context(RICH));
    memory.describeResult = () => describeSuccess({ routing: {}, attributes: { value: '1' } });
    await dispatchAll(memory);
    await enqueue(memory, 'c-1', { queue: { arn: 'arn:other', enqueuedAt: atSecond(1) } });
    await dispatchAll(memory);
    expect(memory.record(KEY)?.attributes?.values).toEqual({ value: '1' });
  });
});

describe('a contact that is moved between the question and the update', () => {
  const MOVED = { queue: { arn: 'arn:other', enqueuedAt: atSecond(1) } };
  const isMoved = (memory: MemoryPorts) => memory.record(KEY)?.facts?.queue?.arn === MOVED.queue.arn;
  /** Tokens for the call are taken after the question and before the announcement. */
  function moveBeforeCall(memory: MemoryPorts): void {
    const describe = memory.describe.bind(memory);
    memory.describe = async (key) => {
      const answer = await describe(key);
      if (!isMoved(memory)) await enqueue(memory, 'c-1', MOVED);
      return answer;
    };
    memory.now = atSecond(2);
  }

  test('is asked about again, and its urgency does not fall', async () => {
    const memory = await withPendingChange();
    memory.describeResult = () =>
      describeSuccess({ routing: { priority: isMoved(memory) ? 1 : 5 }, attributes: {} });
    moveBeforeCall(memory);
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.described).toEqual(['c-1', 'c-1']);
    expect(memory.calls).toEqual([]);
  });

  test('gets no age on top of an unknown one', async () => {
    const aged = { all: { steps: [{ after: '0s', set: { age: '5m' } }] } };
    const memory = await withPendingChange(context(aged, { ageAdjustment: 'incremental' }));
    const age = () => (isMoved(memory) ? 300 : 0);
    memory.describeResult = () => describeSuccess({ routing: { ageSeconds: age() }, attributes: {} });
    moveBeforeCall(memory);
    expect(await dispatchAll(memory)).toBe('empty');
    expect(memory.described).toEqual(['c-1', 'c-1']);
    expect(memory.calls).toEqual([]);
  });
});

describe('after many updates with an unknown result', () => {
  const afterOutage = async () => {
    const memory = await withPendingChange();
    memory.updateResult = () => ({ kind: 'unknown', message: 'timeout' });
    for (let tries = 0; tries < 6; tries++) {
      await dispatchAll(memory);
      memory.now = memory.record(KEY)?.status?.retryAt ?? 0;
      await wake(memory);
    }
    return memory;
  };

  test('a conflict is retried like any other', async () => {
    const memory = await afterOutage();
    memory.updateResult = () => ({ kind: 'conflict', message: 'busy' });
    for (let tries = 0; tries < 4; tries++) {
      await dispatchAll(memory);
      expect(memory.record(KEY)?.status).toMatchObject({ conflicts: tries + 1 });
      memory.now = memory.record(KEY)?.status?.retryAt ?? 0;
      await wake(memory);
    }
    memory.updateResult = () => ({ kind: 'done' });
    await dispatchAll(memory);
    expect(memory.record(KEY)?.status).toEqual({
      queueVisit: memory.record(KEY)?.decision?.queueVisit,
      applied: { priority: 2, ageSeconds: 0 },
      isObserved: true,
    });
  });

  test.each([
    { kind: 'unknown', message: 'timeout' },
    { kind: 'conflict', message: 'busy' },
  ] as const)('what an operator says during one more ($kind) is not put off by it', async (outcome) => {
    const memory = await afterOutage();
    const [called, began] = [memory.calls.length, memory.now];
    const update = memory.updateRouting.bind(memory);
    memory.updateResult = () => ({ kind: 'done' });
    memory.updateRouting = async (...given) => {
      memory.updateRouting = update;
      await update(...given);
      await receive(memory, { type: 'override', id: 'o', at: memory.now, set: { priority: 1 } });
      return outcome;
    };
    await dispatchAll(memory);
    expect(priorities(memory).slice(called)).toEqual([2, 1]);
    expect(memory.now - began).toBeLessThan(2_500);
  });
});

test('an override does not wait for the failed attempts of another routing', async () => {
  const memory = await withPendingChange();
  memory.updateResult = () => ({ kind: 'conflict', message: 'busy' });
  for (let tries = 0; tries < 4; tries++) {
    await dispatchAll(memory);
    memory.now = (memory.record(KEY)?.status?.retryAt ?? 0) + (tries < 3 ? 0 : -5_000);
    if (tries < 3) await wake(memory);
  }
  await receive(memory, { type: 'override', id: 'o', at: memory.now, set: { priority: 1 } });
  expect(memory.record(KEY)?.status).not.toHaveProperty('retryAt');
  await dispatchAll(memory);
  expect(memory.record(KEY)?.status).toMatchObject({ attempts: 1 });
});

test('a contact keeps its latest 64 signals', async () => {
  const memory = new MemoryPorts(context({}));
  for (let index = 0; index < 80; index++) {
    await receive(memory, { type: 'signal', id: `s-${index}`, at: T0 + index, signal: `n-${index}` });
  }
  const names = Object.keys(memory.record(KEY)?.signals ?? {});
  expect(names.length).toBe(64);
  expect(names).toEqual(expect.arrayContaining(['n-79', 'n-16']));
});
