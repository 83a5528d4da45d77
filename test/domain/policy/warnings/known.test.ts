import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../../../lambda/domain/policy/parse.ts';
import { policyWarnings } from '../../../../lambda/domain/policy/warnings/index.ts';
import { DEFAULT_SETTINGS } from '../../../../lambda/domain/settings.ts';
import { policy } from '../../../support/contacts.ts';

const STEPS = [{ after: '0s', set: { age: '1m' } }];
const codes = (match: object) =>
  policyWarnings([policy('a', { match, steps: STEPS })], DEFAULT_SETTINGS).map(({ code }) => code);

test('every warning about a policy can be accepted with a reason', () => {
  const accept = Object.fromEntries(
    [
      'advanced-parameter',
      'arn-or-id',
      'changes-nothing',
      'endless-route',
      'invented-agent',
      'literal-operator',
      'literal-wildcard',
      'may-starve',
      'never-governs',
      'number-form',
      'operator-outside-list',
      'over-quota',
      'repeated-value',
      'sooner-than-lag',
      'target-beyond-horizon',
      'time-zone',
      'tiny-rollout',
      'unknown-field',
      'unknown-value',
      'unlikely-text',
      'value-type',
      'wider-match',
    ].map((code) => [code, 'It is meant so.']),
  );
  expect(parsePolicy('a', JSON.stringify({ accept, steps: STEPS })).policy?.accept).toEqual(accept);
});

describe('there is no warning of', () => {
  test.each([
    ...['VOICE', 'CHAT', 'TASK', 'EMAIL'].map((value) => ({ channel: [value] })),
    ...['STANDARD', 'AGENT'].map((value) => ({ queue: { type: [value] } })),
    ...[
      'INBOUND',
      'OUTBOUND',
      'TRANSFER',
      'QUEUE_TRANSFER',
      'CALLBACK',
      'API',
      'DISCONNECT',
      'MONITOR',
      'EXTERNAL_OUTBOUND',
      'WEBRTC_API',
      'AGENT_REPLY',
      'FLOW',
      'CAMPAIGN_PREVIEW',
      'CALLBACK_CUSTOMER_FIRST_QUEUED',
      'CALLBACK_CUSTOMER_FIRST_DIALED',
    ].map((value) => ({ initiationMethod: [value] })),
    ...['instanceId', 'contactId', 'initialContactId', 'previousContactId'].map((id) => ({
      [id]: ['11111111-2222-3333-4444-555555555550'],
    })),
    { queue: { id: ['11111111-2222-3333-4444-555555555550'] } },
    {
      queue: {
        arn: ['arn:aws:connect:eu-central-1:1:instance/i/queue/11111111-2222-3333-4444-555555555550'],
      },
    },
    { tags: { any: ['x'] } },
    { attributes: { any: ['x'] } },
    { segmentAttributes: { any: ['x'] } },
    { segmentAttributes: { any: [7] } },
    { signals: ['any'] },
    { transfers: [2] },
    { recentContacts: [2] },
  ])('%j', (match) => {
    expect(codes(match)).toEqual([]);
  });
});

describe('a field that no contact has is one', () => {
  test.each<object>([
    { queue: { label: ['x'] } },
    { tags: ['x'] },
    { channel: { a: ['x'] } },
    { 'queue.id.x': ['x'] },
    { constructor: ['x'] },
    { queue: { constructor: ['x'] } },
  ])('%j', (match) => {
    expect(codes(match)).toContain('unknown-field');
  });
});

describe('a time zone that means something else than it says', () => {
  const message = (timezone: string) =>
    policyWarnings(
      [policy('a', { during: { timezone, hours: ['daily 09:00-18:00'] }, steps: STEPS })],
      DEFAULT_SETTINGS,
    ).map((warning) => [warning.code, warning.path.join('.'), warning.message]);

  test.each([
    [
      'Etc/GMT+5',
      'Etc/GMT+5 is 5 h behind UTC, the opposite of its sign, and has no daylight-saving time. Write the name of a ' +
        'place, such as Europe/Berlin, or Etc/GMT-5 for UTC+5.',
    ],
    [
      'Etc/GMT-10',
      'Etc/GMT-10 is 10 h ahead of UTC, the opposite of its sign, and has no daylight-saving time. Write the name of a ' +
        'place, such as Europe/Berlin, or Etc/GMT+10 for UTC-10.',
    ],
    ['US/Eastern', 'US/Eastern is an old name of America/New_York. Write America/New_York.'],
  ])('%s', (timezone, expected) => {
    expect(message(timezone)).toEqual([['time-zone', 'during.timezone', expected]]);
  });

  test.each(['Etc/GMT', 'Etc/GMT+0', 'UTC', 'Europe/Berlin'])('not %s', (timezone) => {
    expect(message(timezone)).toEqual([]);
  });
});

describe('steps that change nothing', () => {
  const paths = (steps: readonly object[]) =>
    policyWarnings([policy('a', { steps })], DEFAULT_SETTINGS)
      .filter(({ code }) => code === 'changes-nothing')
      .map(({ path }) => path.join('.'));
  const at = (minutes: number, set: object, when?: object) => ({
    after: `${minutes}m`,
    set,
    ...(when && { when }),
  });
  const VIP = { signals: ['vip'] };

  test.each<[string, object[], string[]]>([
    ['repeat what is set', [at(1, { priority: 2 }), at(2, { priority: 2 })], ['steps.1']],
    ['not after a condition that may not hold', [at(1, { priority: 2 }, VIP), at(2, { priority: 2 })], []],
    [
      'after the same with and without a condition',
      [at(1, { priority: 2 }, VIP), at(2, { priority: 2 }), at(3, { priority: 2 })],
      ['steps.2'],
    ],
    [
      'not where an age came between',
      [at(1, { priority: 2 }), at(2, { age: '9m' }), at(3, { priority: 2 })],
      [],
    ],
    [
      'not where an age may have come between',
      [at(1, { priority: 2 }), at(2, { age: '9m' }, VIP), at(3, { priority: 2 })],
      [],
    ],
  ])('%s', (_name, steps, expected) => {
    expect(paths(steps)).toEqual(expected);
  });
});

describe('contacts that may wait indefinitely', () => {
  const starving = (sources: Record<string, object>) =>
    policyWarnings(
      Object.entries(sources).map(([name, source]) => policy(name, source)),
      DEFAULT_SETTINGS,
    ).flatMap(({ code, policy: name, message }) =>
      code === 'may-starve' ? [`${name}: ${message.split(' could wait')[0]}`] : [],
    );
  const chat = { match: { channel: ['CHAT'] } };
  const first = { after: '0s', set: { priority: 1 } };

  test.each<[string, Record<string, object>, string[]]>([
    [
      'are those that nobody raises',
      { a: { ...chat, steps: [first] } },
      ['a: Contacts that no policy governs (priority 5)'],
    ],
    ['not behind one that only observes', { a: { ...chat, mode: 'observe', steps: [first] } }, []],
    ['not behind one that governs nobody', { a: { ...chat, rollout: 0, steps: [first] } }, []],
    [
      'not behind one whose contacts reach it under a condition',
      { a: { ...chat, steps: [{ ...first, when: { signals: ['vip'] } }] } },
      [],
    ],
    [
      'are those of a policy that lowers them in the end',
      {
        a: { precedence: 1, ...chat, steps: [first] },
        z: { allowLower: true, steps: [first, { after: '1m', set: { priority: 3 } }] },
      },
      ['a: Contacts of z (priority 3)'],
    ],
    [
      'not those that a condition alone lowers',
      {
        a: { precedence: 1, ...chat, steps: [first] },
        z: {
          allowLower: true,
          steps: [first, { after: '1m', set: { priority: 3 }, when: { signals: ['calm'] } }],
        },
      },
      [],
    ],
    [
      'not behind one with an age alone, as it has the priority of a new contact',
      { a: { ...chat, steps: [{ after: '0s', set: { age: '9m' } }] } },
      [],
    ],
    [
      'are behind one that sets a priority beside an age',
      { a: { ...chat, steps: [{ after: '0s', set: { age: '1m' } }, first] } },
      ['a: Contacts that no policy governs (priority 5)'],
    ],
    [
      'are behind one that governs one contact in a hundred',
      { a: { ...chat, rollout: 1, steps: [first] } },
      ['a: Contacts that no policy governs (priority 5)'],
    ],
    [
      'are those of a policy without match that governs a part of the contacts, or of the time',
      {
        a: { rollout: 50, steps: [first] },
        b: { during: { timezone: 'UTC', hours: ['Mon 09:00-18:00'] }, steps: [first] },
      },
      ['a: Contacts that no policy governs (priority 5)'],
    ],
    [
      'are those of a policy whose priority the ratchet ignores',
      {
        a: { precedence: 1, ...chat, steps: [first] },
        z: { steps: [{ after: '0s', set: { priority: 9 } }] },
      },
      ['a: Contacts of z (priority 5)'],
    ],
    [
      'are those of a policy that may lower, and sets no priority',
      {
        a: { precedence: 1, ...chat, steps: [first] },
        z: { allowLower: true, steps: [{ after: '0s', set: { age: '1m' } }] },
      },
      ['a: Contacts of z (priority 5)'],
    ],
    [
      'are those of an instance behind a policy of several, or of all',
      {
        a: { precedence: 1, match: { instanceId: ['i', 'j'] }, steps: [first] },
        b: { precedence: 2, match: { instanceId: ['j'] }, steps: [{ after: '0s', set: { priority: 4 } }] },
        c: {
          precedence: 3,
          match: { instanceId: ['k', 'j'] },
          steps: [{ after: '0s', set: { priority: 3 } }],
        },
        d: { precedence: 4, match: { instanceId: ['k'] }, steps: [{ after: '0s', set: { priority: 2 } }] },
        z: { steps: [first] },
      },
      ['a: Contacts of b (priority 4), contacts of c (priority 3)', 'z: Contacts of d (priority 2)'],
    ],
    [
      'not those whose age is set after the priority',
      {
        a: { precedence: 1, ...chat, steps: [first] },
        z: { allowLower: true, steps: [first, { after: '1m', set: { age: '9m' } }] },
      },
      [],
    ],
  ])('%s', (_name, sources, expected) => {
    expect(starving(sources)).toEqual(expected);
  });
});
