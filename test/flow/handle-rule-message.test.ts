import { describe, expect, test } from '@jest/globals';
import { applyRuleMessage, startBatch } from '../../lambda/flow/handle-rule-message.ts';
import { context, KEY, QUEUE_ARN, queuedContact, T0 } from '../support/contacts.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const POLICIES = {
  all: { match: { tags: { tier: ['gold'] } }, steps: [{ after: '0s', set: { priority: 2 } }] },
};
const take = (memory: MemoryPorts, message: Parameters<typeof applyRuleMessage>[0]) =>
  applyRuleMessage(message, memory.configuration, memory.reconcilePorts);
const event = (tags: Record<string, string>) => ({
  type: 'contact-event' as const,
  ...KEY,
  facts: { ...KEY, ...queuedContact({ tags: { at: T0, value: tags } }).facts },
});

test('a contact event is merged into its contact’s record, without personal data, and acted on', async () => {
  const memory = new MemoryPorts(context(POLICIES));
  await take(memory, event({ tier: 'gold', callback: '+49 89 1234567' }));
  expect(memory.record(KEY)?.facts?.tags?.value).toEqual({ tier: 'gold' });
  expect(memory.record(KEY)?.decision).toMatchObject({ policy: 'all', desired: { priority: 2 } });
  expect(memory.dispatchNotifications).toHaveLength(1);
});

test('a message about a contact is applied to its record', async () => {
  const memory = new MemoryPorts(context(POLICIES));
  await take(memory, { type: 'signal', ...KEY, id: 's-1', at: T0, signal: 'vip' });
  expect(memory.record(KEY)).toMatchObject({ signals: { vip: { at: T0 } }, messageIds: ['s-1'] });
});

test.each([
  { type: 'queue-signal' as const, id: 's-1', at: T0, queueArn: QUEUE_ARN, signal: 'backlog' },
  { type: 'reevaluate' as const },
])('$type becomes a message for each contact that waits', async (message) => {
  const memory = new MemoryPorts(context({}));
  await take(memory, event({}));
  await take(memory, message);
  expect(memory.sent.map(({ body }) => body.contactId)).toEqual(['c-1']);
});

test('a signal to a queue reaches its contacts, however long its id is', async () => {
  const memory = new MemoryPorts(context({}));
  const contactId = 'c'.repeat(256);
  await take(memory, { ...event({}), contactId, facts: { ...event({}).facts, contactId } });
  const send = async (body: object) => {
    const handle = await startBatch(memory.ruleMessagePorts);
    await handle({ messageId: 'm', sentAt: T0, body: JSON.stringify(body), attribute: () => undefined });
  };
  await send({ type: 'signal', id: 'i'.repeat(512), queueArn: QUEUE_ARN, signal: 'backlog' });
  await send(memory.sent.at(-1)?.body ?? {});
  expect(memory.deadLetters).toEqual([]);
  expect(memory.record({ ...KEY, contactId })?.signals).toEqual({ backlog: { at: T0, ofQueue: true } });
});

test.each(['constructor', 'toString', 'hasOwnProperty'])(
  'a signal called %s is one like others',
  async (signal) => {
    const memory = new MemoryPorts(context({}));
    await take(memory, event({}));
    await take(memory, { type: 'signal', ...KEY, id: 's-1', at: T0, signal, until: T0 + 1_000 });
    expect(memory.record(KEY)?.signals).toEqual({ [signal]: { at: T0, until: T0 + 1_000 } });
  },
);

describe('reevaluate after a change of the configuration', () => {
  const waiting = async (decisions?: { revision: number; id: string }) => {
    const memory = new MemoryPorts(context({}));
    await take(memory, event({}));
    const reevaluate = { type: 'reevaluate' as const, configuration: { revision: 2, id: 'a' } };
    const configuration = { ...memory.configuration, ...(decisions && { decisions }) };
    await applyRuleMessage(reevaluate, configuration, memory.reconcilePorts);
    return memory.sent.length;
  };

  test.each([
    { decisions: { revision: 3, id: 'b' }, name: 'a newer one decides: its own message follows' },
    { decisions: { revision: 2, id: 'b' }, name: 'another compiler published the same revision' },
  ])('is passed over where $name', async ({ decisions }) => {
    expect(await waiting(decisions)).toBe(0);
  });

  test.each([
    { decisions: { revision: 2, id: 'a' }, name: 'its own decides' },
    { decisions: { revision: 1, id: 'z' }, name: 'an older one still decides: better twice than never' },
    { decisions: undefined, name: 'revisions are not counted' },
  ])('has every contact reconciled where $name', async ({ decisions }) => {
    expect(await waiting(decisions)).toBe(1);
  });
});

describe('a batch of rule messages', () => {
  const received = (body: string, attributes: Record<string, string> = {}) => ({
    messageId: 'sqs-1',
    sentAt: T0,
    body,
    attribute: (name: string) => attributes[name],
  });
  const signal = (contactId: string, name: string) =>
    JSON.stringify({ type: 'signal', id: name, contactId, signal: name });

  test('puts a malformed message into the dead-letter queue alone, with its error and its original id', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    const handle = await startBatch(memory.ruleMessagePorts);
    const original = { OriginalMessageId: 'first', OriginalSentAt: String(T0 - 60_000) };
    await Promise.all([
      handle(received('{"type":"signal","signal":"vip"}', original)),
      handle(received(signal('c-1', 'vip'))),
    ]);
    expect(memory.deadLetters).toEqual([
      {
        body: '{"type":"signal","signal":"vip"}',
        original: { messageId: 'first', sentAt: T0 - 60_000 },
        error: expect.stringContaining('contactId (for one contact) or queueArn (for all that wait there)'),
      },
    ]);
    expect(memory.telemetryLog).toEqual([expect.stringMatching(/^malformed sqs-1: /)]);
    expect(memory.record(KEY)?.signals).toEqual({ vip: { at: T0 } });
  });

  test('reports each message that fails, with its id and its cause, a malformed one included', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    const deny = async () => {
      throw new TypeError('AccessDenied');
    };
    memory.load = deny;
    const ports = { ...memory.ruleMessagePorts, deadLetters: { send: deny } };
    const handle = await startBatch(ports);
    const batch = [
      received(signal('c-1', 'vip')),
      { ...received(JSON.stringify({ type: 'release', contactId: 'c-2' })), messageId: 'sqs-2' },
      { ...received('not json'), messageId: 'sqs-3' },
    ];
    const results = await Promise.allSettled(batch.map(handle));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(memory.telemetryLog.sort()).toEqual(
      ['sqs-1', 'sqs-2', 'sqs-3'].map((id) => `message ${id} failed: TypeError: AccessDenied`),
    );
  });

  test('counts a ttl from when a message was first sent', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    const body = JSON.stringify({ type: 'signal', contactId: 'c-1', signal: 'vip', ttl: '5m' });
    const handle = await startBatch(memory.ruleMessagePorts);
    await handle(received(body, { OriginalMessageId: 'first', OriginalSentAt: String(T0 - 60_000) }));
    expect(memory.record(KEY)).toMatchObject({
      signals: { vip: { at: T0 - 60_000, until: T0 + 240_000 } },
      messageIds: ['first'],
    });
  });

  test('reconciles the messages of one contact one after the other: no write conflicts', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    let writes = 0;
    memory.beforeSave = () => {
      writes += 1;
    };
    const handle = await startBatch(memory.ruleMessagePorts);
    const names = ['a', 'b', 'c', 'd'];
    await Promise.all(names.map((name) => handle(received(signal('c-1', name)))));
    expect(Object.keys(memory.record(KEY)?.signals ?? {}).sort()).toEqual(names);
    expect(writes).toBe(names.length);
  });

  test('a message that fails does not affect those after it, of the same contact included', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    memory.beforeSave = () => {
      memory.beforeSave = () => {};
      throw new TypeError('DynamoDB does not answer');
    };
    const handle = await startBatch(memory.ruleMessagePorts);
    const results = await Promise.allSettled(['a', 'b'].map((name) => handle(received(signal('c-1', name)))));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(memory.telemetryLog).toEqual(['message sqs-1 failed: TypeError: DynamoDB does not answer']);
    expect(memory.record(KEY)?.signals).toEqual({ b: { at: T0 } });
  });
});
