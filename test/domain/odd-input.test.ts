import { describe, expect, test } from '@jest/globals';
import { judgePolicy, judgeSettings, pauseValue } from '../../lambda/domain/configuration/judge.ts';
import { parseContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import { parseNotification } from '../../lambda/domain/messages/notification.ts';
import { parseRuleMessage } from '../../lambda/domain/messages/parse.ts';
import { MalformedMessageError } from '../../lambda/domain/messages/rule-message.ts';
import { DEFAULT_SETTINGS } from '../../lambda/domain/settings.ts';
import { formatPath } from '../../lambda/domain/validation/problem.ts';

/* What any sender can put into a message or text within the limits of SQS, EventBridge and SSM, and beyond. */

const DEPTH = 200_000;
const LIST = '['.repeat(DEPTH) + ']'.repeat(DEPTH);
const MAP = `${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`;
/** As deep as a parameter of 8 KB can be. */
const LIST_OF_8_KB = '['.repeat(3_900) + ']'.repeat(3_900);

const ARN = 'arn:aws:connect:eu-central-1:123456789012:instance/i-1';
const EVENT = `"eventType":"QUEUED","contactId":"c-1","instanceArn":"${ARN}"`;
const METADATA = { messageId: 'm-1', sentAt: 0, instances: ['i-1'] };

function errorOf(body: string): unknown {
  try {
    parseRuleMessage(body, METADATA);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe.each([
  ['lists', LIST],
  ['maps', MAP],
])('JSON with 200,000 %s in each other', (_kind, deep) => {
  test.each([
    deep,
    `{"type":${deep}}`,
    `{"type":"signal","contactId":"c-1","signal":"vip","more":${deep}}`,
    `{"type":"signal","contactId":${deep},"signal":"vip"}`,
    `{"type":"override","contactId":"c-1","set":${deep}}`,
    `{"type":"override","contactId":"c-1","set":{"routingCriteria":${deep}}}`,
    `{"type":"override","contactId":"c-1","set":{"routingCriteria":{"Steps":[{"Expression":${deep}}]}}}`,
    `{"type":"inherit","contactId":"c-1","previousContactId":"c-0","transfers":0,"signals":${deep}}`,
    `{"detail-type":"X Contact Event","detail":${deep}}`,
    `{"detail-type":"X Matched","detail":{"ruleName":${deep}}}`,
    `{"detail-type":"X Matched","detail":{"ruleName":"r","contactArn":${deep}}}`,
  ])('makes a message malformed, and no more: %.60s', (body) => {
    const error = errorOf(body);
    expect(error).toBeInstanceOf(MalformedMessageError);
    expect(String(error).length).toBeLessThan(2_000);
  });

  test.each(['segmentAttributes', 'tags', 'queueInfo', 'agentInfo', 'campaign', 'updatedProperties'])(
    'in %s of a contact event leaves the rest of the event as it is',
    (name) => {
      const event = JSON.parse(`{${EVENT},"channel":"VOICE","${name}":{"deep":${deep}}}`);
      expect(parseContactEvent(event).facts).toMatchObject({ contactId: 'c-1', channel: 'VOICE' });
    },
  );

  test('in a notification is ignored, or makes it malformed', () => {
    const known = parseNotification(`{"instanceId":"i-1","contactId":"c-1","more":${deep}}`);
    expect(known).toEqual({ instanceId: 'i-1', contactId: 'c-1' });
    expect(() => parseNotification(`{"instanceId":"i-1","contactId":${deep}}`)).toThrow(
      MalformedMessageError,
    );
  });
});

test('of segment attributes so much is read as the table can hold', () => {
  const nested = (levels: number): unknown =>
    levels === 0 ? 'end' : { valueMap: { a: nested(levels - 1) } };
  const read = (levels: number) => {
    const event = JSON.parse(`{${EVENT},"segmentAttributes":{"shallow":{"valueString":"x"}}}`);
    event.segmentAttributes.deep = nested(levels);
    return JSON.stringify(parseContactEvent(event).facts.segmentAttributes?.value);
  };
  expect(read(10)).toContain('end');
  expect(read(1_000)).toContain('"shallow":"x"');
  expect(read(1_000).split('{').length).toBeLessThan(20);
});

test.each([
  ['a policy', (text: string) => judgePolicy('p', text, DEFAULT_SETTINGS)],
  ['the settings', (text: string) => judgeSettings(text)],
])('%s as deep as a parameter can be has a problem', (_name, judge) => {
  for (const text of [LIST_OF_8_KB, `{"match":${LIST_OF_8_KB}}`, `{"steps":${LIST_OF_8_KB}}`]) {
    expect(judge(text).problems?.length).toBe(1);
  }
  expect(String(pauseValue(LIST_OF_8_KB)).length).toBe(1_000);
});

describe('a message with thousands of problems', () => {
  const KEYS = 20_000;
  const many = JSON.stringify({
    type: 'signal',
    contactId: 'c-1',
    signal: 'vip',
    ...Object.fromEntries(Array.from({ length: KEYS }, (_, index) => [`key-${index}`, 1])),
  });

  test('has an error that tells the first ones, and how many more there are', () => {
    const error = errorOf(many) as MalformedMessageError;
    expect(error.problems.length).toBe(20);
    expect(error.problemCount).toBe(KEYS);
    expect(error.message.split('\n').at(-1)).toBe(`There are ${KEYS - 20} more problems.`);
    expect(error.message.length).toBeLessThan(10_000);
  });

  test('has one sentence for one more problem', () => {
    const keys = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`key-${index}`, 1]));
    const body = JSON.stringify({ type: 'signal', contactId: 'c-1', signal: 'vip', ...keys });
    expect(String(errorOf(body)).split('\n').at(-1)).toBe('There is one more problem.');
  });

  test('names a long key by its beginning', () => {
    const body = JSON.stringify({
      type: 'signal',
      contactId: 'c-1',
      signal: 'vip',
      ['k'.repeat(200_000)]: 1,
    });
    expect(String(errorOf(body)).length).toBeLessThan(500);
  });
});

test('a path is as long as a line of a log may have it', () => {
  expect(formatPath(['steps', 1, 'set'])).toBe('steps[1].set');
  expect(formatPath(['k'.repeat(128)])).toBe('k'.repeat(128));
  expect(formatPath(['k'.repeat(129)])).toBe(`${'k'.repeat(125)}...`);
  expect(formatPath(Array(1_000).fill('key')).length).toBe(400);
});
