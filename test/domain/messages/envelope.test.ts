import { describe, expect, test } from '@jest/globals';
import { parseRuleMessage } from '../../../lambda/domain/messages/parse.ts';
import { MalformedMessageError, type MessageMetadata } from '../../../lambda/domain/messages/rule-message.ts';
import { formatProblem } from '../../../lambda/domain/validation/problem.ts';

const METADATA: MessageMetadata = {
  messageId: 'sqs-1',
  sentAt: 1_000_000,
  instances: ['i-1'],
  deployedInstances: ['i-1', 'i-2'],
};
const arn = (instance: string) => `arn:aws:connect:eu-central-1:123456789012:instance/${instance}`;
const SERVED = 'expected an instance that is served: i-1, i-2. (not-served)';

function outcome(envelope: object, metadata = METADATA): unknown {
  try {
    return parseRuleMessage(JSON.stringify(envelope), metadata);
  } catch (error) {
    if (!(error instanceof MalformedMessageError)) throw error;
    return error.problems.map(formatProblem).join('\n');
  }
}

const contactEvent = (instance: string, more: object = {}) => ({
  source: 'aws.connect',
  'detail-type': 'Amazon Connect Contact Event',
  time: '2026-11-23T10:00:00Z',
  detail: { eventType: 'QUEUED', contactId: 'c-1', instanceArn: arn(instance) },
  ...more,
});
const ruleEvent = (detail: object, more: object = {}) => ({
  id: 'e-1',
  source: 'aws.connect',
  'detail-type': 'Contact Lens Realtime Rules Matched',
  detail: { ruleName: 'angry', ...detail },
  ...more,
});
const onContact = (instance: string) => ruleEvent({ contactArn: `${arn(instance)}/contact/c-1` });
const onQueues = (...instances: string[]) =>
  ruleEvent({}, { resources: instances.map((instance) => `${arn(instance)}/queue/q-1`) });

test.each([
  [['Tags'], true],
  [['UserDefinedAttributes'], undefined],
])('a contact event says whether tags changed: %j', (updatedProperties, changesTags) => {
  const { detail, ...event } = contactEvent('i-2');
  const updated = { ...event, detail: { ...detail, eventType: 'CONTACT_DATA_UPDATED', updatedProperties } };
  const [message] = outcome(updated) as { readonly changesTags?: true }[];
  expect(message?.changesTags).toBe(changesTags);
});

describe('an event of an instance that this deployment has nothing to do with', () => {
  test('of a contact is refused', () => {
    expect(outcome(contactEvent('i-2'))).toMatchObject([{ type: 'contact-event', instanceId: 'i-2' }]);
    expect(outcome(contactEvent('i-9'))).toBe(`detail.instanceArn: Found "i-9"; ${SERVED}`);
    const { deployedInstances: _unknown, ...anywhere } = METADATA;
    expect(outcome(contactEvent('i-9'), anywhere)).toMatchObject([{ instanceId: 'i-9' }]);
    expect(outcome(contactEvent('i-3'), { ...METADATA, instances: ['i-3'] })).toMatchObject([
      { instanceId: 'i-3' },
    ]);
  });

  test('of a queue whose ARN names no instance is taken', () => {
    const resources = ['arn:aws:connect:eu-central-1:123456789012:queue/q-1'];
    expect(outcome(ruleEvent({}, { resources }))).toMatchObject([{ type: 'queue-signal' }]);
  });

  test('of a rule is refused', () => {
    expect(outcome(onContact('i-2'))).toMatchObject([
      { type: 'signal', instanceId: 'i-2', contactId: 'c-1' },
    ]);
    expect(outcome(onContact('i-9'))).toMatch(
      /^detail\.contactArn: Found "arn.*; expected an instance that is served/,
    );
    expect(outcome(onQueues('i-1', 'i-2'))).toHaveLength(2);
    expect(outcome(onQueues('i-1', 'i-9'))).toMatch(
      /^resources: Found "arn.*; expected an instance that is served/,
    );
  });
});

describe('an event of another source than Amazon Connect', () => {
  test.each([
    ['of a contact', (source: unknown) => contactEvent('i-1', { source })],
    ['of a rule', (source: unknown) => ({ ...onContact('i-1'), source })],
  ])('%s is refused', (_name, withSource) => {
    expect(outcome(withSource('somebody'))).toBe(
      'source: Found "somebody"; expected aws.connect. (not-allowed)',
    );
    expect(outcome(withSource(undefined))).toHaveLength(1);
  });
});

test('a contact event says that it comes from a test or from a replay', () => {
  expect(outcome(contactEvent('i-1', { 'replay-name': 'r' }))).toMatchObject([{ origin: 'replay' }]);
  expect(outcome(contactEvent('i-1'))).not.toMatchObject([{ origin: expect.anything() }]);
});

describe('a rule event', () => {
  test('that is replayed is passed over', () => {
    expect(outcome({ ...onContact('i-1'), 'replay-name': 'r' })).toEqual([{ type: 'replayed-rule-event' }]);
  });

  test('has names that are cut to what can be stored', () => {
    const long = { ...onContact('i-1'), id: 'e'.repeat(200) };
    expect(outcome({ ...long, detail: { ...long.detail, ruleName: 'r'.repeat(300) } })).toEqual([
      {
        type: 'signal',
        instanceId: 'i-1',
        contactId: 'c-1',
        id: 'e'.repeat(128),
        at: 1_000_000,
        signal: `rule:${'r'.repeat(251)}`,
      },
    ]);
    expect(outcome({ ...onContact('i-1'), id: 7 })).toMatchObject([{ id: 'sqs-1' }]);
  });

  test.each([
    [ruleEvent({ ruleName: '', contactArn: `${arn('i-1')}/contact/c-1` }), 'detail.ruleName: Found ""'],
    [ruleEvent({ ruleName: 7 }), 'detail.ruleName: Found 7'],
    [{ ...ruleEvent({}), detail: 'none' }, 'detail.ruleName: ruleName is missing'],
    [ruleEvent({ contactArn: `${arn('i-1')}/agent/a-1` }), 'detail.contactArn: Found'],
    [ruleEvent({ contactArn: 'arn:aws:connect:x:1:contact/c-1' }), 'detail.contactArn: Found'],
    [ruleEvent({ contactArn: `${arn('quota')}/contact/c-1` }), 'detail.contactArn: Found'],
    [ruleEvent({ contactArn: `${arn('i-1')}/contact/${'c'.repeat(257)}` }), 'detail.contactArn: Found'],
    [ruleEvent({ contactArn: 7 }), 'detail.contactArn: Found 7; expected the ARN of a contact.'],
  ])('%# without what it is about is refused: %j', (envelope, problem) => {
    expect(outcome(envelope)).toContain(problem);
  });

  test.each([null, ''])('with the contact %j is about its queues', (contactArn) => {
    const resources = [`${arn('i-1')}/queue/q-1`, `${arn('i-1')}/agent/a-1`, 7, null];
    expect(outcome(ruleEvent({ contactArn }, { resources }))).toEqual([
      {
        type: 'queue-signal',
        queueArn: resources[0],
        id: `e-1:${resources[0]}`,
        at: 1_000_000,
        signal: 'rule:angry',
      },
    ]);
    expect(outcome(ruleEvent({ contactArn }, { resources: resources[0] }))).toEqual([]);
    expect(outcome(ruleEvent({ contactArn }))).toEqual([]);
  });
});
