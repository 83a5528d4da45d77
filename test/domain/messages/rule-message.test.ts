import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseContactEvent } from '../../../lambda/domain/contact/parse-event.ts';
import { parseRuleMessage } from '../../../lambda/domain/messages/parse.ts';
import { MalformedMessageError } from '../../../lambda/domain/messages/rule-message.ts';

const ORIGIN = { messageId: 'sqs-1', sentAt: 1_000_000, instances: ['i-1'] };
const KEY = { instanceId: 'i-1', contactId: 'c-1' };
const QUEUE = 'arn:aws:connect:eu-central-1:123456789012:instance/i-1/queue/q-1';
const parse = (body: unknown, origin = ORIGIN) =>
  parseRuleMessage(typeof body === 'string' ? body : JSON.stringify(body), origin);
const sample = (file: string) =>
  readFileSync(new URL(`../../fixtures/events/${file}`, import.meta.url), 'utf8');

describe('rule messages', () => {
  test.each([
    [
      'a signal with an end',
      { type: 'signal', id: 's-1', contactId: 'c-1', signal: 'vip', ttl: '30m' },
      [{ type: 'signal', ...KEY, id: 's-1', at: 1_000_000, signal: 'vip', until: 2_800_000 }],
    ],
    [
      'a signal without an id has that of its SQS message',
      { type: 'signal', contactId: 'c-1', signal: 'vip' },
      [{ type: 'signal', ...KEY, id: 'sqs-1', at: 1_000_000, signal: 'vip' }],
    ],
    [
      'a request for the name of a queue',
      { type: 'queue-name', instanceId: 'i-1', queueArn: QUEUE },
      [{ type: 'queue-name', instanceId: 'i-1', queueArn: QUEUE }],
    ],
    [
      'a request for the agents of a queue',
      { type: 'staffing', instanceId: 'i-1', queueArn: QUEUE, expressions: ['{}'] },
      [{ type: 'staffing', instanceId: 'i-1', queueArn: QUEUE, expressions: ['{}'] }],
    ],
    [
      'a signal for a queue',
      { type: 'signal', id: 's-2', queueArn: QUEUE, signal: 'backlog', ttl: '5m' },
      [
        {
          type: 'queue-signal',
          id: 's-2',
          at: 1_000_000,
          queueArn: QUEUE,
          signal: 'backlog',
          until: 1_300_000,
        },
      ],
    ],
    [
      'an override',
      {
        type: 'override',
        id: 'o-1',
        contactId: 'c-1',
        set: { priority: 1 },
        actor: 'ann',
        reason: 'angry',
        ttl: '10m',
      },
      [
        {
          type: 'override',
          ...KEY,
          id: 'o-1',
          at: 1_000_000,
          set: { priority: 1 },
          actor: 'ann',
          reason: 'angry',
          until: 1_600_000,
        },
      ],
    ],
    [
      'an override of the age',
      { type: 'override', contactId: 'c-1', set: { age: '-2m' } },
      [{ type: 'override', ...KEY, id: 'sqs-1', at: 1_000_000, set: { ageSeconds: -120 } }],
    ],
    [
      'a release',
      { type: 'release', contactId: 'c-1', actor: 'ann' },
      [{ type: 'release', ...KEY, id: 'sqs-1', at: 1_000_000, actor: 'ann' }],
    ],
    [
      'a wake-up',
      { type: 'wake', instanceId: 'i-1', contactId: 'c-1', wakeAt: '2026-11-23T12:00:00.000Z' },
      [{ type: 'wake', ...KEY, wakeAt: Date.parse('2026-11-23T12:00:00.000Z') }],
    ],
    ['a demand to look at everything again', { type: 'reevaluate' }, [{ type: 'reevaluate', id: 'sqs-1' }]],
    [
      'a metrics rule event is a signal for each queue that breached',
      {
        id: 'e-1',
        'detail-type': 'Metrics Rules Matched',
        resources: [
          'arn:aws:connect:r:1:instance/i-1/queue/q-1',
          'arn:aws:connect:r:1:instance/i-1/agent/a-1',
          'arn:aws:connect:r:1:instance/i-1/queue/q-2',
        ],
        detail: { ruleName: 'long queue', actionName: 'x', instanceArn: 'arn:aws:connect:r:1:instance/i-1' },
      },
      ['q-1', 'q-2'].map((queue) => ({
        type: 'queue-signal',
        id: `e-1:arn:aws:connect:r:1:instance/i-1/queue/${queue}`,
        at: 1_000_000,
        queueArn: `arn:aws:connect:r:1:instance/i-1/queue/${queue}`,
        signal: 'rule:long queue',
      })),
    ],
    [
      'a metrics rule on agents alone says nothing of contacts',
      {
        'detail-type': 'Metrics Rules Matched',
        resources: ['arn:aws:connect:r:1:instance/i-1/agent/a-1'],
        detail: { ruleName: 'idle' },
      },
      [],
    ],
  ])('%s', (_name, body, expected) => {
    expect(parse(body)).toEqual(expected);
  });

  test.each([
    '11-contact-lens-post-call-rules-matched-docs-2023.json',
    '12-contact-lens-realtime-rules-matched-docs-2023.json',
    '17-conversational-analytics-realtime-rules-matched-docs-current.json',
  ])('the rule event %s is a signal on its contact', (file) => {
    expect(parse(sample(file))).toEqual([
      {
        type: 'signal',
        instanceId: 'instance-ARN',
        contactId: 'contact-ARN',
        id: 'aaaaaaaa-bbbb-cccc-dddd-bf3703467718',
        at: 1_000_000,
        signal: 'rule:ACCOUNT_CANCELLATION',
      },
    ]);
  });
});

describe('a contact event that comes through the queue', () => {
  test.each([
    '04-contact-CONNECTED_TO_AGENT-docs-current.json',
    '06-contact-DISCONNECTED-docs-current-rebranded-detail-type.json',
  ])('gives the same facts as from the bus: %s', (file) => {
    const { facts } = parseContactEvent(JSON.parse(sample(file)));
    const { instanceId, contactId } = facts;
    expect(parse(sample(file))).toEqual([{ type: 'contact-event', instanceId, contactId, facts }]);
  });

  test('names the customer as from the bus', () => {
    const event = JSON.parse(sample('04-contact-CONNECTED_TO_AGENT-docs-current.json'));
    const named = { ...event, detail: { ...event.detail, customerId: 'ann' } };
    expect(parseContactEvent(named).customerId).toBe('ann');
    expect(parse(JSON.stringify(named))).toMatchObject([{ type: 'contact-event', customerId: 'ann' }]);
  });
});

const TWO = { ...ORIGIN, instances: ['i-1', 'i-2'] };

describe('malformed rule messages are rejected with every problem', () => {
  test.each([
    ['{"type":', 'Found "{\\"type\\":"; expected JSON (Unexpected end of JSON input). (syntax)'],
    ['[]', 'Found []; expected an object. (wrong-type)'],
    [
      { type: 'signl', contactId: 'c-1' },
      'type: Found "signl"; expected one of signal, override, release, wake, adopt, reevaluate, or the EventBridge ' +
        'envelope of a contact event or a Connect rule event. Did you mean "signal"? (not-allowed)',
    ],
    [
      {},
      'type: type is missing; expected one of signal, override, release, wake, adopt, reevaluate, or the EventBridge ' +
        'envelope of a contact event or a Connect rule event. (missing)',
    ],
    [
      { type: 'signal', contactId: 'c-1', sginal: 'vip', ttl: 'soon' },
      [
        'signal: signal is missing; expected a string. (missing)',
        'ttl: Found "soon"; expected a duration such as 45s, 3m, 1h30m or PT3M, at most a year. (not-allowed)',
        'sginal: "sginal" is not a known key; expected one of type, id, instanceId, contactId, queueArn, signal, ttl. ' +
          'Did you mean "signal"? (unknown-key)',
      ].join('\n'),
    ],
    [
      { type: 'signal', signal: 'vip' },
      'Found neither contactId nor queueArn; expected contactId (for one contact) or queueArn (for all that wait there). (addressee)',
    ],
    [
      { type: 'signal', signal: 'vip', contactId: 'c-1', queueArn: QUEUE },
      'Found both contactId and queueArn; expected contactId (for one contact) or queueArn (for all that wait there). (addressee)',
    ],
    [
      { type: 'override', contactId: 'c-1', set: { priority: 1, age: '2m' } },
      'set.age: Found both priority and age; expected one of them, because Connect accepts only one per request. ' +
        'Set the other in a later step. (priority-with-age)',
    ],
    [
      { type: 'override', contactId: 'c-1', set: { priority: 0 } },
      'set.priority: Found 0; expected at least 1. (out-of-range)',
    ],
    [
      { type: 'wake', contactId: 'c-1', wakeAt: 'noon' },
      'wakeAt: Found "noon"; expected a time such as 2026-11-23T12:00:00.000Z. (not-allowed)',
    ],
    [
      { type: 'release', contactId: 'c-1', instanceId: 'i-9' },
      'instanceId: Found "i-9"; expected an instance that is served: i-1. (not-served)',
    ],
    [
      { 'detail-type': 'EC2 Instance State-change Notification', detail: {} },
      'detail-type: Found "EC2 Instance State-change Notification"; expected a contact event, "… Contact Event", or a Connect rule event, "… Rules Matched". (not-allowed)',
    ],
    [
      { 'detail-type': 'Amazon Connect Contact Event', detail: { eventType: 'QUEUED', contactId: 'c-1' } },
      'detail.instanceArn is missing: expected the ARN of a Connect instance. (contact-event)',
    ],
    [
      { 'detail-type': 'Metrics Rules Matched', detail: {} },
      'detail.ruleName: ruleName is missing; expected the name of the rule. (missing)',
    ],
    [
      { 'detail-type': 'Contact Lens Realtime Rules Matched', detail: { ruleName: 'r', contactArn: 'arn' } },
      'detail.contactArn: Found "arn"; expected the ARN of a contact. (not-allowed)',
    ],
  ])('%j', (body, message) => {
    expect(() => parse(body)).toThrow(MalformedMessageError);
    expect(() => parse(body)).toThrow(new Error(message));
  });

  test('where several instances are served a message must name one', () => {
    const message = { type: 'release', contactId: 'c-1' };
    expect(() => parse(message, TWO)).toThrow(
      new Error(
        'instanceId: instanceId is missing; expected one of i-1, i-2, as several are served. (missing)',
      ),
    );
    expect(parse({ ...message, instanceId: 'i-2' }, TWO)).toEqual([
      { type: 'release', instanceId: 'i-2', contactId: 'c-1', id: 'sqs-1', at: 1_000_000 },
    ]);
  });

  test('a timer of an instance that is not served now is valid', () => {
    const wake = { type: 'wake', instanceId: 'i-9', contactId: 'c-1', wakeAt: '2026-11-23T12:00:00.000Z' };
    expect(parse(wake)).toEqual([
      { type: 'wake', instanceId: 'i-9', contactId: 'c-1', wakeAt: Date.parse(wake.wakeAt) },
    ]);
  });

  test.each(['ABCDEF01-2222-3333-4444-555555555555', 'Zm9v+/=', '***', ' Größe '])(
    'a message of the system itself names the contact %j as its events do',
    (contactId) => {
      const at = '2026-11-23T12:00:00.000Z';
      expect(parse({ type: 'wake', contactId, wakeAt: at })).toEqual([
        { type: 'wake', instanceId: 'i-1', contactId, wakeAt: Date.parse(at) },
      ]);
      expect(parse({ type: 'signal-of-queue', contactId, signal: 's' })).toMatchObject([
        { type: 'signal-of-queue', contactId },
      ]);
    },
  );

  test.each([
    [{ contactId: 'c\ud800', instanceId: 'i-1' }, 'contactId'],
    [{ contactId: 'c-1', instanceId: 'quota' }, 'instanceId'],
  ])('a message of the system itself with an id that no event may have is refused: %j', (ids, member) => {
    const wake = { type: 'wake', ...ids, wakeAt: '2026-11-23T12:00:00.000Z' };
    expect(() => parse(wake)).toThrow(`${member}: Found`);
  });

  test('any text gives messages or that error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((value) => JSON.stringify({ type: 'override', set: value, contactId: value })),
          fc.jsonValue().map((value) => JSON.stringify({ type: value, contactId: value })),
          fc.constant('{"type":{"toString":1}}'),
        ),
        (body) => {
          try {
            expect(Array.isArray(parse(body))).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(MalformedMessageError);
          }
        },
      ),
    );
  });
});

describe('a Connect rule event reaches what it names, in every form of an ARN', () => {
  const rule = (detail: object, more: object = {}) => ({
    'detail-type': 'Metrics Rules Matched',
    id: 'e-1',
    detail: { ruleName: 'busy', ...detail },
    ...more,
  });
  const LONG = 'arn:aws::connect:eu-central-1:123456789012:instance/i-1';

  test.each<[string, object, object]>([
    ['a queue with two colons', rule({}, { resources: [`${LONG}/queue/q-1`] }), { queueArn: QUEUE }],
    ['a queue with blanks', rule({}, { resources: [` ${QUEUE} `] }), { queueArn: QUEUE }],
    ['a queue in PascalCase', rule({}, { Resources: [QUEUE] }), { queueArn: QUEUE }],
    ['no contact but null', rule({ contactArn: null }, { resources: [QUEUE] }), { queueArn: QUEUE }],
    ['no contact but an empty text', rule({ contactArn: '' }, { resources: [QUEUE] }), { queueArn: QUEUE }],
    [
      'a contact in capitals',
      rule({ contactArn: `${LONG}/contact/AAAAAAAA-1111-2222-3333-BBBBBBBBBBBB` }),
      { instanceId: 'i-1', contactId: 'aaaaaaaa-1111-2222-3333-bbbbbbbbbbbb' },
    ],
  ])('%s', (_name, event, expected) => {
    expect(parse(event)).toEqual([expect.objectContaining({ signal: 'rule:busy', ...expected })]);
  });

  test('and so does a signal to a queue with two colons', () => {
    const queueArn = `${LONG}/queue/q-1`;
    expect(parse({ type: 'signal', queueArn, signal: 's' })).toMatchObject([{ queueArn: QUEUE }]);
  });
});
