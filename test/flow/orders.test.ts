import { describe, expect, test } from '@jest/globals';
import type { MessageQueue } from '../../lambda/domain/messages/message-queue.ts';
import { ORIGINAL_MESSAGE_ATTRIBUTES } from '../../lambda/domain/messages/original-message.ts';
import { startBatch } from '../../lambda/flow/handle-rule-message.ts';
import { context, KEY, T0 } from '../support/contacts.ts';
import { enqueue } from '../support/flow.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

/* What operators order is on record with the sender that SQS reports, whatever the message says of itself. */

const SENDER = 'AROAEXAMPLEID:ann@example.org';
const OVERRIDE = { type: 'override', ...KEY, set: { priority: 1 }, actor: 'the boss', ttl: '10m' };
const AT = new Date(T0).toISOString();
const BY_ANN = { sender: SENDER, messageId: 'sqs-1', sentAt: AT };

const system = () => new MemoryPorts(context({}, { events: ['overridden', 'released'] }));

/** Delivers a message as Lambda does, from a sender. */
async function deliver(
  memory: MemoryPorts,
  body: object,
  {
    messageId = 'sqs-1',
    sentAt = T0,
    senderId = SENDER,
    queue = 'OperatorMessages' as MessageQueue,
    attributes = {} as Record<string, string>,
  } = {},
): Promise<void> {
  await startBatch(
    memory.reconcilePorts,
    memory.source(queue),
  )({
    messageId,
    sentAt,
    senderId,
    body: JSON.stringify(body),
    receiveCount: 1,
    receiptHandle: 'r',
    attribute: (name) => attributes[name],
  });
}

const events = (memory: MemoryPorts) => memory.record(KEY)?.unsentEvents ?? [];

describe('an override', () => {
  const line = {
    order: 'override',
    ...KEY,
    ...BY_ANN,
    actor: 'the boss',
    set: { priority: 1 },
    until: new Date(T0 + 600_000).toISOString(),
    outcome: 'applied',
  };

  test('has a log line with its sender beside its actor', async () => {
    const memory = system();
    await deliver(memory, OVERRIDE);
    expect(memory.orders).toEqual([line]);
  });

  test('is an event in the same write, with the ARN of its contact once an event of it has come', async () => {
    const memory = system();
    await deliver(memory, OVERRIDE);
    expect(events(memory)).toEqual([
      { name: 'overridden', at: T0, detail: { id: 'overridden/c-1/sqs-1', ...line } },
    ]);
    await enqueue(memory);
    await deliver(memory, OVERRIDE, { messageId: 'sqs-2' });
    expect(events(memory)[1]).toMatchObject({
      contactArn: 'arn:aws:connect:eu-central-1:123456789012:instance/i-1/contact/c-1',
      detail: { id: 'overridden/c-1/sqs-2' },
    });
  });

  test('keeps its sender in the record and its history', async () => {
    const memory = system();
    await deliver(memory, OVERRIDE);
    const { override, history } = memory.record(KEY) ?? {};
    expect(override).toMatchObject({ actor: 'the boss', sender: SENDER });
    expect(history?.[0]?.text).toBe(`override by the boss, sent by ${SENDER}`);
  });

  test('cannot name its sender itself', async () => {
    const memory = system();
    await deliver(memory, { ...OVERRIDE, sender: 'AIDABOSS' });
    expect(memory.deadLetters).toMatchObject([{ error: expect.stringContaining('sender') }]);
    await deliver(memory, OVERRIDE, { attributes: { SenderId: 'AIDABOSS' } });
    expect(memory.orders).toMatchObject([{ sender: SENDER }]);
  });

  test('that is delivered twice is one', async () => {
    const memory = system();
    await deliver(memory, OVERRIDE);
    await deliver(memory, OVERRIDE);
    expect([memory.orders.length, events(memory).length]).toEqual([1, 1]);
  });

  test('that comes after a later order is on record, too, as superseded', async () => {
    const memory = system();
    await deliver(memory, { type: 'release', ...KEY }, { messageId: 'sqs-2', sentAt: T0 + 1 });
    await deliver(memory, OVERRIDE);
    expect(memory.orders).toMatchObject([
      { order: 'release', outcome: 'applied' },
      { order: 'override', outcome: 'superseded' },
    ]);
    expect(events(memory).map(({ name }) => name)).toEqual(['released', 'overridden']);
  });

  test('that comes after its ttl, as one that is redriven may, is on record as expired', async () => {
    const memory = system();
    await enqueue(memory);
    memory.now = T0 + 600_000;
    await deliver(memory, OVERRIDE);
    expect(memory.orders).toMatchObject([{ order: 'override', outcome: 'expired' }]);
    expect(memory.record(KEY)?.decision?.override).toBeUndefined();
  });

  test('is on record although the settings send no event', async () => {
    const memory = new MemoryPorts(context({}, { events: [] }));
    await deliver(memory, OVERRIDE);
    expect(memory.orders).toHaveLength(1);
    expect(memory.record(KEY)?.unsentEvents).toBeUndefined();
  });

  test('that is redriven names the sender of the redrive, and the first sender as the redrive states it', async () => {
    const memory = system();
    await deliver(memory, OVERRIDE, {
      senderId: 'AROAOPERATOR:bob',
      attributes: { [ORIGINAL_MESSAGE_ATTRIBUTES.senderId]: SENDER },
    });
    expect(memory.orders).toMatchObject([{ sender: 'AROAOPERATOR:bob', originalSender: SENDER }]);
    expect(memory.record(KEY)?.override).toMatchObject({
      sender: 'AROAOPERATOR:bob',
      originalSender: SENDER,
    });
  });
});

test('a release has a log line and an event with its sender', async () => {
  const memory = system();
  await deliver(memory, OVERRIDE);
  await deliver(memory, { type: 'release', ...KEY, actor: 'bob' }, { messageId: 'sqs-2', sentAt: T0 + 1 });
  const line = {
    order: 'release',
    ...KEY,
    sender: SENDER,
    actor: 'bob',
    messageId: 'sqs-2',
    sentAt: new Date(T0 + 1).toISOString(),
    outcome: 'applied',
  };
  expect(memory.orders[1]).toEqual(line);
  expect(events(memory)[1]).toEqual({
    name: 'released',
    at: T0 + 1,
    detail: { id: 'released/c-1/sqs-2', ...line },
  });
});

test.each([
  ['a reevaluate', { type: 'reevaluate' }, { order: 'reevaluate' }],
  ['an adopt', { type: 'adopt', ...KEY }, { order: 'adopt', ...KEY }],
  [
    'a contact event',
    {
      'detail-type': 'Amazon Connect Contact Event',
      time: AT,
      detail: {
        eventType: 'DISCONNECTED',
        contactId: KEY.contactId,
        instanceArn: `arn:aws:connect:eu-central-1:123456789012:instance/${KEY.instanceId}`,
        disconnectTimestamp: AT,
      },
    },
    { order: 'contact-event', ...KEY },
  ],
])('%s of an operator has a log line with its sender', async (_name, body, expected) => {
  const memory = system();
  await deliver(memory, body);
  expect(memory.deadLetters).toEqual([]);
  expect(memory.orders).toEqual([{ ...expected, ...BY_ANN }]);
});

test.each([
  ['a signal', 'RuleMessages', { type: 'signal', ...KEY, signal: 'vip' }],
  ['a wake-up', 'WakeUps', { type: 'wake', ...KEY, wakeAt: AT }],
  ['a reevaluate of the system itself', 'WakeUps', { type: 'reevaluate' }],
] as const)('%s is no order of an operator', async (_name, queue, body) => {
  const memory = system();
  await deliver(memory, body, { queue });
  expect([memory.orders, memory.deadLetters]).toEqual([[], []]);
});

test('who sent what its queue does not take is on record', async () => {
  const memory = system();
  await deliver(memory, OVERRIDE, { queue: 'RuleMessages', senderId: 'AIDACRM' });
  expect(memory.telemetryLog).toEqual([expect.stringMatching(/^malformed sqs-1 of AIDACRM: /)]);
  expect(memory.deadLetters).toMatchObject([{ original: { senderId: 'AIDACRM' } }]);
  expect(memory.record(KEY)).toBeUndefined();
});
