import { describe, expect, test } from '@jest/globals';
import { parseRuleMessage } from '../../../lambda/domain/messages/parse.ts';
import { MalformedMessageError, type MessageMetadata } from '../../../lambda/domain/messages/rule-message.ts';
import { formatProblem } from '../../../lambda/domain/validation/problem.ts';

const METADATA: MessageMetadata = { messageId: 'sqs-1', sentAt: 1_000_000, instances: ['i-1'] };
const KEY = { instanceId: 'i-2', contactId: 'c-1' };
const QUEUE = 'arn:aws:connect:eu-central-1:123456789012:instance/i-2/queue/q-1';
const parse = (message: object, metadata = METADATA) => parseRuleMessage(JSON.stringify(message), metadata);

function problemsOf(message: object, metadata?: MessageMetadata): string[] {
  try {
    parse(message, metadata);
    return [];
  } catch (error) {
    if (!(error instanceof MalformedMessageError)) throw error;
    return error.problems.map(formatProblem);
  }
}

describe('what the system sends to itself is read in full, also of an instance that is served no more', () => {
  test.each<[sent: object, read: object]>([
    [
      { type: 'signal-of-queue', ...KEY, id: 's-1', signal: 'vip', ttl: '1m', queueArn: QUEUE },
      {
        type: 'signal-of-queue',
        ...KEY,
        id: 's-1',
        at: 1_000_000,
        signal: 'vip',
        until: 1_060_000,
        queueArn: QUEUE,
      },
    ],
    [
      { type: 'continue-signal', id: 's-1', queueArn: QUEUE, signal: 'vip', ttl: '1m', part: 0 },
      {
        type: 'queue-signal',
        id: 's-1',
        at: 1_000_000,
        queueArn: QUEUE,
        signal: 'vip',
        until: 1_060_000,
        part: 0,
      },
    ],
    [
      { type: 'continue-reevaluate', id: 'r-1', configuration: { revision: 1, id: 'x' }, part: 2 },
      { type: 'reevaluate', id: 'r-1', configuration: { revision: 1, id: 'x' }, part: 2 },
    ],
    [
      { type: 'reevaluate', id: 'r-1', configuration: { revision: 1, id: 'x' } },
      { type: 'reevaluate', id: 'r-1', configuration: { revision: 1, id: 'x' } },
    ],
    [
      { type: 'reevaluate-queue', id: 'r-1', queueArn: QUEUE, part: 2 },
      { type: 'reevaluate', id: 'r-1', queueArn: QUEUE, part: 2 },
    ],
    [
      { type: 'reevaluate-queue', queueArn: QUEUE },
      { type: 'reevaluate', id: 'sqs-1', queueArn: QUEUE },
    ],
    [
      { type: 'poll', pollAt: '2026-11-23T12:00:00.000Z' },
      { type: 'poll', at: Date.UTC(2026, 10, 23, 12) },
    ],
    [
      {
        type: 'inherit',
        ...KEY,
        id: 'h-1',
        previousContactId: 'c-0',
        transfers: 0,
        firstEnqueuedAt: 1,
        initialContactId: 'c',
        isTest: true,
        pauses: [2],
        resumes: [3],
        signals: { vip: { at: 4, until: 5 } },
      },
      {
        type: 'inherit',
        ...KEY,
        previousContactId: 'c-0',
        transfers: 0,
        firstEnqueuedAt: 1,
        initialContactId: 'c',
        isTest: true,
        pauses: [2],
        resumes: [3],
        signals: { vip: { at: 4, until: 5 } },
      },
    ],
  ])('%j', (sent, read) => {
    expect(parse(sent)).toEqual([read]);
  });

  test('with the longest ids that it makes', () => {
    const ofQueue = 'x'.repeat(1_025);
    for (const [type, id, rest] of [
      ['continue-signal', ofQueue, { queueArn: QUEUE, signal: 'vip', part: 1 }],
      ['reevaluate-queue', ofQueue, { queueArn: QUEUE }],
      ['signal-of-queue', `${ofQueue}#${'c'.repeat(256)}`, { ...KEY, signal: 'vip' }],
    ] as const) {
      expect(problemsOf({ type, id, ...rest })).toEqual([]);
      expect(problemsOf({ type, id: `${id}x`, ...rest })).toEqual([expect.stringContaining('id: Found "x')]);
    }
  });

  test.each([
    [
      { type: 'inherit', ...KEY, instanceId: 'quota' },
      'instanceId: Found "quota"; expected an id that an event may have',
    ],
    [{ type: 'continue-signal', queueArn: QUEUE, signal: 'vip', part: 1.5 }, 'part: Found 1.5'],
    [{ type: 'continue-signal', queueArn: QUEUE, signal: 'vip', part: -1 }, 'part: Found -1'],
    [{ type: 'reevaluate', configuration: { revision: 0, id: 'x' } }, 'configuration.revision: Found 0'],
  ])('and what it cannot have sent is refused: %j', (message, problem) => {
    expect(problemsOf(message).join('\n')).toContain(problem);
  });
});

describe('an order', () => {
  const metadata = { ...METADATA, sender: 'role:ann', originalSender: 'role:bob' };
  const contact = { instanceId: 'i-1', contactId: 'c-1' };

  test.each<[sent: object, read: object]>([
    [
      { type: 'override', contactId: 'c-1', set: { priority: 2 }, actor: 'ann', reason: 'angry' },
      {
        type: 'override',
        ...contact,
        id: 'sqs-1',
        at: 1_000_000,
        set: { priority: 2 },
        actor: 'ann',
        reason: 'angry',
        sender: 'role:ann',
        originalSender: 'role:bob',
      },
    ],
    [
      { type: 'release', id: 'r-1', contactId: 'c-1', actor: 'ann', reason: 'calm' },
      {
        type: 'release',
        ...contact,
        id: 'r-1',
        at: 1_000_000,
        actor: 'ann',
        reason: 'calm',
        sender: 'role:ann',
        originalSender: 'role:bob',
      },
    ],
    [
      { type: 'adopt', contactId: 'c-1' },
      { type: 'adopt', ...contact, at: 1_000_000 },
    ],
  ])('has who sent it, and who says to have ordered it: %j', (sent, read) => {
    expect(parse(sent, metadata)).toEqual([read]);
  });

  test('names an instance where several are served', () => {
    const several = { ...METADATA, instances: ['i-1', 'i-3'] };
    const missing =
      'instanceId: instanceId is missing; expected one of i-1, i-3, as several are served. (missing)';
    expect(problemsOf({ type: 'release', contactId: 'c-1' }, several)).toEqual([missing]);
    expect(problemsOf({ type: 'release', contactId: 'c-1', instanceId: 'i-3' }, several)).toEqual([]);
    expect(problemsOf({ type: 'reevaluate' }, several)).toEqual([]);
    expect(problemsOf({ type: 'poll', pollAt: '2026-11-23T12:00:00.000Z' }, several)).toEqual([]);
  });
});

describe('the queue of a signal', () => {
  const signal = (queueArn: string) => ({ type: 'signal', queueArn, signal: 'vip' });
  const here: MessageMetadata = { ...METADATA, instances: ['i-2'], region: 'eu-central-1' };
  const REPLICA = QUEUE.replace('eu-central-1', 'eu-west-2');

  test('is named by the ARN of the Region of this system', () => {
    expect(problemsOf(signal(QUEUE), here)).toEqual([]);
    expect(problemsOf(signal(REPLICA), { ...METADATA, instances: ['i-2'] })).toEqual([]);
    expect(problemsOf(signal(REPLICA), here)).toEqual([
      expect.stringMatching(
        /^queueArn: Found ".*; expected an ARN of the Region eu-central-1, where this system is, instead of eu-west-2\. \(not-served\)$/,
      ),
    ]);
    expect(problemsOf(signal(QUEUE.replace('eu-central-1', '')), here)).toEqual([
      expect.stringContaining('instead of none.'),
    ]);
  });

  test('belongs to an instance that is served', () => {
    expect(problemsOf(signal(QUEUE), METADATA)).toEqual([
      expect.stringMatching(
        /^queueArn: Found "arn.*; expected an instance that is served: i-1\. \(not-served\)$/,
      ),
    ]);
    expect(problemsOf(signal(QUEUE), { ...METADATA, instances: ['i-1', 'i-2'] })).toEqual([]);
  });
});
