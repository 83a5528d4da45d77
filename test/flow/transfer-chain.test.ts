import { describe, expect, test } from '@jest/globals';
import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { RecordVersionError } from '../../lambda/domain/contact/record-versions.ts';
import type { ContactMessage } from '../../lambda/domain/messages/rule-message.ts';
import { startBatch } from '../../lambda/flow/handle-rule-message.ts';
import { atSecond, context, INSTANCE, QUEUE_ARN, T0 } from '../support/contacts.ts';
import { enqueue, PRIORITY_2, receive } from '../support/flow.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const ANGRY = {
  angry: { match: { signals: ['angry'] }, steps: [{ after: '0s', set: { priority: 2 } }] },
};

const LATE = [{ after: '60s', set: { priority: 2 } }];

/** The facts of a contact that a transfer made, queued that many seconds after {@link T0}. */
function transferred(previousContactId: string, seconds: number, more: Partial<ContactFacts> = {}) {
  const enqueuedAt = atSecond(seconds);
  return {
    previousContactId,
    initiationMethod: 'TRANSFER',
    queue: { arn: QUEUE_ARN, enqueuedAt },
    firstEnqueuedAt: enqueuedAt,
    ...more,
  };
}

/** Delivers all messages that the system sends, the wake-ups left out, until it sends no more. */
async function deliver(memory: MemoryPorts): Promise<number> {
  let delivered = 0;
  for (let next = memory.sent.shift(); next; next = memory.sent.shift()) {
    if (next.body.type === 'wake') continue;
    delivered += 1;
    const { body } = next;
    const handle = startBatch(memory.reconcilePorts, memory.source('WakeUps'));
    await handle({
      messageId: `m-${delivered}`,
      sentAt: memory.now,
      body: JSON.stringify(body),
      receiveCount: 1,
      receiptHandle: 'r',
      attribute: () => undefined,
    });
  }
  return delivered;
}

function signal(memory: MemoryPorts, contactId: string, name: string, until?: number) {
  const message = { type: 'signal', id: `${contactId} ${name}`, contactId, at: memory.now, signal: name };
  return receive(memory, { ...message, ...(until === undefined ? {} : { until }) } as ContactMessage);
}

const recordOf = (memory: MemoryPorts, contactId: string): ContactRecord | undefined =>
  memory.record({ instanceId: INSTANCE, contactId });

test('a signal whose name every object has is taken over', async () => {
  const memory = new MemoryPorts(context({}));
  await enqueue(memory, 'a');
  await signal(memory, 'a', 'constructor', atSecond(90));
  const record = await enqueue(memory, 'b', transferred('a', 60));
  expect(record.signals).toEqual({ constructor: { at: T0, until: atSecond(90) } });
});

describe('a contact before that cannot be read', () => {
  /** Reads of that contact fail from now on, until the function is called that is returned. */
  function failReads(memory: MemoryPorts, contactId: string, error: Error): () => void {
    const load = memory.load.bind(memory);
    memory.load = async (key) => {
      if (key.contactId === contactId) throw error;
      return load(key);
    };
    return () => {
      memory.load = load;
    };
  }

  test('holds up nothing, is reported, and hands on what it has once it can be read', async () => {
    const memory = new MemoryPorts(context({ ...PRIORITY_2, ...ANGRY }));
    await enqueue(memory, 'a');
    await signal(memory, 'a', 'angry');
    const repair = failReads(memory, 'a', new RecordVersionError('a newer version'));
    const alone = await enqueue(memory, 'b', transferred('a', 60));
    expect(alone.decision).toMatchObject({ reason: 'governed', policy: 'all' });
    expect(memory.telemetryLog).toEqual(['chain of b unreadable: RecordVersionError: a newer version']);
    repair();
    const record = await receive(memory, { type: 'wake', contactId: 'b', wakeAt: memory.now });
    expect(Object.keys(record.signals)).toEqual(['angry']);
  });

  test('far before it, too', async () => {
    const memory = new MemoryPorts(context(PRIORITY_2));
    await enqueue(memory, 'a');
    await enqueue(memory, 'b', transferred('a', 30));
    await enqueue(memory, 'c', transferred('b', 60));
    failReads(memory, 'a', new RecordVersionError('a newer version'));
    const record = await receive(memory, { type: 'wake', contactId: 'c', wakeAt: memory.now });
    expect(record.decision).toMatchObject({ reason: 'governed' });
  });

  test('since the table does not answer: the event is delivered again', async () => {
    const memory = new MemoryPorts(context(PRIORITY_2));
    failReads(memory, 'a', new Error('no answer'));
    await expect(enqueue(memory, 'b', transferred('a', 60))).rejects.toThrow('no answer');
  });
});

describe('a contact takes over from the contact before it in its transfer chain', () => {
  test('its signals, with their ends, along a chain of three', async () => {
    const memory = new MemoryPorts(context(ANGRY));
    await enqueue(memory, 'a');
    await signal(memory, 'a', 'angry', atSecond(600));
    await signal(memory, 'a', 'over', atSecond(5));
    memory.now = atSecond(60);
    await enqueue(memory, 'b', transferred('a', 60));
    const record = await enqueue(memory, 'c', transferred('b', 60));
    expect(record.signals).toEqual({ angry: { at: T0, until: atSecond(600) } });
    expect(record.chain).toMatchObject({ transfers: 2, firstEnqueuedAt: T0, initialContactId: 'a' });
    expect(record.decision?.desired).toEqual({ priority: 2 });
  });

  test('signals that come after it was queued', async () => {
    const memory = new MemoryPorts(context(ANGRY));
    await enqueue(memory, 'a');
    await enqueue(memory, 'b', transferred('a', 1));
    await enqueue(memory, 'c', transferred('b', 2));
    memory.now = atSecond(10);
    await signal(memory, 'a', 'angry', atSecond(600));
    await deliver(memory);
    expect(recordOf(memory, 'c')?.signals).toEqual({ angry: { at: atSecond(10), until: atSecond(600) } });
    expect(recordOf(memory, 'c')?.decision?.desired).toEqual({ priority: 2 });
  });

  test('what is known of the contact before only later, in any order of events', async () => {
    const memory = new MemoryPorts(context(ANGRY));
    await enqueue(memory, 'c', transferred('b', 120));
    expect(recordOf(memory, 'c')?.chain).toEqual({ previousContactId: 'b', transfers: 1 });
    await enqueue(memory, 'b', transferred('a', 60));
    await deliver(memory);
    expect(recordOf(memory, 'c')?.chain).toMatchObject({ transfers: 2, firstEnqueuedAt: atSecond(60) });
    await enqueue(memory, 'a');
    await deliver(memory);
    expect(recordOf(memory, 'c')?.chain).toMatchObject({ transfers: 2, firstEnqueuedAt: T0 });
  });

  test('at the next resync, what was lost on the way', async () => {
    const memory = new MemoryPorts(context(ANGRY));
    await enqueue(memory, 'a');
    await enqueue(memory, 'b', transferred('a', 1));
    await enqueue(memory, 'c', transferred('b', 2));
    await signal(memory, 'a', 'angry');
    memory.sent.length = 0;
    const record = await receiveWakeUp(memory, 'c');
    expect(record?.signals).toEqual({ angry: { at: T0 } });
  });

  test('but no override, and no signal of the queue before', async () => {
    const memory = new MemoryPorts(context(ANGRY));
    await enqueue(memory, 'a');
    await receive(memory, {
      type: 'override',
      id: 'o',
      contactId: 'a',
      at: T0,
      set: { priority: 1 },
    } as ContactMessage);
    await receive(memory, {
      type: 'signal-of-queue',
      id: 's',
      contactId: 'a',
      at: T0,
      signal: 'angry',
      queueArn: QUEUE_ARN,
    } as ContactMessage);
    const record = await enqueue(memory, 'b', transferred('a', 1));
    expect([record.override, record.signals]).toEqual([undefined, {}]);
  });

  test('no waiting of a call that an agent dialled', async () => {
    const memory = new MemoryPorts(context({ p: { clock: 'firstEnqueued', steps: LATE } }));
    memory.now = atSecond(300);
    await enqueue(memory, 'a', { initiationMethod: 'OUTBOUND', dialer: 'agent', connectedAt: atSecond(10) });
    const record = await enqueue(memory, 'b', transferred('a', 300));
    expect(record.chain).toEqual({ previousContactId: 'a', transfers: 1, initialContactId: 'a' });
    expect(record.wakeAt).toBe(atSecond(360));
  });

  test.each<[string, Partial<ContactFacts>, number]>([
    ['that ended', { pauses: [atSecond(10)], resumes: [atSecond(70)] }, 120],
    ['that its end ended', { pauses: [atSecond(10)], disconnectedAt: atSecond(90) }, 140],
    ['that only the next queue ended', { pauses: [atSecond(10)] }, 150],
  ])('how long it was paused, with a pause %s', async (_name, paused, dueSecond) => {
    for (const isLate of [false, true]) {
      const memory = new MemoryPorts(context({ p: { clock: 'firstEnqueued', steps: LATE } }));
      memory.now = atSecond(105);
      const task = { channel: 'TASK', initiationMethod: 'API', ...paused };
      if (!isLate) await enqueue(memory, 'a', task);
      await enqueue(memory, 'b', transferred('a', 100, { channel: 'TASK' }));
      await enqueue(memory, 'c', transferred('b', 105, { channel: 'TASK' }));
      if (isLate) await enqueue(memory, 'a', task);
      await deliver(memory);
      expect(recordOf(memory, 'b')?.wakeAt).toBe(atSecond(dueSecond));
      expect(recordOf(memory, 'c')?.wakeAt).toBe(atSecond(dueSecond));
    }
  });

  test('without a further read or write at its next event', async () => {
    const memory = new MemoryPorts(context(ANGRY));
    await enqueue(memory, 'b', transferred('a', 1));
    const loaded: string[] = [];
    const load = memory.load.bind(memory);
    memory.load = (key) => {
      loaded.push(key.contactId);
      return load(key);
    };
    const saved: string[] = [];
    memory.beforeSave = ({ contactId }) => saved.push(contactId);
    await enqueue(memory, 'b', { ...transferred('a', 1), connectedAt: atSecond(5) });
    expect([loaded, saved]).toEqual([['b'], ['b']]);
  });
});

describe('a contact takes nothing over', () => {
  test.each<[string, Partial<ContactFacts>]>([
    ['that a rule made of a call', { initiationMethod: 'API', channel: 'TASK' }],
    ['of a flow', { initiationMethod: 'FLOW' }],
    ['whose method is not known yet', { initiationMethod: undefined as never }],
    ['that names itself', { previousContactId: 'b' }],
  ])('%s', async (_name, facts) => {
    const memory = new MemoryPorts(context(ANGRY));
    await enqueue(memory, 'a');
    await signal(memory, 'a', 'angry');
    const record = await enqueue(memory, 'b', transferred('a', 1, facts));
    expect([record.chain, record.signals]).toEqual([undefined, {}]);
  });
});

test.each([
  'TRANSFER',
  'QUEUE_TRANSFER',
  'CALLBACK',
  'CALLBACK_CUSTOMER_FIRST_QUEUED',
  'CALLBACK_CUSTOMER_FIRST_DIALED',
])('the method %s counts as a transfer, from an unknown contact, too', async (initiationMethod) => {
  const memory = new MemoryPorts(context(ANGRY));
  const record = await enqueue(memory, 'b', transferred('a', 1, { initiationMethod }));
  expect(record.chain?.transfers).toBe(1);
});

test('contacts that name each other in a circle come to rest', async () => {
  const memory = new MemoryPorts(context(ANGRY));
  await enqueue(memory, 'a', transferred('c', 0));
  await enqueue(memory, 'b', transferred('a', 1));
  await enqueue(memory, 'c', transferred('b', 2));
  expect(await deliver(memory)).toBeLessThan(400);
  await signal(memory, 'a', 'angry');
  expect(await deliver(memory)).toBeLessThan(10);
  expect(recordOf(memory, 'c')?.signals).toEqual({ angry: { at: T0 } });
  expect((await receiveWakeUp(memory, 'a'))?.chain?.transfers).toBe(100);
});

test('a contact keeps its place in the rollout along a chain whose events do not name the first contact', async () => {
  const memory = new MemoryPorts(context(ANGRY));
  await enqueue(memory, 'a');
  await enqueue(memory, 'b', transferred('a', 1));
  const record = await enqueue(memory, 'c', transferred('b', 2));
  expect(record.chain?.initialContactId).toBe('a');
});

async function receiveWakeUp(memory: MemoryPorts, contactId: string) {
  const handle = startBatch(memory.reconcilePorts, memory.source('WakeUps'));
  const wakeAt = new Date(memory.now).toISOString();
  const body = JSON.stringify({ type: 'wake', instanceId: INSTANCE, contactId, wakeAt });
  await handle({
    messageId: 'w',
    sentAt: memory.now,
    body,
    receiveCount: 1,
    receiptHandle: 'r',
    attribute: () => undefined,
  });
  return recordOf(memory, contactId);
}
