import { describe, expect, test } from '@jest/globals';
import type { MessageQueue } from '../../lambda/domain/messages/message-queue.ts';
import { handleContactEvent } from '../../lambda/flow/handle-contact-event.ts';
import { startBatch } from '../../lambda/flow/handle-rule-message.ts';
import { context, INSTANCE, KEY, QUEUE_ARN } from '../support/contacts.ts';
import { deliverWakeUp, PRIORITY_2 } from '../support/flow.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const ARN = `arn:aws:connect:eu-central-1:123456789012:instance/${INSTANCE}`;
const TEST_TYPE = { 'connect:ValidationTestType': { valueString: 'EXPERIENCE_VALIDATION' } };

function queued(segmentAttributes: object = {}) {
  return {
    'detail-type': 'Amazon Connect Contact Event',
    time: '2026-11-23T10:00:00Z',
    detail: {
      eventType: 'QUEUED',
      contactId: KEY.contactId,
      instanceArn: ARN,
      initiationMethod: 'INBOUND',
      queueInfo: { queueArn: QUEUE_ARN, enqueueTimestamp: '2026-11-23T10:00:00.100Z' },
      segmentAttributes,
    },
  };
}

const ruleEvent = {
  'detail-type': 'Contact Lens Realtime Rules Matched',
  id: 'r',
  'replay-name': 'again',
  detail: { ruleName: 'angry', instanceArn: ARN, contactArn: `${ARN}/contact/c-1` },
};

async function receive(memory: MemoryPorts, event: object, queue: MessageQueue): Promise<void> {
  const handle = startBatch(memory.reconcilePorts, memory.source(queue));
  await handle({
    messageId: 'm',
    sentAt: 0,
    body: JSON.stringify(event),
    receiveCount: 1,
    receiptHandle: 'r',
    attribute: () => undefined,
  });
}

describe('nothing is recorded, sent or called, but it is counted', () => {
  test.each([
    ['of an archive that is replayed', { ...queued(), 'replay-name': 'again' }, {}, 'replay'],
    ['of both', { ...queued(TEST_TYPE), 'replay-name': 'again' }, { testContacts: true }, 'replay'],
  ])('for an event %s', async (_name, event, settings, origin) => {
    const memory = new MemoryPorts(context(PRIORITY_2, settings));
    await handleContactEvent(event, memory.reconcilePorts);
    await receive(memory, event, 'OperatorMessages');
    expect([memory.items.size, memory.sent, memory.dispatchNotifications]).toEqual([0, [], []]);
    expect(memory.telemetryLog).toEqual([`left out: ${origin}`, `left out: ${origin}`]);
  });

  test('for a rule event of an archive that is replayed', async () => {
    const memory = new MemoryPorts(context(PRIORITY_2));
    await receive(memory, ruleEvent, 'RuleMessages');
    expect([memory.items.size, memory.telemetryLog, memory.deadLetters]).toEqual([
      0,
      ['left out: replay'],
      [],
    ]);
  });
});

describe('a contact of Connect’s own tests is recorded as one, and left alone', () => {
  const at = (seconds: number) => `2026-11-23T10:00:${String(seconds).padStart(2, '0')}Z`;
  const ofContact = (eventType: string, seconds: number, marks: object, detail: object = {}) => {
    const event = queued(marks);
    return { ...event, time: at(seconds), detail: { ...event.detail, eventType, ...detail } };
  };

  test.each([
    ['its only event', [ofContact('QUEUED', 0, TEST_TYPE)]],
    ['its first event', [ofContact('QUEUED', 0, TEST_TYPE), ofContact('CONTACT_DATA_UPDATED', 1, {})]],
    ['its last event', [ofContact('QUEUED', 0, {}), ofContact('CONTACT_DATA_UPDATED', 1, TEST_TYPE)]],
  ])('where the mark is on %s', async (_name, events) => {
    const memory = new MemoryPorts(context(PRIORITY_2));
    for (const event of events) await handleContactEvent(event, memory.reconcilePorts);
    expect(memory.record(KEY)?.decision).toMatchObject({ reason: 'test-contact', desired: {} });
    expect(memory.items.get(`${INSTANCE}#c-1`)?.entries).toEqual({});
    expect(memory.sent).toEqual([]);
    expect(memory.telemetryLog).toEqual(['left out: test']);
  });

  test('and so is a contact that continues it', async () => {
    const memory = new MemoryPorts(context(PRIORITY_2));
    await handleContactEvent(ofContact('QUEUED', 0, TEST_TYPE), memory.reconcilePorts);
    const transfer = { contactId: 'c-2', initiationMethod: 'TRANSFER', previousContactId: KEY.contactId };
    await handleContactEvent(ofContact('QUEUED', 5, {}, transfer), memory.reconcilePorts);
    const successor = memory.record({ ...KEY, contactId: 'c-2' });
    expect(successor?.decision).toMatchObject({ reason: 'test-contact', desired: {} });
  });

  test('from when the settings leave it out, and its end is noticed', async () => {
    const memory = new MemoryPorts(context(PRIORITY_2, { testContacts: true }));
    await handleContactEvent(ofContact('QUEUED', 0, TEST_TYPE), memory.reconcilePorts);
    expect(memory.record(KEY)?.decision?.desired).toEqual({ priority: 2 });
    memory.configuration = context(PRIORITY_2);
    await deliverWakeUp(memory, { body: { ...KEY, wakeAt: at(5) }, delaySeconds: 0 });
    expect(memory.record(KEY)?.decision).toMatchObject({ reason: 'test-contact', desired: {} });
    const end = ofContact('DISCONNECTED', 9, TEST_TYPE, { disconnectTimestamp: at(9) });
    await handleContactEvent(end, memory.reconcilePorts);
    expect(memory.record(KEY)?.decision?.reason).toBe('not-queued');
  });
});

test('with testContacts: true a test contact is like any other', async () => {
  const memory = new MemoryPorts(context(PRIORITY_2, { testContacts: true }));
  await handleContactEvent(queued(TEST_TYPE), memory.reconcilePorts);
  expect(memory.record(KEY)?.decision?.desired).toEqual({ priority: 2 });
  expect(memory.telemetryLog).toEqual([]);
});

test('an event that an operator sends again counts also where the settings leave out its instance', async () => {
  const memory = new MemoryPorts(context({}, { instances: ['i-2'] }));
  await receive(memory, queued(), 'OperatorMessages');
  expect([memory.deadLetters, memory.items.size]).toEqual([[], 1]);
});

describe('of the segment attributes', () => {
  const attributes = {
    'connect:EmailSubject': { valueString: 'my invoice' },
    'connect:Subtype': { valueString: 'connect:Email' },
    loyalty: { valueInteger: 3 },
    auth: { valueMap: { Status: { valueString: 'AUTHENTICATED' } } },
  };
  const policyOn = (segmentAttributes: object) => ({
    all: { match: { segmentAttributes }, steps: [{ after: '0s', set: { priority: 2 } }] },
  });

  test('only those that a policy names are stored, and the kind of the contact', async () => {
    const memory = new MemoryPorts(context(policyOn({ loyalty: [3] })));
    await handleContactEvent(queued(attributes), memory.reconcilePorts);
    const stored = memory.record(KEY)?.facts?.segmentAttributes?.value;
    expect(stored).toEqual({ 'connect:Subtype': 'connect:Email', loyalty: 3 });
  });

  test.each([
    { loyalty: [{ numeric: ['>=', 3] }] },
    { auth: { Status: ['AUTHENTICATED'] } },
    { 'connect:Subtype': ['connect:Email'] },
    { list: ['b'] },
    { list: { deep: ['c'] } },
  ])('a policy finds %j', async (pattern) => {
    const memory = new MemoryPorts(context(policyOn(pattern)));
    const list = { valueList: [{ valueString: 'b' }, { valueMap: { deep: { valueString: 'c' } } }] };
    await handleContactEvent(queued({ ...attributes, list }), memory.reconcilePorts);
    expect(memory.record(KEY)?.decision?.policy).toBe('all');
  });
});
