import { expect, test } from '@jest/globals';
import { parseRuleMessage } from '../../../lambda/domain/messages/parse.ts';
import { MalformedMessageError } from '../../../lambda/domain/messages/rule-message.ts';

const queueArn = 'arn:aws:connect:eu-central-1:123456789012:instance/i-1/queue/q-1';
const at = '2026-11-23T10:00:00Z';
const common = { id: 'm-1', instanceId: 'i-1' };
const configuration = { revision: 1, id: 'p-1' };
const operator = { actor: 'ann', reason: 'angry' };

/** For each message, the members that it must have, and those that it may have. */
const MESSAGES: readonly (readonly [required: Readonly<Record<string, unknown>>, optional: object])[] = [
  [
    { type: 'signal', signal: 'vip', contactId: 'c-1' },
    { ...common, ttl: '1m' },
  ],
  [
    { type: 'signal', signal: 'vip', queueArn },
    { ...common, ttl: '1m' },
  ],
  [
    { type: 'override', contactId: 'c-1', set: { priority: 1 } },
    { ...common, ...operator, ttl: '1m' },
  ],
  [
    { type: 'release', contactId: 'c-1' },
    { ...common, ...operator },
  ],
  [{ type: 'wake', contactId: 'c-1', wakeAt: at }, common],
  [{ type: 'adopt', contactId: 'c-1' }, common],
  [{ type: 'reevaluate' }, { ...common, configuration }],
  [
    { type: 'signal-of-queue', contactId: 'c-1', signal: 'vip' },
    { ...common, queueArn, ttl: '1m' },
  ],
  [
    { type: 'continue-signal', queueArn, signal: 'vip', part: 0 },
    { ...common, ttl: '1m' },
  ],
  [
    { type: 'continue-reevaluate', part: 0 },
    { ...common, configuration },
  ],
  [
    { type: 'reevaluate-queue', queueArn },
    { ...common, part: 0 },
  ],
  [{ type: 'poll', pollAt: at }, common],
  [{ type: 'queue-name', instanceId: 'i-1', queueArn }, { id: 'm-1' }],
  [{ type: 'staffing', instanceId: 'i-1', queueArn, expressions: ['{}'] }, { id: 'm-1' }],
  [
    {
      type: 'inherit',
      contactId: 'c-1',
      previousContactId: 'c-0',
      transfers: 0,
      signals: { vip: { at: 0, until: 1 } },
    },
    { ...common, firstEnqueuedAt: 0, initialContactId: 'c-0', isTest: true, pauses: [0], resumes: [1] },
  ],
];

/** What may not stand in a message beside the rest of it. */
const LIMITS: readonly (readonly [change: Readonly<Record<string, unknown>>, member: string])[] = [
  [{ type: 'signal', contactId: 'c-1', signal: 'vip', ttl: '0s' }, 'ttl'],
  [{ type: 'signal', contactId: 'c-1', signal: '' }, 'signal'],
  [{ type: 'signal', contactId: 'c-1', signal: '__proto__' }, 'signal'],
  [{ type: 'signal', contactId: 'c-1', signal: 's'.repeat(257) }, 'signal'],
  [{ type: 'signal', contactId: '', signal: 'vip' }, 'contactId'],
  [{ type: 'signal', contactId: 'c-1', signal: 'vip', id: '' }, 'id'],
  [{ type: 'signal', contactId: 'c-1', signal: 'vip', id: 'i'.repeat(513) }, 'id'],
  [{ type: 'release', contactId: 'c-1', reason: 'r'.repeat(513) }, 'reason'],
  [{ type: 'signal-of-queue', contactId: 'c-1', signal: 'vip', id: '' }, 'id'],
  [{ type: 'signal-of-queue', contactId: 'c-1', signal: 'vip', id: 'i'.repeat(1_283) }, 'id'],
  [{ type: 'continue-signal', queueArn, signal: 'vip', part: 0, id: '' }, 'id'],
  [{ type: 'continue-signal', queueArn, signal: 'vip', part: 0, id: 'i'.repeat(1_026) }, 'id'],
  [{ type: 'continue-signal', queueArn, signal: 'vip', part: -1 }, 'part'],
  [{ type: 'reevaluate', configuration: { revision: 0, id: 'p-1' } }, 'revision'],
  [{ type: 'reevaluate', configuration: { revision: 1.5, id: 'p-1' } }, 'revision'],
  [{ type: 'reevaluate', configuration: { revision: 1 } }, 'id'],
  [{ type: 'staffing', instanceId: 'i-1', queueArn, expressions: [] }, 'expressions'],
  [{ type: 'wake', contactId: 'c-1', wakeAt: 'soon' }, 'wakeAt'],
];

const parse = (message: object) =>
  parseRuleMessage(JSON.stringify(message), { messageId: 'sqs-1', sentAt: 0, instances: ['i-1'] });

function problemsOf(message: object) {
  try {
    parse(message);
    return [];
  } catch (error) {
    if (!(error instanceof MalformedMessageError)) throw error;
    return error.problems.map(({ path }) => path.at(-1) ?? '');
  }
}

test('each message has the members that it must have, and no others than it may have', () => {
  for (const [required, optional] of MESSAGES) {
    expect([required.type, problemsOf(required)]).toEqual([required.type, []]);
    expect([required.type, problemsOf({ ...required, ...optional })]).toEqual([required.type, []]);
    expect(problemsOf({ ...required, odd: 1 })).toContain('odd');
    for (const name of Object.keys(required)) {
      expect([required.type, name, problemsOf({ ...required, [name]: undefined })]).not.toEqual([
        required.type,
        name,
        [],
      ]);
    }
    for (const name of Object.keys({ ...required, ...optional })) {
      expect([required.type, name, problemsOf({ ...required, [name]: { odd: 1 } })]).not.toEqual([
        required.type,
        name,
        [],
      ]);
    }
  }
});

test('each member of a message has its limits', () => {
  for (const [message, member] of LIMITS) expect([message, problemsOf(message)]).toEqual([message, [member]]);
  const name = (signal: string) => problemsOf({ type: 'signal', contactId: 'c-1', signal });
  expect(name('s'.repeat(256))).toEqual([]);
  expect(() => parse({ type: 'signal', contactId: 'c-1', signal: '__proto__' })).toThrow('__proto__ is none');
  expect(() => parse({ type: 'wake', contactId: 'c-1', wakeAt: 'soon' })).toThrow(
    'expected a time such as 2026-',
  );
});

test('what the contact before hands on reaches the contact of the only instance', () => {
  const [[inherit] = []] = MESSAGES.filter(([{ type }]) => type === 'inherit');
  const metadata = { messageId: 'sqs-1', sentAt: 0, instances: ['i-1'] };
  expect(parseRuleMessage(JSON.stringify(inherit), metadata)).toEqual([{ ...inherit, instanceId: 'i-1' }]);
});

test('of many problems all are counted, and the first are named', () => {
  const odd = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`odd${index}`, 1]));
  try {
    parseRuleMessage(JSON.stringify({ type: 'release', contactId: 'c-1', ...odd }), {
      messageId: 'sqs-1',
      sentAt: 0,
      instances: ['i-1'],
    });
    throw new Error('accepted');
  } catch (error) {
    expect(error).toMatchObject({ name: 'MalformedMessageError', problemCount: 30 });
    expect((error as MalformedMessageError).problems.length).toBeLessThan(30);
  }
});
