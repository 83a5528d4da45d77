import { describe, expect, test } from '@jest/globals';
import type { ContactFacts } from '../../../lambda/domain/contact/facts.ts';
import { mergeFacts } from '../../../lambda/domain/contact/merge-facts.ts';

const KEY = { instanceId: 'i-1', contactId: 'c-1' };

type Facts = Partial<ContactFacts>;

/** The later text of two, so that both orders give the same. */
const TEXTS = ['initialContactId', 'previousContactId', 'channel', 'initiationMethod'] as const;
const LATEST_TIMES = [
  'eventAt',
  'initiatedAt',
  'connectedAt',
  'disconnectedAt',
  'attributesChangedAt',
] as const;

describe('of two events that state a fact', () => {
  test.each<[string, Facts, Facts, Facts]>([
    ...LATEST_TIMES.map((name): [string, Facts, Facts, Facts] => [
      `the later ${name} counts`,
      { [name]: 2_000 },
      { [name]: 10_000 },
      { [name]: 10_000 },
    ]),
    ...TEXTS.map((name): [string, Facts, Facts, Facts] => [
      `the greater ${name} counts`,
      { [name]: 'a' },
      { [name]: 'b' },
      { [name]: 'b' },
    ]),
    [
      'the earlier first enqueue counts',
      { firstEnqueuedAt: 2 },
      { firstEnqueuedAt: 10 },
      { firstEnqueuedAt: 2 },
    ],
    [
      'the later visit to a queue counts',
      { queue: { arn: 'z', enqueuedAt: 2 } },
      { queue: { arn: 'a', enqueuedAt: 9 } },
      { queue: { arn: 'a', enqueuedAt: 9 } },
    ],
    [
      'the later approximate visit counts',
      { approximateQueue: { arn: 'z', enqueuedAt: 2 } },
      { approximateQueue: { arn: 'a', enqueuedAt: 9 } },
      { approximateQueue: { arn: 'a', enqueuedAt: 9 } },
    ],
    [
      'of two visits at one time the one with more known counts',
      { queue: { arn: 'z', enqueuedAt: 2 } },
      { queue: { arn: 'a', type: 'AGENT', enqueuedAt: 2 } },
      { queue: { arn: 'a', type: 'AGENT', enqueuedAt: 2 } },
    ],
    [
      'of two visits at one time with as much known the greater text counts',
      { queue: { arn: 'a', enqueuedAt: 2 } },
      { queue: { arn: 'b', enqueuedAt: 2 } },
      { queue: { arn: 'b', enqueuedAt: 2 } },
    ],
    [
      'the later tags count, also where they are fewer',
      { tags: { at: 2, value: { a: 'long text' } } },
      { tags: { at: 10, value: {} } },
      { tags: { at: 10, value: {} } },
    ],
    [
      'the later segment attributes count, also where they are fewer',
      { segmentAttributes: { at: 2, value: { 'connect:Subtype': 'connect:Telephony' } } },
      { segmentAttributes: { at: 10, value: {} } },
      { segmentAttributes: { at: 10, value: {} } },
    ],
    [
      'the later Region counts',
      { activeRegion: { at: 2, value: 'us-west-2' } },
      { activeRegion: { at: 10, value: 'eu-west-2' } },
      { activeRegion: { at: 10, value: 'eu-west-2' } },
    ],
    ['all pauses count', { pauses: [5] }, { pauses: [3] }, { pauses: [3, 5] }],
    ['all resumes count', { resumes: [5] }, { resumes: [3] }, { resumes: [3, 5] }],
    ['an agent outweighs a queue', { dialer: 'queue' }, { dialer: 'agent' }, { dialer: 'agent' }],
    ['a campaign outweighs an agent', { dialer: 'agent' }, { dialer: 'campaign' }, { dialer: 'campaign' }],
    ['a campaign outweighs a queue', { dialer: 'queue' }, { dialer: 'campaign' }, { dialer: 'campaign' }],
  ])('%s', (_name, a, b, expected) => {
    expect(mergeFacts({ ...KEY, ...a }, { ...KEY, ...b })).toEqual({ ...KEY, ...expected });
    expect(mergeFacts({ ...KEY, ...b }, { ...KEY, ...a })).toEqual({ ...KEY, ...expected });
  });
});

test.each<Facts>([
  { firstEnqueuedAt: 5 },
  { connectedAt: 5 },
  { queue: { arn: 'a', enqueuedAt: 5 } },
  { dialer: 'queue' },
  { isTest: true },
  { pauses: [5] },
  { tags: { at: 5, value: { a: 'b' } } },
  { segmentAttributes: { at: 5, value: {} } },
  { activeRegion: { at: 5, value: 'eu-west-2' } },
])('a fact that one event states and the other does not is kept: %j', (facts) => {
  expect(mergeFacts({ ...KEY, ...facts }, KEY)).toEqual({ ...KEY, ...facts });
  expect(mergeFacts(KEY, { ...KEY, ...facts })).toEqual({ ...KEY, ...facts });
});
