import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { ContactFacts } from '../../../lambda/domain/contact/facts.ts';
import { mergeFacts } from '../../../lambda/domain/contact/merge-facts.ts';
import {
  MalformedEventError,
  momentOf,
  parseContactEvent,
} from '../../../lambda/domain/contact/parse-event.ts';

const FOLDER = new URL('../../fixtures/events/', import.meta.url);
const sample = (file: string): unknown => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
const at = (text: string) => Date.parse(text);

const INSTANCE = '12345678-1234-1234-1234-123456789012';
const QUEUE = `arn:aws:connect:us-west-2:123456789012:instance/${INSTANCE}/queue/${INSTANCE}`;
const LINE = '+11234567890';
const SYSTEM_TAGS = { 'aws:connect:instanceId': INSTANCE, 'aws:connect:systemEndpoint': LINE };

/** Every sample with what must be read from it, or with the exact error. */
const READ: Record<string, unknown> = {
  '01-contact-CONNECTED_TO_AGENT-docs-2021-05-pascalcase.json': {
    eventType: 'CONNECTED_TO_AGENT',
    facts: {
      instanceId: INSTANCE,
      contactId: '11111111-1111-1111-1111-111111111111',
      initialContactId: '11111111-2222-3333-4444-555555555555',
      previousContactId: '11111111-2222-3333-4444-555555555555',
      channel: 'VOICE',
      initiationMethod: 'INBOUND',
      // The event has no time of its own for it: the envelope's second, to its end.
      connectedAt: at('2021-05-01T18:43:48.999Z'),
    },
  },
  '02-contact-CONNECTED_TO_AGENT-docs-2021-08-detail-only.json': {
    eventType: 'CONNECTED_TO_AGENT',
    facts: {
      instanceId: INSTANCE,
      contactId: '11111111-1111-1111-1111-111111111111',
      channel: 'VOICE',
      initiationMethod: 'INBOUND',
      initiatedAt: at('2021-08-04T17:17:53.000Z'),
      queue: { arn: QUEUE, type: 'type', enqueuedAt: at('2021-08-04T17:29:04.000Z') },
      firstEnqueuedAt: at('2021-08-04T17:29:04.000Z'),
      connectedAt: at('2021-08-04T17:29:09.000Z'),
    },
  },
  '03-contact-DISCONNECTED-docs-2021-08-mixedcase.json': {
    eventType: 'DISCONNECTED',
    facts: {
      instanceId: INSTANCE,
      contactId: '11111111-1111-1111-1111-111111111111',
      initialContactId: '11111111-2222-3333-4444-555555555555',
      previousContactId: '11111111-2222-3333-4444-555555555555',
      channel: 'VOICE',
      initiationMethod: 'OUTBOUND',
      dialer: 'agent',
      initiatedAt: at('2021-08-04T17:17:53.000Z'),
      queue: { arn: 'arn', type: 'type', enqueuedAt: at('2021-08-04T17:29:04.000Z') },
      firstEnqueuedAt: at('2021-08-04T17:29:04.000Z'),
      connectedAt: at('2021-08-04T17:29:09.000Z'),
      disconnectedAt: at('2021-08-04T17:18:37.000Z'),
    },
  },
  '04-contact-CONNECTED_TO_AGENT-docs-current.json': {
    eventType: 'CONNECTED_TO_AGENT',
    facts: {
      instanceId: INSTANCE,
      contactId: '11111111-1111-1111-1111-111111111111',
      channel: 'VOICE',
      initiationMethod: 'INBOUND',
      initiatedAt: at('2021-08-04T17:17:53.000Z'),
      queue: {
        arn: QUEUE.replace('us-west-2', '{{your-region}}'),
        type: 'type',
        enqueuedAt: at('2021-08-04T17:29:04.000Z'),
      },
      firstEnqueuedAt: at('2021-08-04T17:29:04.000Z'),
      connectedAt: at('2021-08-04T17:29:09.000Z'),
      tags: { at: at('2021-08-04T17:43:48Z'), value: SYSTEM_TAGS },
    },
  },
  '05-contact-COMPLETED-docs-current-cross-region.json': {
    eventType: 'COMPLETED',
    facts: {
      instanceId: INSTANCE,
      contactId: '11111111-1111-1111-1111-111111111111',
      channel: 'VOICE',
      initiationMethod: 'INBOUND',
      initiatedAt: at('2026-05-28T00:04:48.433Z'),
      queue: {
        arn: QUEUE.replace(':123456789012:', ':111122223333:'),
        type: 'STANDARD',
        enqueuedAt: at('2026-05-28T00:05:12.412Z'),
      },
      firstEnqueuedAt: at('2026-05-28T00:05:12.412Z'),
      connectedAt: at('2026-05-28T00:05:30.973Z'),
      // COMPLETED carries no disconnect time: whatever it was, the wait is over.
      disconnectedAt: at('2026-05-28T00:06:43.999Z'),
      tags: { at: at('2026-05-28T00:06:43Z'), value: SYSTEM_TAGS },
      activeRegion: { at: at('2026-05-28T00:06:43Z'), value: 'us-east-1' },
    },
  },
  '06-contact-DISCONNECTED-docs-current-rebranded-detail-type.json': {
    eventType: 'DISCONNECTED',
    facts: {
      instanceId: INSTANCE,
      contactId: '11111111-1111-1111-1111-111111111111',
      initialContactId: '11111111-2222-3333-4444-555555555555',
      previousContactId: '11111111-2222-3333-4444-555555555555',
      channel: 'VOICE',
      initiationMethod: 'OUTBOUND',
      dialer: 'agent',
      initiatedAt: at('2021-08-04T17:17:53.000Z'),
      connectedAt: at('2021-08-04T17:29:09.000Z'),
      disconnectedAt: at('2021-08-04T17:18:37.000Z'),
      tags: { at: at('2021-08-04T17:43:48Z'), value: { ...SYSTEM_TAGS, Dept: 'Finance' } },
    },
  },
  '07-contact-CONTACT_DATA_UPDATED-docs-current-contactlens.json': {
    eventType: 'CONTACT_DATA_UPDATED',
    facts: {
      instanceId: '{{the instance ID}}',
      contactId: '{{the contact ID}}',
      channel: 'CHAT',
      initiationMethod: 'API',
      initiatedAt: at('2023-10-24T02:39:15.154Z'),
      // agentInfo is there with the time of 1970 that stands for "not set": the contact still waits.
      queue: {
        arn: 'arn:aws:connect:us-west-2:{{the account ID}}:instance/{{the instance ID}}/queue/{{the queue ID}}',
        type: 'STANDARD',
        enqueuedAt: at('2023-10-24T02:39:15.240Z'),
      },
      firstEnqueuedAt: at('2023-10-24T02:39:15.240Z'),
      tags: { at: at('2021-08-04T17:43:48Z'), value: { 'aws:connect:instanceId': '{{the instance ID}}' } },
    },
  },
  '08-contact-CONNECTED_TO_AGENT-docs-current-routingcriteria-pascalcase.json': {
    eventType: 'CONNECTED_TO_AGENT',
    facts: {
      instanceId: INSTANCE,
      contactId: INSTANCE,
      channel: 'VOICE',
      initiationMethod: 'INBOUND',
      queue: { arn: QUEUE, type: 'type', enqueuedAt: at('2021-08-04T17:29:04.000Z') },
      firstEnqueuedAt: at('2021-08-04T17:29:04.000Z'),
      connectedAt: at('2021-08-04T17:29:09.000Z'),
      tags: { at: at('2021-08-04T17:43:48Z'), value: SYSTEM_TAGS },
    },
  },
  '09-contact-CONTACT_DATA_UPDATED-docs-current-routing-step-expired.json': {
    eventType: 'CONTACT_DATA_UPDATED',
    facts: {
      instanceId: INSTANCE,
      contactId: INSTANCE,
      channel: 'CHAT',
      initiationMethod: 'API',
      initiatedAt: at('2023-11-01T18:33:00.716Z'),
      queue: {
        arn: QUEUE,
        type: 'STANDARD',
        enqueuedAt: at('2023-11-01T18:33:03.062Z'),
      },
      firstEnqueuedAt: at('2023-11-01T18:33:03.062Z'),
      tags: { at: at('2021-08-04T17:43:48Z'), value: { 'aws:connect:instanceId': INSTANCE } },
    },
  },
  '10-contact-CONNECTED_TO_AGENT-docs-current-preferred-agent.json': {
    eventType: 'CONNECTED_TO_AGENT',
    facts: {
      instanceId: INSTANCE,
      contactId: INSTANCE,
      channel: 'VOICE',
      initiationMethod: 'INBOUND',
      queue: { arn: QUEUE, type: 'type', enqueuedAt: at('2021-08-04T17:29:04.000Z') },
      firstEnqueuedAt: at('2021-08-04T17:29:04.000Z'),
      connectedAt: at('2021-08-04T17:29:09.000Z'),
      tags: { at: at('2021-08-04T17:43:48Z'), value: SYSTEM_TAGS },
    },
  },
  '11-contact-lens-post-call-rules-matched-docs-2023.json':
    'detail.eventType is missing: expected the type of a contact event, such as QUEUED.',
  '12-contact-lens-realtime-rules-matched-docs-2023.json':
    'detail.eventType is missing: expected the type of a contact event, such as QUEUED.',
  '13-rules-action-execution-failed-docs.json':
    'detail.eventType is missing: expected the type of a contact event, such as QUEUED.',
  '14-contact-CONTACT_DATA_UPDATED-wild-salesforce-scv-test.json':
    'detail.contactId is missing: expected the id of a contact.',
  '15-contact-DISCONNECTED-wild-salesforce-scv-test.json':
    'detail.contactId is missing: expected the id of a contact.',
  '16-contact-CONNECTED_TO_AGENT-wild-vitest-2026.json':
    'detail.instanceArn is "arn:instance": expected the ARN of a Connect instance, ' +
    'such as arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-3333-4444-555555555555.',
  '17-conversational-analytics-realtime-rules-matched-docs-current.json':
    'detail.eventType is missing: expected the type of a contact event, such as QUEUED.',
};

/** The time of the event has a test of its own. */
const withoutEventTime = ({ eventAt: _eventAt, ...facts }: ContactFacts) => facts;

test('the time of an event is that of its envelope, else the latest that it names', () => {
  const detail = {
    eventType: 'QUEUED',
    contactId: 'c',
    instanceArn: 'arn:aws:connect:eu-central-1:123456789012:instance/i-1',
    initiationTimestamp: '2026-11-23T10:00:00.000Z',
    queueInfo: { queueArn: 'arn:q', enqueueTimestamp: '2026-11-23T10:00:05.000Z' },
  };
  const at = (event: object) => parseContactEvent(event).facts.eventAt;
  expect(at({ time: '2026-11-23T10:00:07Z', detail })).toBe(Date.parse('2026-11-23T10:00:07Z'));
  expect(at(detail)).toBe(Date.parse('2026-11-23T10:00:05.000Z'));
  expect(at({ ...detail, initiationTimestamp: undefined, queueInfo: undefined })).toBe(undefined);
  const agentInfo = { connectedToAgentTimestamp: '2026-11-23T10:00:06.000Z' };
  expect(at({ ...detail, agentInfo })).toBe(Date.parse('2026-11-23T10:00:06.000Z'));
  expect(at({ ...detail, agentInfo, disconnectTimestamp: '2026-11-23T10:00:08.000Z' })).toBe(
    Date.parse('2026-11-23T10:00:08.000Z'),
  );
});

describe('the samples of contact events', () => {
  test('each has an expectation', () => {
    const files = readdirSync(FOLDER).filter((file) => file !== 'index.json');
    expect(Object.keys(READ)).toEqual(files.sort());
  });

  test.each(Object.entries(READ))('%s', (file, expected) => {
    if (typeof expected === 'string') {
      expect(() => parseContactEvent(sample(file))).toThrow(new MalformedEventError(expected));
    } else {
      const event = parseContactEvent(sample(file));
      expect({ ...event, facts: withoutEventTime(event.facts) }).toEqual(expected);
    }
  });
});

const event = (detail: object, envelope: object = {}) => ({
  time: '2026-11-23T10:00:00Z',
  ...envelope,
  detail: {
    eventType: 'QUEUED',
    contactId: 'c-1',
    instanceArn: 'arn:aws:connect:eu-central-1:123456789012:instance/i-1',
    ...detail,
  },
});

describe('contact events are parsed tolerantly', () => {
  const queueInfo = { queueArn: 'arn:q', enqueueTimestamp: '2026-11-23T09:59:58.250Z' };
  const base = { instanceId: 'i-1', contactId: 'c-1' };
  const queued = { queue: { arn: 'arn:q', enqueuedAt: at('2026-11-23T09:59:58.250Z') } };

  test.each([
    ['a QUEUED event', event({ queueInfo }), { ...queued, firstEnqueuedAt: at('2026-11-23T09:59:58.250Z') }],
    [
      'a QUEUED event without its enqueue time takes that of the envelope',
      event({ queueInfo: { queueArn: 'arn:q' } }),
      {
        approximateQueue: { arn: 'arn:q', enqueuedAt: at('2026-11-23T10:00:00Z') },
        firstEnqueuedAt: at('2026-11-23T10:00:00.999Z'),
      },
    ],
    [
      'a QUEUED event with the milliseconds of its envelope alone was queued in that second',
      event({ queueInfo: { queueArn: 'arn:q' } }, { time: '2026-11-23T10:00:00.700Z' }),
      {
        approximateQueue: { arn: 'arn:q', enqueuedAt: at('2026-11-23T10:00:00Z') },
        firstEnqueuedAt: at('2026-11-23T10:00:00.999Z'),
      },
    ],
    [
      'other events without an enqueue time say nothing of a queue',
      event({ eventType: 'AMD_DISABLED', queueInfo: { queueArn: 'arn:q' } }),
      {},
    ],
    [
      'a Region of origin, which counts from the start where no active one is named',
      event({ globalResiliencyMetadata: { originRegion: 'us-east-1' } }),
      { activeRegion: { at: 0, value: 'us-east-1' } },
    ],
    ['missing queueInfo', event({ queueInfo: undefined }), {}],
    ['a queueInfo that is no object', event({ queueInfo: 'later' }), {}],
    ['times that are none', event({ initiationTimestamp: 'soon', disconnectTimestamp: 7 }), {}],
    ['an unknown event type', event({ eventType: 'TELEPORTED' }), {}],
    ['unknown fields', event({ mood: { level: 3 } }), {}],
    ['texts that are empty', event({ channel: '', initiationMethod: '', queueInfo: { queueArn: '' } }), {}],
    [
      'tags that are no texts',
      event({ tags: { tier: 'gold', level: 7, odd: null } }),
      { tags: { at: at('2026-11-23T10:00:00Z'), value: { tier: 'gold' } } },
    ],
    [
      'a disconnection without its time',
      event({ eventType: 'disconnected' }),
      { disconnectedAt: at('2026-11-23T10:00:00.999Z') },
    ],
    ['a paused task', event({ eventType: 'PAUSED' }), { pauses: [at('2026-11-23T10:00:00Z')] }],
    ['a resumed task', event({ eventType: 'RESUMED' }), { resumes: [at('2026-11-23T10:00:00Z')] }],
    [
      'attributes that changed',
      event({ eventType: 'CONTACT_DATA_UPDATED', updatedProperties: ['UserDefinedAttributes'] }),
      { attributesChangedAt: at('2026-11-23T10:00:00Z') },
    ],
    [
      'attributes that changed with other properties',
      event({ updatedProperties: [7, null, 'Tags', 'UserDefinedAttributes.tier'] }),
      { attributesChangedAt: at('2026-11-23T10:00:00Z') },
    ],
    [
      'tags and segment attributes that are no objects',
      event({ tags: 'gold', segmentAttributes: 'gold', customerId: 'x', agentInfo: 'ann' }),
      {},
    ],
    [
      'other properties that changed',
      event({ eventType: 'CONTACT_DATA_UPDATED', updatedProperties: ['RoutingCriteria.Step.Status'] }),
      {},
    ],
    [
      'segment attributes, with their types',
      event({
        segmentAttributes: {
          'connect:Subtype': { valueString: 'connect:Telephony' },
          n: { valueInteger: 3 },
          arn: { ValueArn: 'arn:x' },
          map: { valueMap: { Status: { valueString: 'AUTHENTICATED' }, Level: { valueInteger: 2 } } },
          list: { valueList: [{ valueString: 'a' }, { valueMap: { b: { valueInteger: 1 } } }] },
          none: { valueOther: 1 },
          nothing: null,
          plain: 'x',
        },
      }),
      {
        segmentAttributes: {
          at: at('2026-11-23T10:00:00Z'),
          value: {
            'connect:Subtype': 'connect:Telephony',
            n: 3,
            arn: 'arn:x',
            map: { Status: 'AUTHENTICATED', Level: 2 },
            list: ['a', { b: 1 }],
            plain: 'x',
          },
        },
      },
    ],
    [
      'tags named like members of every object',
      event({ tags: { constructor: 'a', __proto__: 'b' } }),
      { tags: { at: at('2026-11-23T10:00:00Z'), value: { constructor: 'a' } } },
    ],
  ])('%s', (_name, given, facts) => {
    expect(withoutEventTime(parseContactEvent(given).facts)).toEqual({ ...base, ...facts });
  });

  test.each([
    [null, 'the event is null: expected a JSON object.'],
    [[1], 'the event is a list: expected a JSON object.'],
    ['QUEUED', 'the event is a string: expected a JSON object.'],
    [{ detail: 'x' }, 'detail is a string: expected a JSON object.'],
    [event({ contactId: 7 }), 'detail.contactId is 7: expected the id of a contact.'],
    [event({ contactId: '' }), 'detail.contactId is "": expected the id of a contact.'],
    [
      event({ contactId: { phone: '+49301234567' } }),
      'detail.contactId is an object: expected the id of a contact.',
    ],
    [event({ contactId: ['+49301234567'] }), 'detail.contactId is a list: expected the id of a contact.'],
    [
      event({ instanceArn: 'jane@example.org' }),
      'detail.instanceArn is no ARN: expected the ARN of a Connect instance, such as ' +
        'arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-3333-4444-555555555555.',
    ],
  ])('%j is refused with a clear error', (given, message) => {
    expect(() => parseContactEvent(given)).toThrow(new MalformedEventError(message));
  });
});

test('ids and ARNs have the form by which records are found', () => {
  const [id, arn] = ['AAAAAAAA-1111-2222-3333-BBBBBBBBBBBB', 'arn:aws::connect:eu-central-1:1:instance/i-1'];
  const { facts } = parseContactEvent(
    event({
      contactId: ` ${id} `,
      initialContactId: id,
      previousContactId: id,
      instanceArn: `${arn.slice(0, -3)}${id}`,
      queueInfo: { queueArn: `${arn}/queue/agent/${id}`, enqueueTimestamp: '2026-11-23T10:00:00Z' },
    }),
  );
  const lower = id.toLowerCase();
  expect(facts).toMatchObject({ contactId: lower, initialContactId: lower, previousContactId: lower });
  expect(facts.instanceId).toBe(lower);
  expect(facts.queue?.arn).toBe(`arn:aws:connect:eu-central-1:1:instance/i-1/queue/agent/${lower}`);
});

test.each<[unknown, unknown]>([
  [{ valueInteger: 0 }, 0],
  [{ valueInteger: '3' }, 3],
  [{ valueInteger: '1e3' }, '1e3'],
  [{ valueInteger: '' }, ''],
  [{ valueInteger: true }, true],
  [{ valueInteger: Number.MAX_SAFE_INTEGER }, Number.MAX_SAFE_INTEGER],
  [{ ValueInteger: '-12' }, -12],
  [{ valueInteger: '9007199254740993' }, '9007199254740993'],
  [{ valueString: '3' }, '3'],
  [{ valueString: '' }, ''],
  [false, false],
  [{ valueBoolean: true }, true],
  [{ valueList: [] }, []],
  [{ valueMap: {} }, {}],
  [{}, {}],
  [{ valueList: [{ valueString: 'a' }, null, { valueFuture: 1 }] }, ['a']],
  [{ region: 'x' }, { region: 'x' }],
  [{ valueMap: { none: null, later: { valueFuture: 1 }, known: 'k' } }, { known: 'k' }],
  [
    { valueFuture: 1, note: 'x' },
    { valueFuture: 1, note: 'x' },
  ],
  [
    { Status: 'OK', Level: { valueInteger: 2 } },
    { Status: 'OK', Level: 2 },
  ],
  [
    ['x', 1],
    ['x', 1],
  ],
  [{ ValueMap: { Inner: { ValueMap: { Level: { ValueInteger: '7' } } } } }, { Inner: { Level: 7 } }],
  // The table cannot hold greater numbers.
  [{ valueInteger: 2 ** 60 }, String(2 ** 60)],
  [1e300, '1e+300'],
])('a segment attribute %j has the value %j', (given, value) => {
  const { facts } = parseContactEvent(event({ segmentAttributes: { a: given } }));
  expect(facts.segmentAttributes?.value).toStrictEqual({ a: value });
});

describe('maps and lists in a segment attribute are read to a depth of 16', () => {
  const nested = (levels: number, wrap: (value: unknown) => unknown) => {
    let value: unknown = 'x';
    for (let level = 0; level < levels; level++) value = wrap(value);
    return value;
  };
  const storedOf = (given: unknown) =>
    JSON.stringify(
      parseContactEvent(event({ segmentAttributes: { a: given } })).facts.segmentAttributes?.value,
    );

  test.each<[string, wrap: (value: unknown) => unknown]>([
    ['plain maps', (value) => ({ b: value })],
    ['maps with types', (value) => ({ valueMap: { b: value } })],
    ['lists', (value) => [value]],
  ])('%s', (_name, wrap) => {
    expect(storedOf(nested(16, wrap))).toContain('x');
    expect(storedOf(nested(17, wrap))).not.toContain('x');
  });
});

describe('the moment of an event', () => {
  const SECOND = 60_000;

  test.each<
    [string, type: string, enqueuedAt: number | undefined, others: (number | undefined)[], moment: number]
  >([
    ['is that of its envelope', 'QUEUED', undefined, [undefined], SECOND],
    ['is its latest time', 'CONNECTED_TO_AGENT', undefined, [SECOND + 300, SECOND + 200], SECOND + 300],
    ['may be the end of its second', 'CONNECTED_TO_AGENT', undefined, [SECOND + 999], SECOND + 999],
    ['is never in the next second', 'CONNECTED_TO_AGENT', undefined, [SECOND + 1_000], SECOND],
    ['is that of the enqueue for QUEUED', 'QUEUED', SECOND + 400, [SECOND + 100], SECOND + 400],
    ['is after the enqueue for another event', 'CONTACT_DATA_UPDATED', SECOND + 400, [], SECOND + 401],
    ['is after the enqueue within its second', 'CONTACT_DATA_UPDATED', SECOND + 999, [], SECOND + 999],
    [
      'is that of what came after the enqueue',
      'CONNECTED_TO_AGENT',
      SECOND + 400,
      [SECOND + 700],
      SECOND + 700,
    ],
  ])('%s', (_name, type, enqueuedAt, others, moment) => {
    expect(momentOf(type, SECOND, enqueuedAt, others)).toBe(moment);
  });

  test.each(['agentInfo', 'disconnectTimestamp', 'initiationTimestamp'])('is that of %s', (field) => {
    const time = '2026-11-23T10:00:00.300Z';
    const detail = { [field]: field === 'agentInfo' ? { connectedToAgentTimestamp: time } : time, tags: {} };
    expect(parseContactEvent(event(detail)).facts.tags?.at).toBe(at(time));
    expect(parseContactEvent(event(detail, { time: undefined })).facts.eventAt).toBe(at(time));
  });

  test('is within its second where the envelope has milliseconds', () => {
    expect(momentOf('CONNECTED_TO_AGENT', SECOND + 500, undefined, [SECOND + 999])).toBe(SECOND + 999);
    expect(momentOf('CONNECTED_TO_AGENT', SECOND + 500, undefined, [SECOND + 1_300])).toBe(SECOND + 500);
  });
});

test('a contact of Connect’s own tests has their mark', () => {
  const marked = event({ segmentAttributes: { 'connect:ValidationTestType': { valueString: 'SIMULATED' } } });
  expect(parseContactEvent(marked)).toMatchObject({ origin: 'test', facts: { isTest: true } });
  expect(parseContactEvent(event({ segmentAttributes: { other: 'x' } }))).not.toHaveProperty('origin');
});

test('names that cannot be stored are left out', () => {
  const odd = JSON.parse('{ "__proto__": "x", "constructor": "y" }');
  const { facts } = parseContactEvent(event({ tags: odd, segmentAttributes: odd }));
  expect(Object.entries(facts.tags?.value ?? {})).toEqual([['constructor', 'y']]);
  expect(Object.entries(facts.segmentAttributes?.value ?? {})).toEqual([['constructor', 'y']]);
});

describe('of several events in one second, the tags and segment attributes of the latest count', () => {
  const queueInfo = { queueArn: 'arn:q', enqueueTimestamp: '2026-11-23T10:00:00.400Z' };
  const updated = { eventType: 'CONTACT_DATA_UPDATED' };
  const labels = (tier: string) => ({ tags: { tier }, segmentAttributes: { tier: { valueString: tier } } });
  const tiers = (...details: object[]) =>
    [details, details.toReversed()].map((inOrder) => {
      const all = inOrder.map((detail) => parseContactEvent(event(detail)).facts);
      const { tags, segmentAttributes } = all.reduce(mergeFacts);
      return [tags?.value.tier, segmentAttributes?.value.tier];
    });
  const both = (tier: string) => [
    [tier, tier],
    [tier, tier],
  ];

  test('that of the enqueue, after a flow had changed them before', () => {
    const before = { ...updated, initiationTimestamp: '2026-11-23T10:00:00.100Z', ...labels('silver') };
    expect(tiers(before, { queueInfo, ...labels('gold') })).toEqual(both('gold'));
  });

  test('that of a change in the queue, after the enqueue', () => {
    const inQueue = { ...updated, queueInfo, ...labels('gold') };
    expect(tiers({ queueInfo, ...labels('silver') }, inQueue)).toEqual(both('gold'));
  });

  test.each(['2026-11-23T09:59:00.500Z', '2026-11-23T10:00:00.999Z', '2026-11-23T10:00:07Z'])(
    'and an enqueue at %s never dates an event out of its second',
    (enqueueTimestamp) => {
      const inQueue = { ...updated, queueInfo: { ...queueInfo, enqueueTimestamp }, ...labels('gold') };
      const { tags } = parseContactEvent(event(inQueue)).facts;
      expect(Math.floor((tags?.at ?? 0) / 1_000)).toBe(at('2026-11-23T10:00:00Z') / 1_000);
    },
  );
});

test.each([
  [['Tags'], true],
  [['tags.tier'], true],
  [['RoutingCriteria', 'SegmentAttributes.level'], true],
  [['UserDefinedAttributes'], undefined],
  [[7, null], undefined],
  ['Tags', undefined],
  [undefined, undefined],
])(
  'an event whose updated properties are %j says that tags or segment attributes changed: %s',
  (updatedProperties, expected) => {
    expect(parseContactEvent(event({ updatedProperties })).changesTags).toBe(expected);
  },
);
