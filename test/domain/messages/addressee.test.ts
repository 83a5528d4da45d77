import { describe, expect, test } from '@jest/globals';
import { parseRuleMessage } from '../../../lambda/domain/messages/parse.ts';
import { MalformedMessageError } from '../../../lambda/domain/messages/rule-message.ts';

const ARN = 'arn:aws:connect:eu-central-1:123456789012:instance';
const QUEUE = `${ARN}/i-1/queue/q-1`;
const UUID = 'abcdef01-2222-3333-4444-555555555555';

function parse(message: object, instances: readonly string[] = ['i-1']) {
  return parseRuleMessage(JSON.stringify(message), { messageId: 'm', sentAt: 0, instances })[0];
}

function problemsOf(message: object, instances?: readonly string[]): string[] {
  try {
    parse(message, instances);
    return [];
  } catch (error) {
    if (!(error instanceof MalformedMessageError)) throw error;
    return error.problems.map(({ code, path }) => `${code} ${path.join('.')}`);
  }
}

describe('the addressee of a message', () => {
  test.each([
    ['a padded id', { contactId: ' c-1\n' }, { instanceId: 'i-1', contactId: 'c-1' }],
    ['a UUID in capitals', { contactId: UUID.toUpperCase() }, { instanceId: 'i-1', contactId: UUID }],
    ['an ARN', { contactId: `${ARN}/i-2/contact/c-1` }, { instanceId: 'i-2', contactId: 'c-1' }],
    ['a padded ARN', { contactId: ` ${ARN}/i-2/contact/c-1 ` }, { instanceId: 'i-2', contactId: 'c-1' }],
    [
      'an ARN and its instance',
      { contactId: `${ARN}/i-2/contact/c-1`, instanceId: `${ARN}/i-2` },
      { instanceId: 'i-2', contactId: 'c-1' },
    ],
    ['a padded instance', { contactId: 'c-1', instanceId: ' i-2 ' }, { instanceId: 'i-2', contactId: 'c-1' }],
    ['a padded queue', { queueArn: ` ${QUEUE} ` }, { queueArn: QUEUE }],
    [
      'a queue with UUIDs in capitals',
      { queueArn: `${ARN}/i-1/queue/${UUID.toUpperCase()}` },
      { queueArn: `${ARN}/i-1/queue/${UUID}` },
    ],
    [
      'the queue of an agent',
      { queueArn: `${ARN}/i-1/queue/agent/${UUID}` },
      { queueArn: `${ARN}/i-1/queue/agent/${UUID}` },
    ],
    ['another partition', { queueArn: QUEUE.replace('aws', 'aws-us-gov') }, { type: 'queue-signal' }],
  ])('%s is repaired', (_name, addressee, expected) => {
    const instances =
      'queueArn' in addressee || !JSON.stringify(addressee).includes('i-2') ? ['i-1'] : ['i-1', 'i-2'];
    expect(parse({ type: 'signal', signal: ' vip ', ...addressee }, instances)).toMatchObject({
      signal: 'vip',
      ...expected,
    });
  });

  test.each([
    ['a queue by its name', { queueArn: 'Billing' }, ['not-allowed queueArn']],
    ['a list of queues', { queueArn: [`${ARN}/i-9/queue/q-1`] }, ['wrong-type queueArn']],
    [
      'an empty instance',
      { contactId: 'c-1', instanceId: '' },
      ['out-of-range instanceId', 'not-served instanceId'],
    ],
    ['an instance that is a number', { contactId: 'c-1', instanceId: 7 }, ['wrong-type instanceId']],
    [
      'an ARN of another service',
      { contactId: 'arn:aws:s3:eu-central-1:1:instance/i-1/contact/c-1' },
      ['not-allowed contactId'],
    ],
    ['a queue by its id', { queueArn: UUID }, ['not-allowed queueArn']],
    ['a queue ARN without a queue', { queueArn: `${ARN}/i-1` }, ['not-allowed queueArn']],
    ['a queue ARN with a blank', { queueArn: `${ARN}/i-1/queue/q 1` }, ['not-allowed queueArn']],
    ['a queue ARN that goes on', { queueArn: `${QUEUE}/contact-flow/f-1` }, ['not-allowed queueArn']],
    ['a queue ARN with a slash at its end', { queueArn: `${QUEUE}/` }, ['not-allowed queueArn']],
    ['the queue of no agent', { queueArn: `${ARN}/i-1/queue/agent` }, ['not-allowed queueArn']],
    ['a quoted queue', { queueArn: `"${QUEUE}"` }, ['not-allowed queueArn']],
    ['a queue ARN with a placeholder', { queueArn: `${ARN}/i-1/queue/{queueId}` }, ['not-allowed queueArn']],
    ['an SQS queue', { queueArn: 'arn:aws:sqs:eu-central-1:123456789012:Billing' }, ['not-allowed queueArn']],
    ['a blank queue', { queueArn: '  ' }, ['out-of-range queueArn']],
    ['a queue of another instance', { queueArn: `${ARN}/i-9/queue/q-1` }, ['not-served queueArn']],
    ['a queue and another instance', { queueArn: QUEUE, instanceId: 'i-2' }, ['not-allowed queueArn']],
    ['an id with a blank', { contactId: 'c 1' }, ['not-allowed contactId']],
    ['a quoted id', { contactId: `"${UUID}"` }, ['not-allowed contactId']],
    ['a placeholder', { contactId: '{contactId}' }, ['not-allowed contactId']],
    ['a JSON path', { contactId: '$.ContactId' }, ['not-allowed contactId']],
    ['an id with an invisible character', { contactId: `${UUID}\u200b` }, ['not-allowed contactId']],
    ['an id that is too long for a key', { contactId: 'c'.repeat(257) }, ['out-of-range contactId']],
    [
      'an instance with the name of another kind of item',
      { contactId: 'c-1', instanceId: 'quota' },
      ['not-allowed instanceId', 'not-served instanceId'],
    ],
    ['a blank id', { contactId: ' ' }, ['out-of-range contactId']],
    ['an ARN of something else', { contactId: `${ARN}/i-1/agent/a-1` }, ['not-allowed contactId']],
    ['an ARN of another instance', { contactId: `${ARN}/i-9/contact/c-1` }, ['not-served instanceId']],
    [
      'an ARN and another instance',
      { contactId: `${ARN}/i-1/contact/c-1`, instanceId: 'i-2' },
      ['not-allowed contactId'],
    ],
    ['a blank signal', { contactId: 'c-1', signal: ' ' }, ['out-of-range signal']],
  ])('%s is refused', (_name, addressee, expected) => {
    const instances = JSON.stringify(addressee).includes('"i-2"') ? ['i-1', 'i-2'] : ['i-1'];
    expect(problemsOf({ type: 'signal', signal: 'vip', ...addressee }, instances)).toEqual(expected);
  });
});

describe('where several instances are served', () => {
  const BOTH = ['i-1', 'i-2'];
  const at = '2026-11-23T10:00:00Z';

  test.each([
    [{ type: 'reevaluate' }],
    [{ type: 'continue-reevaluate', part: 1 }],
    [{ type: 'poll', pollAt: at }],
    [{ type: 'reevaluate-queue', queueArn: QUEUE }],
    [{ type: 'signal', signal: 'vip', queueArn: QUEUE }],
  ])('no instance must be named by %j', (message) => {
    expect(problemsOf(message, BOTH)).toEqual([]);
  });

  test.each([
    [{ type: 'signal', signal: 'vip', contactId: 'c-1' }, ['missing instanceId']],
    [{ type: 'wake', contactId: 'c-1', wakeAt: at }, ['missing instanceId']],
    [{ type: 'signal', signal: 'vip', queueArn: 'Billing' }, ['not-allowed queueArn']],
  ])('%j has the problems %j', (message, problems) => {
    expect(problemsOf(message, BOTH)).toEqual(problems);
  });
});

describe('the ids of a message of the system itself', () => {
  const wake = { type: 'wake', instanceId: 'i-1', contactId: 'c-1', wakeAt: '2026-11-23T10:00:00Z' };

  test.each([
    [{}, []],
    [{ contactId: '' }, ['out-of-range contactId']],
    [{ contactId: 7 }, ['wrong-type contactId']],
    [{ contactId: '\ud800' }, ['not-allowed contactId']],
    [{ instanceId: 'quota' }, ['not-allowed instanceId']],
  ])('%j', (change, problems) => {
    expect(problemsOf({ ...wake, ...change })).toEqual(problems);
  });
});

test('the Region of a queue matters where people name it, and is a text', () => {
  const OTHER = QUEUE.replace('eu-central-1', 'us-east-1');
  const problems = (message: object) => {
    try {
      const metadata = { messageId: 'm', sentAt: 0, instances: ['i-1'], region: 'eu-central-1' };
      return parseRuleMessage(JSON.stringify(message), metadata) && [];
    } catch (error) {
      return (error as MalformedMessageError).problems.map(({ code, path }) => `${code} ${path.join('.')}`);
    }
  };
  expect(problems({ type: 'signal', signal: 'vip', queueArn: QUEUE })).toEqual([]);
  expect(problems({ type: 'signal', signal: 'vip', queueArn: OTHER })).toEqual(['not-served queueArn']);
  expect(problems({ type: 'signal', signal: 'vip', queueArn: [OTHER] })).toEqual(['wrong-type queueArn']);
  expect(problems({ type: 'continue-signal', signal: 'vip', queueArn: OTHER, part: 1 })).toEqual([]);
});

test('only an override has a routing', () => {
  const set = {};
  expect(problemsOf({ type: 'signal', signal: 'vip', contactId: 'c-1', set })).toEqual(['unknown-key set']);
  expect(problemsOf({ type: 'override', contactId: 'c-1', set })).toEqual(['sets-nothing set']);
});
