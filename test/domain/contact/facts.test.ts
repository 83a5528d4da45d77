import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { arnId } from '../../../lambda/domain/arn.ts';
import {
  type ContactFacts,
  currentQueue,
  formerQueueVisitId,
  isCurrentVisit,
  latestVisit,
  queueVisitId,
  withExactTime,
} from '../../../lambda/domain/contact/facts.ts';
import { mergeFacts } from '../../../lambda/domain/contact/merge-facts.ts';
import { parseContactEvent } from '../../../lambda/domain/contact/parse-event.ts';

const KEY = { instanceId: 'i-1', contactId: 'c-1' };
const QUEUE = { arn: 'arn:q', enqueuedAt: 2_000 };

describe('a contact is queued', () => {
  test.each<[string, Partial<ContactFacts>, boolean]>([
    ['when it was enqueued and nothing else is known', { queue: QUEUE }, true],
    ['not without a queue', {}, false],
    ['not without a queue, connected', { connectedAt: 2_500 }, false],
    ['not once it was connected after that', { queue: QUEUE, connectedAt: 2_500 }, false],
    ['not when it was connected in the same moment', { queue: QUEUE, connectedAt: 2_000 }, false],
    ['again, when it was connected before', { queue: QUEUE, connectedAt: 1_500 }, true],
    ['never after a disconnection, whatever its time', { queue: QUEUE, disconnectedAt: 1 }, false],
  ])('%s', (_name, facts, expected) => {
    expect(currentQueue({ ...KEY, ...facts })).toBe(expected ? QUEUE : undefined);
  });
});

test.each<[string, string, string | undefined, string, string | undefined, string, string | undefined]>([
  ['the type that one of them has', 'i/queue/1', undefined, 'i/queue/1', 'STANDARD', 'i/queue/1', 'STANDARD'],
  ['its own type', 'i/queue/1', 'STANDARD', 'i/queue/1', undefined, 'i/queue/1', 'STANDARD'],
  [
    'its own type, also against another one',
    'i/queue/1',
    'AGENT',
    'i/queue/1',
    'STANDARD',
    'i/queue/1',
    'AGENT',
  ],
  [
    'the whole ARN of an agent’s queue',
    'i/queue/1',
    undefined,
    'i/queue/agent/1',
    undefined,
    'i/queue/agent/1',
    undefined,
  ],
  ['its own whole ARN', 'i/queue/agent/1', undefined, 'i/queue/1', 'AGENT', 'i/queue/agent/1', 'AGENT'],
])(
  'a visit that two events know has %s',
  (_name, arn, type, otherArn, otherType, expectedArn, expectedType) => {
    const prefix = 'arn:aws:connect:eu-central-1:1:instance/';
    const visit = latestVisit({
      ...KEY,
      queue: { arn: prefix + arn, enqueuedAt: 2_400, type },
      approximateQueue: { arn: prefix + otherArn, enqueuedAt: 2_000, type: otherType },
    });
    expect(visit).toEqual({ arn: prefix + expectedArn, enqueuedAt: 2_400, type: expectedType });
  },
);

test('of two queues in one second, that of which only the second is known may be the later one', () => {
  const facts = { ...KEY, queue: QUEUE, approximateQueue: { arn: 'arn:other', enqueuedAt: 2_000 } };
  expect(latestVisit(facts)?.arn).toBe('arn:other');
});

test.each<[string, Partial<ContactFacts>, number]>([
  ['where it became known', { queue: { ...QUEUE, enqueuedAt: 2_400 }, approximateQueue: QUEUE }, 2_400],
  ['unless it is not known', { approximateQueue: QUEUE }, 2_000],
  [
    'unless it is that of another queue',
    { queue: { arn: 'arn:other', enqueuedAt: 2_400 }, approximateQueue: QUEUE },
    2_000,
  ],
  [
    'unless it is that of a later visit',
    { queue: { ...QUEUE, enqueuedAt: 9_400 }, approximateQueue: { ...QUEUE, enqueuedAt: 9_000 } },
    2_000,
  ],
  ['unless it is much later', { queue: { ...QUEUE, enqueuedAt: 9_400 }, approximateQueue: QUEUE }, 2_000],
])('a visit has its exact time %s', (_name, facts, enqueuedAt) => {
  expect(withExactTime(QUEUE, { ...KEY, ...facts })).toMatchObject({ arn: QUEUE.arn, enqueuedAt });
});

describe('an enqueue time from an envelope', () => {
  const exact = (enqueuedAt: number, arn = 'arn:q'): Partial<ContactFacts> => ({
    queue: { arn, enqueuedAt },
  });
  const cut = (enqueuedAt: number, arn = 'arn:q'): Partial<ContactFacts> => ({
    approximateQueue: { arn, enqueuedAt },
  });
  test.each<[string, Partial<ContactFacts>[], string | undefined, string | undefined]>([
    ['is one visit with the exact one', [cut(60_000), exact(60_412)], 'arn:q@60412', 'arn:q@60000'],
    ['also if the event came later', [cut(62_000), exact(60_412)], 'arn:q@60412', 'arn:q@62000'],
    ['also if it came 5 s later', [cut(65_000), exact(60_000)], 'arn:q@60000', 'arn:q@65000'],
    ['and not if it came more than 5 s later', [cut(66_000), exact(60_999)], 'arn:q@66000', undefined],
    ['is a visit of its own after an exact one', [exact(10_000), cut(60_000)], 'arn:q@60000', undefined],
    ['is over at a later exact one', [cut(60_000), exact(61_000)], 'arn:q@61000', undefined],
    ['in another queue is another visit', [exact(60_412), cut(61_000, 'arn:r')], 'arn:r@61000', undefined],
    ['two exact times are two visits', [exact(60_100), exact(60_412)], 'arn:q@60412', undefined],
    [
      'names nothing once the contact is connected',
      [cut(60_000), exact(60_412), { connectedAt: 61_000 }],
      undefined,
      undefined,
    ],
  ])('%s', (_name, given, id, former) => {
    for (const order of [given, given.toReversed()]) {
      const facts = order.map((part) => ({ ...KEY, ...part })).reduce(mergeFacts);
      expect([queueVisitId(facts), formerQueueVisitId(facts)]).toEqual([id, former]);
    }
  });
});

describe('the type of a queue, which an exact time may come without', () => {
  const approximate = { arn: 'arn:q', type: 'STANDARD', enqueuedAt: 60_000 };
  test.each<[string, Partial<ContactFacts>, string | undefined]>([
    ['is that of the same visit', { queue: { arn: 'arn:q', enqueuedAt: 60_412 } }, 'STANDARD'],
    ['is its own where it has one', { queue: { arn: 'arn:q', type: 'AGENT', enqueuedAt: 60_412 } }, 'AGENT'],
    ['is not that of another visit', { queue: { arn: 'arn:r', enqueuedAt: 61_412 } }, undefined],
  ])('%s', (_name, exact, type) => {
    const facts: ContactFacts = { ...KEY, approximateQueue: approximate, ...exact };
    expect([latestVisit(facts)?.type, currentQueue(facts)?.type]).toEqual([type, type]);
    expect(queueVisitId(facts)).toBe(`${exact.queue?.arn}@${exact.queue?.enqueuedAt}`);
  });
});

describe('a contact that an agent begins does not wait', () => {
  const facts = (detail: object) =>
    parseContactEvent({
      time: '2026-11-23T10:00:00Z',
      detail: {
        contactId: 'c-1',
        instanceArn: 'arn:aws:connect:eu-central-1:1:instance/i-1',
        eventType: 'CONTACT_DATA_UPDATED',
        queueInfo: { queueArn: 'arn:q', enqueueTimestamp: '2026-11-23T10:00:00.500Z' },
        ...detail,
      },
    }).facts;
  const agentInfo = { agentArn: 'a', connectedToAgentTimestamp: '1970-01-01T00:00:00.001Z' };
  const campaign = { campaignId: 'x' };
  test.each<[object, boolean]>([
    [{ initiationMethod: 'OUTBOUND', agentInfo }, false],
    [{ initiationMethod: 'OUTBOUND' }, false],
    [{ initiationMethod: 'OUTBOUND', agentInfo, eventType: 'QUEUED' }, false],
    [{ initiationMethod: 'OUTBOUND', eventType: 'QUEUED' }, true],
    [{ initiationMethod: 'OUTBOUND', campaign }, true],
    [{ initiationMethod: 'OUTBOUND', agentInfo, campaign: {} }, false],
    [{ initiationMethod: 'OUTBOUND', agentInfo, campaign: { campaignId: null } }, false],
    [{ initiationMethod: 'Outbound', agentInfo, campaign }, true],
    [{ initiationMethod: 'AGENT_REPLY', agentInfo }, false],
    [{ initiationMethod: 'EXTERNAL_OUTBOUND', eventType: 'QUEUED' }, false],
    [{ initiationMethod: 'MONITOR', agentInfo }, false],
    [{ initiationMethod: 'CAMPAIGN_PREVIEW' }, true],
    [{ initiationMethod: 'DISCONNECT' }, true],
    [{ initiationMethod: 'API' }, true],
    [{ initiationMethod: 'INBOUND', agentInfo }, true],
    [{}, true],
  ])('%j waits: %p', (detail, waits) => {
    expect(currentQueue(facts(detail)) !== undefined).toBe(waits);
  });

  test('whatever the order of its events', () => {
    const queued = facts({ initiationMethod: 'OUTBOUND', eventType: 'QUEUED' });
    const dialed = facts({ initiationMethod: 'OUTBOUND', agentInfo });
    expect(currentQueue(mergeFacts(queued, dialed))).toBe(undefined);
    expect(mergeFacts(queued, dialed)).toEqual(mergeFacts(dialed, queued));
  });
});

test('a contact that waits nowhere has no visit that an id could name', () => {
  for (const facts of [undefined, KEY, { ...KEY, queue: QUEUE }])
    expect(isCurrentVisit(facts, undefined)).toBe(false);
});

test('ids are read from ARNs', () => {
  const arn = 'arn:aws::connect:us-west-2:1:instance/i-1/queue/q-1';
  expect([arnId(arn, 'instance'), arnId(arn, 'queue'), arnId(arn, 'contact')]).toEqual([
    'i-1',
    'q-1',
    undefined,
  ]);
});

test('the id of an agent’s own queue is the last part of its ARN', () => {
  const arn = 'arn:aws:connect:us-west-2:1:instance/i-1/queue/agent/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
  expect(arnId(arn, 'queue')).toBe('aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee');
});

describe('an agent’s own queue, of which DescribeContact tells the id alone', () => {
  const full = 'arn:aws:connect:us-west-2:1:instance/i-1/queue/agent/a-1';
  const short = full.replace('agent/', '');
  test.each<[string, Partial<ContactFacts>, Partial<ContactFacts>]>([
    ['exactly', { queue: { arn: short, enqueuedAt: 412 } }, { queue: { arn: full, enqueuedAt: 412 } }],
    [
      'after it was named by an envelope',
      { approximateQueue: { arn: full, enqueuedAt: 0 } },
      { queue: { arn: short, enqueuedAt: 412 } },
    ],
  ])('is entered once, also if it is named twice, %s', (_name, first, second) => {
    const known = { ...KEY, ...first };
    const facts = mergeFacts(known, { ...KEY, ...second });
    expect(isCurrentVisit(facts, queueVisitId(known))).toBe(true);
    expect(currentQueue(facts)).toEqual({ arn: full, enqueuedAt: 412 });
  });
});

describe('facts are merged whatever the order of the events', () => {
  const seconds = fc.integer({ min: 0, max: 20 });
  const time = (second: number) => new Date(Date.UTC(2026, 10, 23, 10, 0, second)).toISOString();
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const event = fc
    .record({
      eventType: fc.constantFrom(
        'QUEUED',
        'CONTACT_DATA_UPDATED',
        'CONNECTED_TO_AGENT',
        'DISCONNECTED',
        'PAUSED',
        'RESUMED',
        'COMPLETED',
        'NEW',
      ),
      at: seconds,
      queue: optional(fc.record({ queueArn: fc.constantFrom('arn:a', 'arn:b'), second: seconds })),
      connected: optional(seconds),
      disconnected: optional(seconds),
      tags: optional(fc.dictionary(fc.constantFrom('tier', 'lang'), fc.constantFrom('x', 'y', 'zz'))),
      region: optional(fc.constantFrom('eu-central-1', 'eu-west-2')),
      previous: optional(fc.constantFrom('c-0', 'c-00')),
      updated: fc.subarray(['UserDefinedAttributes', 'Tags']),
    })
    .map((drawn) => ({
      time: time(drawn.at),
      detail: {
        eventType: drawn.eventType,
        contactId: 'c-1',
        instanceArn: 'arn:aws:connect:eu-central-1:1:instance/i-1',
        previousContactId: drawn.previous,
        queueInfo: drawn.queue && {
          queueArn: drawn.queue.queueArn,
          enqueueTimestamp: time(drawn.queue.second),
        },
        agentInfo:
          drawn.connected === undefined ? undefined : { connectedToAgentTimestamp: time(drawn.connected) },
        disconnectTimestamp: drawn.disconnected === undefined ? undefined : time(drawn.disconnected),
        tags: drawn.tags,
        globalResiliencyMetadata: drawn.region && { activeRegion: drawn.region },
        updatedProperties: drawn.updated,
      },
    }));
  const merged = (events: readonly unknown[]) =>
    events.map((given) => parseContactEvent(given).facts).reduce(mergeFacts);

  test('any permutation with repeats gives the same facts', () => {
    fc.assert(
      fc.property(
        fc
          .array(event, { minLength: 1, maxLength: 6 })
          .chain((events) =>
            fc.tuple(
              fc.constant(events),
              fc.shuffledSubarray(events, { minLength: events.length }),
              fc.array(fc.constantFrom(...events), { maxLength: 6 }),
            ),
          ),
        ([events, shuffled, repeats]) => {
          expect(merged([...repeats, ...shuffled])).toEqual(merged(events));
          expect(merged([...shuffled, ...repeats])).toEqual(merged(events));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('the grouping does not matter', () => {
    const facts = event.map((given) => parseContactEvent(given).facts);
    fc.assert(
      fc.property(facts, facts, facts, (a, b, c) => {
        expect(mergeFacts(mergeFacts(a, b), c)).toEqual(mergeFacts(a, mergeFacts(b, c)));
      }),
      { numRuns: 2_000 },
    );
  });

  test('of two sets of tags in the same second the larger one wins', () => {
    const some = { ...KEY, tags: { at: 1, value: { tier: 'gold' } } };
    const more = { ...KEY, tags: { at: 1, value: { tier: 'gold', lang: 'de' } } };
    const later = { ...KEY, tags: { at: 2, value: {} } };
    expect(mergeFacts(some, more)).toEqual(more);
    expect(mergeFacts(more, later)).toEqual(later);
  });
});
