import { describe, expect, test } from '@jest/globals';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { applyMessage } from '../../../lambda/domain/messages/apply-message.ts';
import type { ContactMessage } from '../../../lambda/domain/messages/rule-message.ts';
import { atSecond, KEY, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';

const NOW = atSecond(10);

type Sent = ContactMessage extends infer M
  ? M extends unknown
    ? Omit<M, 'instanceId' | 'contactId'>
    : never
  : never;

interface Case {
  readonly name: string;
  readonly before?: Partial<ContactRecord>;
  readonly message: Sent;
  /** The members of the record that the message may change. */
  readonly expected: Partial<ContactRecord>;
}

const OVERRIDE = { at: T0, set: { priority: 1 }, actor: 'ann' };

const CASES: readonly Case[] = [
  {
    name: 'a signal',
    message: { type: 'signal', id: 'm', at: T0, signal: 'vip', until: atSecond(60) },
    expected: { signals: { vip: { at: T0, until: atSecond(60) } }, appliedMessages: ['signal:m'] },
  },
  {
    name: 'a signal that holds: the later end counts',
    before: { signals: { vip: { at: T0, until: atSecond(90) } } },
    message: { type: 'signal', id: 'm', at: atSecond(1), signal: 'vip', until: atSecond(60) },
    expected: { signals: { vip: { at: atSecond(1), until: atSecond(90) } }, appliedMessages: ['signal:m'] },
  },
  {
    name: 'a signal without an end: it never expires',
    before: { signals: { vip: { at: atSecond(2), until: atSecond(90) } } },
    message: { type: 'signal', id: 'm', at: T0, signal: 'vip' },
    expected: { signals: { vip: { at: atSecond(2) } }, appliedMessages: ['signal:m'] },
  },
  {
    name: 'a signal: others that have expired are dropped',
    before: { signals: { old: { at: T0, until: NOW }, other: { at: T0, until: NOW + 1 } } },
    message: { type: 'signal', id: 'm', at: T0, signal: 'vip' },
    expected: {
      signals: { other: { at: T0, until: NOW + 1 }, vip: { at: T0 } },
      appliedMessages: ['signal:m'],
    },
  },
  {
    name: 'a signal of a queue, on a contact that is in none, by an earlier version',
    before: { facts: { ...KEY } },
    message: { type: 'signal-of-queue', id: 'm', at: T0, signal: 'vip' },
    expected: { appliedMessages: ['signal-of-queue:m'] },
  },
  {
    name: 'a second release of the same moment',
    before: { override: { at: T0, actor: 'ann' } },
    message: { type: 'release', id: 'm', at: T0, actor: 'bob' },
    expected: { override: { at: T0, actor: 'bob' }, appliedMessages: ['release:m'] },
  },
  {
    name: 'a message that was applied before',
    before: { appliedMessages: ['signal:m'] },
    message: { type: 'signal', id: 'm', at: T0, signal: 'vip' },
    expected: { signals: {}, appliedMessages: ['signal:m'] },
  },
  {
    name: 'a message that version 0.1.0 applied before',
    before: { messageIds: ['m'] },
    message: { type: 'signal', id: 'm', at: T0, signal: 'vip' },
    expected: { signals: {}, messageIds: ['m'] },
  },
  {
    name: 'an override with the id of a signal',
    before: { appliedMessages: ['signal:m'] },
    message: { type: 'override', id: 'm', ...OVERRIDE },
    expected: { override: OVERRIDE, appliedMessages: ['signal:m', 'override:m'] },
  },
  {
    name: 'a release with the id of its override',
    before: { override: OVERRIDE, appliedMessages: ['override:m'] },
    message: { type: 'release', id: 'm', at: atSecond(1) },
    expected: { override: { at: atSecond(1) }, appliedMessages: ['override:m', 'release:m'] },
  },
  {
    name: 'a signal that looks like the id of an override',
    before: { override: OVERRIDE, appliedMessages: ['signal:override:m'] },
    message: { type: 'override', id: 'm', at: atSecond(1), set: { priority: 3 } },
    expected: { override: { at: atSecond(1), set: { priority: 3 } } },
  },
  {
    name: 'a signal on a contact with the id that one on its queue has there',
    before: { appliedMessages: ['signal-of-queue:q:c-1'] },
    message: { type: 'signal', id: 'q:c-1', at: T0, signal: 'vip' },
    expected: { signals: { vip: { at: T0 } } },
  },
  {
    name: 'an override',
    message: { type: 'override', id: 'm', ...OVERRIDE, until: atSecond(60) },
    expected: { override: { ...OVERRIDE, until: atSecond(60) }, appliedMessages: ['override:m'] },
  },
  {
    name: 'a later override replaces the earlier one',
    before: { override: OVERRIDE },
    message: { type: 'override', id: 'm', at: atSecond(1), set: { ageSeconds: 60 } },
    expected: { override: { at: atSecond(1), set: { ageSeconds: 60 } }, appliedMessages: ['override:m'] },
  },
  {
    name: 'a release',
    before: { override: OVERRIDE },
    message: { type: 'release', id: 'm', at: atSecond(1), actor: 'bob' },
    expected: { override: { at: atSecond(1), actor: 'bob' }, appliedMessages: ['release:m'] },
  },
  {
    name: 'a release that is older than the override',
    before: { override: OVERRIDE },
    message: { type: 'release', id: 'm', at: T0 - 1 },
    expected: { override: OVERRIDE, appliedMessages: ['release:m'] },
  },
  {
    name: 'an override that is older than the release',
    before: { override: { at: T0 } },
    message: { type: 'override', id: 'm', at: T0 - 1, set: { priority: 1 } },
    expected: { override: { at: T0 }, appliedMessages: ['override:m'] },
  },
  {
    name: 'an override and a release of the same millisecond: the release wins',
    before: { override: { at: T0 } },
    message: { type: 'override', id: 'm', at: T0, set: { priority: 1 } },
    expected: { override: { at: T0 }, appliedMessages: ['override:m'] },
  },
  {
    name: 'a release and an override of the same millisecond: the release wins',
    before: { override: OVERRIDE },
    message: { type: 'release', id: 'm', at: T0 },
    expected: { override: { at: T0 }, appliedMessages: ['release:m'] },
  },
  {
    name: 'the wake-up of the pending timer: it has fired',
    before: { timerAt: T0 },
    message: { type: 'wake', wakeAt: T0 },
    expected: { timerAt: undefined as never },
  },
  {
    name: 'a signal of its queue',
    message: {
      type: 'signal-of-queue',
      id: 'm',
      at: T0,
      signal: 'vip',
      until: atSecond(60),
      queueArn: QUEUE_ARN,
    },
    expected: {
      signals: {},
      queueSignals: { vip: { at: T0, until: atSecond(60), queueArn: QUEUE_ARN } },
      appliedMessages: ['signal-of-queue:m'],
    },
  },
  {
    name: 'a signal of its queue that does not name it',
    before: { queueSignals: { old: { at: T0, queueArn: QUEUE_ARN } } },
    message: { type: 'signal-of-queue', id: 'm', at: T0, signal: 'vip' },
    expected: {
      queueSignals: { old: { at: T0, queueArn: QUEUE_ARN }, vip: { at: T0, queueArn: QUEUE_ARN } },
    },
  },
  {
    name: 'a signal of the queue that it was in before',
    message: { type: 'signal-of-queue', id: 'm', at: T0, signal: 'vip', queueArn: `${QUEUE_ARN}x` },
    expected: { queueSignals: undefined as never, appliedMessages: ['signal-of-queue:m'] },
  },
  {
    name: 'a signal of a queue, before anything is known of the contact',
    before: { facts: undefined },
    message: { type: 'signal-of-queue', id: 'm', at: T0, signal: 'vip', queueArn: QUEUE_ARN },
    expected: { queueSignals: undefined as never, appliedMessages: ['signal-of-queue:m'] },
  },
  {
    name: 'an override of the same millisecond as another: the one that arrives later',
    before: { override: OVERRIDE },
    message: { type: 'override', id: 'm', at: T0, set: { priority: 3 } },
    expected: { override: { at: T0, set: { priority: 3 } } },
  },
  {
    name: 'an adoption of a contact that nobody knows: it is looked at',
    before: { facts: undefined },
    message: { type: 'adopt', at: T0 },
    expected: { look: { at: T0 } },
  },
  {
    name: 'a second adoption: the look that is pending stays',
    before: { facts: undefined, look: { at: T0 - 5 } },
    message: { type: 'adopt', at: T0 },
    expected: { look: { at: T0 - 5 } },
  },
  {
    name: 'an adoption of a contact about which something is decided: it is known to wait',
    before: {
      decision: {
        queueVisit: `${QUEUE_ARN}@${T0}`,
        generation: 1,
        reason: 'no-policy',
        desired: {},
        allowLower: false,
      },
    },
    message: { type: 'adopt', at: T0 },
    expected: { look: undefined as never },
  },
  {
    name: 'an earlier wake-up: the timer is still pending',
    before: { timerAt: atSecond(60) },
    message: { type: 'wake', wakeAt: T0 },
    expected: { timerAt: atSecond(60) },
  },
];

describe('a message is applied to its contact’s record', () => {
  test.each(CASES)('$name', ({ before, message, expected }) => {
    const record = { ...queuedContact(), ...before };
    const after = applyMessage(record, { ...KEY, ...message } as ContactMessage, NOW);
    const members = Object.keys(expected) as (keyof ContactRecord)[];
    expect(Object.fromEntries(members.map((member) => [member, after[member]]))).toEqual(expected);
  });

  test.each([
    { type: 'signal', signal: 'vip', at: T0 },
    { type: 'signal-of-queue', signal: 'vip', at: T0 },
    { type: 'override', ...OVERRIDE },
    { type: 'release', at: T0 },
  ] as const)('and the ids of the latest 32 messages of its type are stored: $type', (message) => {
    const others = ['signal', 'signal-of-queue', 'override', 'release']
      .filter((type) => type !== message.type)
      .map((type) => `${type}:first`);
    let record: ContactRecord = { ...queuedContact(), appliedMessages: others };
    for (let index = 0; index < 40; index++) {
      record = applyMessage(record, { ...KEY, ...message, id: `m-${index}` } as ContactMessage, NOW);
    }
    const latest = Array.from({ length: 32 }, (_, index) => `${message.type}:m-${index + 8}`);
    expect(record.appliedMessages).toEqual([...others, ...latest]);
  });

  test.each([
    [{ type: 'signal', id: 'm', at: T0, signal: 'vip' }, 'signal vip'],
    [{ type: 'override', id: 'm', ...OVERRIDE }, 'override by ann'],
    [{ type: 'override', id: 'm', ...OVERRIDE, sender: 'role:ann' }, 'override by ann, sent by role:ann'],
    [{ type: 'release', id: 'm', at: T0 }, 'release'],
  ] as const)('%j is the history line "%s"', (message, text) => {
    const after = applyMessage(queuedContact(), { ...KEY, ...message } as ContactMessage, NOW);
    expect(after.history).toEqual([{ at: NOW, text }]);
  });
});

test('the record says which signals, and how many, were dropped since there are too many', () => {
  const names = Array.from({ length: 64 }, (_, index) => `s-${index}`);
  const signals = Object.fromEntries(names.map((name, index) => [name, { at: T0 + index }]));
  const before: ContactRecord = { ...queuedContact(), signals };
  const signal = (at: number, record = before, type: 'signal' | 'signal-of-queue' = 'signal') =>
    applyMessage(record, { ...KEY, type, id: `m-${at}`, at, signal: 'vip' } as ContactMessage, NOW);
  const first = signal(NOW);
  expect(first.history.at(-1)?.text).toBe('signal vip; too many, dropped s-0');
  expect(first.droppedSignals).toBe(1);
  const tooOld = signal(T0 - 1);
  expect(tooOld.history.at(-1)?.text).toBe('signal vip; too many, dropped vip');
  expect(tooOld.droppedSignals).toBe(1);
  expect(signal(T0, { ...before, signals: {} }).droppedSignals).toBe(undefined);
  const ofQueue = signal(
    NOW,
    { ...before, signals: {}, queueSignals: signals, droppedSignals: 4 },
    'signal-of-queue',
  );
  expect(ofQueue.droppedSignals).toBe(5);
});
