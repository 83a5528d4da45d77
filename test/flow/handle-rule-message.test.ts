import { describe, expect, test } from '@jest/globals';
import { MalformedEventError } from '../../lambda/domain/contact/parse-event.ts';
import { retryDelaySeconds } from '../../lambda/domain/messages/retry-delay.ts';
import { handleContactEvent } from '../../lambda/flow/handle-contact-event.ts';
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
  expect(memory.record(KEY)).toMatchObject({ signals: { vip: { at: T0 } }, appliedMessages: ['signal:s-1'] });
});

test.each([
  {
    message: { type: 'queue-signal' as const, id: 's-1', at: T0, queueArn: QUEUE_ARN, signal: 'backlog' },
    lane: 'signalsSent' as const,
    type: 'signal-of-queue',
  },
  { message: { type: 'reevaluate' as const, id: 'r-1' }, lane: 'sent' as const, type: 'wake' },
])('$message.type becomes a $type for each contact that waits, in its own queue', async (given) => {
  const memory = new MemoryPorts(context({}));
  await take(memory, event({}));
  await take(memory, given.message);
  expect([...memory.sent, ...memory.signalsSent]).toHaveLength(1);
  expect(memory[given.lane].map(({ body }) => [body.type, body.contactId])).toEqual([[given.type, 'c-1']]);
});

test('signals that are dropped since there are too many are counted in the log, once they are written', async () => {
  const memory = new MemoryPorts(context({}));
  for (let index = 0; index < 66; index++) {
    await take(memory, { type: 'signal', ...KEY, id: `s-${index}`, at: T0 + index, signal: `s-${index}` });
  }
  const counted = memory.telemetryLog.filter((line) => line.startsWith('dropped'));
  expect(counted).toEqual(['dropped 1 signals of c-1', 'dropped 1 signals of c-1']);
});

test('a signal to a queue reaches its contacts, however long its id is', async () => {
  const memory = new MemoryPorts(context({}));
  const contactId = 'c'.repeat(256);
  await take(memory, { ...event({}), contactId, facts: { ...event({}).facts, contactId } });
  const send = async (body: object) => {
    const handle = startBatch(memory.reconcilePorts, memory.source('RuleMessages'));
    await handle({
      messageId: 'm',
      sentAt: T0,
      body: JSON.stringify(body),
      receiveCount: 1,
      receiptHandle: 'r',
      attribute: () => undefined,
    });
  };
  await send({ type: 'signal', id: 'i'.repeat(512), queueArn: QUEUE_ARN, signal: 'backlog' });
  await send(memory.signalsSent.at(-1)?.body ?? {});
  expect(memory.deadLetters).toEqual([]);
  expect(memory.record({ ...KEY, contactId })?.queueSignals).toEqual({
    backlog: { at: T0, queueArn: QUEUE_ARN },
  });
});

test('a signal to a queue in another Region reaches nobody: it goes to the dead letters with what to write', async () => {
  const memory = new MemoryPorts(context({}));
  await take(memory, event({}));
  const handle = startBatch(memory.reconcilePorts, memory.source('RuleMessages'));
  const queueArn = QUEUE_ARN.replace('eu-central-1', 'us-east-1');
  await handle({
    messageId: 'm',
    sentAt: T0,
    body: JSON.stringify({ type: 'signal', queueArn, signal: 'backlog' }),
    receiveCount: 1,
    receiptHandle: 'r',
    attribute: () => undefined,
  });
  expect(memory.signalsSent).toEqual([]);
  expect(memory.deadLetters.map(({ error }) => error)).toEqual([
    expect.stringMatching(
      /^queueArn: .*Region eu-central-1, where this system is, instead of us-east-1.*not-served/,
    ),
  ]);
});

test('an event of an instance that this system has nothing to do with goes to the dead letters', async () => {
  const memory = new MemoryPorts(context({}, { instances: ['i-2'] }));
  const handle = startBatch(memory.reconcilePorts, memory.source('RuleMessages'));
  for (const instance of ['i-1', 'i-2', 'i-9']) {
    const contactArn = `arn:aws:connect:eu-central-1:123456789012:instance/${instance}/contact/c-1`;
    const body = JSON.stringify({
      id: 'e-1',
      source: 'aws.connect',
      'detail-type': 'Contact Lens Realtime Rules Matched',
      detail: { ruleName: 'angry', contactArn },
    });
    const message = { messageId: instance, sentAt: T0, body, receiveCount: 1, receiptHandle: 'r' };
    await handle({ ...message, attribute: () => undefined });
  }
  // The one that was given at deploy counts, too.
  expect([...memory.items.keys()]).toEqual(['i-1#c-1', 'i-2#c-1']);
  expect(memory.deadLetters.map(({ error }) => error)).toEqual([
    expect.stringContaining('expected an instance that is served: i-2, i-1. (not-served)'),
  ]);
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
    const reevaluate = { type: 'reevaluate' as const, id: 'r-1', configuration: { revision: 2, id: 'a' } };
    const changed = context({ all: { steps: POLICIES.all.steps } });
    const configuration = { ...changed, ...(decisions && { decisions }) };
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

test('a change of a queue has no contact reconciled that it does not concern, whatever configuration decides', async () => {
  const memory = new MemoryPorts(context(POLICIES));
  await take(memory, event({}));
  memory.sent.length = 0;
  await take(memory, { type: 'reevaluate', id: 'r-1', queueArn: QUEUE_ARN });
  expect(memory.sent).toEqual([]);
});

describe('a batch of rule messages', () => {
  const received = (body: string, attributes: Record<string, string> = {}) => ({
    messageId: 'sqs-1',
    sentAt: T0,
    body,
    receiveCount: 1,
    receiptHandle: 'r',
    attribute: (name: string) => attributes[name],
  });
  const signal = (contactId: string, name: string) =>
    JSON.stringify({ type: 'signal', id: name, contactId, signal: name });

  test('puts a malformed message into the dead-letter queue alone, with its error and its original id', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    const handle = startBatch(memory.reconcilePorts, memory.source('RuleMessages'));
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
    const source = { ...memory.source('RuleMessages'), deadLetters: { send: deny } };
    const handle = startBatch(memory.reconcilePorts, source);
    const batch = [
      received(signal('c-1', 'vip')),
      { ...received(signal('c-2', 'vip')), messageId: 'sqs-2' },
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
    const handle = startBatch(memory.reconcilePorts, memory.source('RuleMessages'));
    await handle(received(body, { OriginalMessageId: 'first', OriginalSentAt: String(T0 - 60_000) }));
    expect(memory.record(KEY)).toMatchObject({
      signals: { vip: { at: T0 - 60_000, until: T0 + 240_000 } },
      appliedMessages: ['signal:first'],
    });
  });

  test('reconciles the messages of one contact one after the other: no write conflicts', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    let writes = 0;
    memory.beforeSave = () => {
      writes += 1;
    };
    const handle = startBatch(memory.reconcilePorts, memory.source('RuleMessages'));
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
    const handle = startBatch(memory.reconcilePorts, memory.source('RuleMessages'));
    const results = await Promise.allSettled(['a', 'b'].map((name) => handle(received(signal('c-1', name)))));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(memory.telemetryLog).toEqual(['message sqs-1 failed: TypeError: DynamoDB does not answer']);
    expect(memory.record(KEY)?.signals).toEqual({ b: { at: T0 } });
  });

  test.each([
    ['RuleMessages', { type: 'override', contactId: 'c-1', set: { priority: 1 } }],
    ['RuleMessages', { type: 'release', contactId: 'c-1' }],
    ['RuleMessages', { type: 'wake', contactId: 'c-1', wakeAt: '2099-01-01T00:00:00Z' }],
    ['OperatorMessages', { type: 'wake', contactId: 'c-1', wakeAt: '2099-01-01T00:00:00Z' }],
    ['WakeUps', { type: 'override', contactId: 'c-1', set: { priority: 1 } }],
  ] as const)('sets aside from %s, alone and without effect, %j', async (queue, message) => {
    const memory = new MemoryPorts(context(POLICIES));
    await take(memory, event({ tier: 'gold' }));
    const before = JSON.stringify([memory.record(KEY), memory.sent, memory.dispatchNotifications]);
    const handle = startBatch(memory.reconcilePorts, memory.source(queue));
    await handle(received(JSON.stringify(message)));
    expect(JSON.stringify([memory.record(KEY), memory.sent, memory.dispatchNotifications])).toBe(before);
    expect(memory.deadLetters.map(({ error }) => error)).toEqual([expect.stringContaining('(wrong-queue)')]);
  });

  test('has a message that fails delivered again in seconds, and later and later', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    memory.load = async () => {
      throw new TypeError('DynamoDB does not answer');
    };
    const handle = startBatch(memory.reconcilePorts, memory.source('WakeUps'));
    const wake = received(JSON.stringify({ type: 'wake', contactId: 'c-1', wakeAt: '2026-11-23T10:00:00Z' }));
    for (const receiveCount of [1, 2, 3]) await expect(handle({ ...wake, receiveCount })).rejects.toThrow();
    const delays = memory.retries.map(({ delaySeconds }) => delaySeconds);
    expect(delays).toEqual([1, 2, 3].map((count) => retryDelaySeconds('sqs-1', count)));
  });

  test('has the whole batch delivered again in seconds where the configuration cannot be read', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    const configuration = async () => {
      throw new TypeError('DynamoDB does not answer');
    };
    const handle = startBatch({ ...memory.reconcilePorts, configuration }, memory.source('RuleMessages'));
    const batch = ['sqs-1', 'sqs-2'].map((messageId) => ({ ...received(signal('c-1', 'vip')), messageId }));
    const results = await Promise.allSettled(batch.map(handle));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(memory.retries.map(({ messageId }) => messageId)).toEqual(['sqs-1', 'sqs-2']);
    expect(memory.telemetryLog).toHaveLength(2);
  });

  test('fails once the delay is set: before that, SQS would not know of it', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    memory.load = async () => {
      throw new TypeError('DynamoDB does not answer');
    };
    const set: string[] = [];
    const retryAfter = async ({ messageId }: { readonly messageId: string }) => {
      await new Promise((resolve) => setImmediate(resolve));
      set.push(messageId);
    };
    const handle = startBatch(memory.reconcilePorts, { ...memory.source('RuleMessages'), retryAfter });
    await expect(handle(received(signal('c-1', 'vip')))).rejects.toThrow('DynamoDB does not answer');
    expect(set).toEqual(['sqs-1']);
  });

  test('reads the configuration once', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    let reads = 0;
    const configuration = async () => {
      reads += 1;
      return memory.configuration;
    };
    const handle = startBatch({ ...memory.reconcilePorts, configuration }, memory.source('RuleMessages'));
    for (const contactId of ['c-1', 'c-2']) await handle(received(signal(contactId, 'vip')));
    expect(reads).toBe(1);
  });

  test('without an instance is about the one that the settings name', async () => {
    const memory = new MemoryPorts(context(POLICIES, { instances: ['i-2'] }));
    await startBatch(memory.reconcilePorts, memory.source('RuleMessages'))(received(signal('c-1', 'vip')));
    expect([...memory.items.keys()]).toEqual(['i-2#c-1']);
  });

  test('of operators that was sent again reports who sent it first, and who sent it again', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    const original = {
      OriginalMessageId: 'first',
      OriginalSentAt: String(T0 - 60_000),
      OriginalSenderId: 'AROA:ann',
    };
    const message = { ...received('{"type":"reevaluate"}', original), senderId: 'AROA:bob' };
    await startBatch(memory.reconcilePorts, memory.source('OperatorMessages'))(message);
    expect(memory.orders).toMatchObject([
      { order: 'reevaluate', sender: 'AROA:bob', originalSender: 'AROA:ann', messageId: 'first' },
    ]);
  });

  test('a delay that cannot be set hides no cause', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    memory.load = async () => {
      throw new TypeError('DynamoDB does not answer');
    };
    const retryAfter = async () => {
      throw new RangeError('SQS does not answer');
    };
    const handle = startBatch(memory.reconcilePorts, { ...memory.source('RuleMessages'), retryAfter });
    await expect(handle(received(signal('c-1', 'vip')))).rejects.toThrow('DynamoDB does not answer');
  });
});

describe('a contact event that the function gets from outside', () => {
  const envelope = (source: string, instanceId: string) => ({
    'detail-type': 'Amazon Connect Contact Event',
    source,
    time: '2026-11-23T10:00:00Z',
    detail: {
      eventType: 'DISCONNECTED',
      contactId: KEY.contactId,
      instanceArn: `arn:aws:connect:eu-central-1:123456789012:instance/${instanceId}`,
    },
  });

  test.each([
    ['of another source', envelope('my.crm', KEY.instanceId), 'source is "my.crm": expected aws.connect.'],
    [
      'of another instance',
      envelope('aws.connect', 'i-9'),
      'detail.instanceArn names the instance "i-9": expected one that is served, i-1.',
    ],
  ])('%s is malformed, and writes no record', async (_name, given, message) => {
    const memory = new MemoryPorts(context({}));
    await expect(handleContactEvent(given, memory.reconcilePorts)).rejects.toThrow(
      new MalformedEventError(message),
    );
    expect(memory.items.size).toBe(0);
  });

  test.each([
    ['of an instance of the deployment that the settings leave out', 'i-1', ['i-2']],
    ['of an instance that the settings add', 'i-2', ['i-2']],
  ])('%s is recorded', async (_name, instanceId, instances) => {
    const memory = new MemoryPorts(context({}, { instances }));
    await handleContactEvent(envelope('aws.connect', instanceId), memory.reconcilePorts);
    expect(memory.items.size).toBe(1);
  });
});
