import type { Message } from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import { parseDeadLetter } from '../../../cli/redrive/dead-letter.ts';
import { dispositionOf } from '../../../cli/redrive/disposition.ts';
import type { DeadLetterQueueName } from '../../../lambda/aws/deployment.ts';

const EVENT = {
  'detail-type': 'Amazon Connect Contact Event',
  detail: {
    eventType: 'QUEUED',
    contactId: 'c-1',
    instanceArn: 'arn:aws:connect:eu-central-1:123456789012:instance/i-1',
  },
};
const NOBODYS_EVENT = { ...EVENT, detail: { ...EVENT.detail, contactId: undefined } };
const WITHOUT_CONTACT = {
  kind: 'malformed',
  reason: 'detail.contactId is missing: expected the id of a contact. (contact-event)',
};
const KEY = { instanceId: 'i-1', contactId: 'c-1' };
const failed = (errorType: string, requestPayload: unknown = EVENT) => ({
  requestContext: { condition: 'RetriesExhausted' },
  requestPayload,
  responsePayload: { errorType, errorMessage: 'told' },
});
const MALFORMED = { OriginalMessageId: 'm-0', ErrorCode: 'missing', ErrorMessage: 'signal: ...' };

function letter(queue: DeadLetterQueueName, body: unknown, attributes: Record<string, string> = {}) {
  const message: Message = {
    MessageId: 'm-1',
    ReceiptHandle: 'r-1',
    Body: typeof body === 'string' ? body : JSON.stringify(body),
    Attributes: { SentTimestamp: '2000' },
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
    ),
  };
  return parseDeadLetter(queue, message);
}

interface Case {
  readonly why: string;
  readonly letter: ReturnType<typeof letter>;
  readonly destiny: object;
  readonly withMalformed?: object;
}

const unreadable = (reason: string) => ({ kind: 'unreadable', reason });
const ruleMessage = (body: unknown) => ({ kind: 'rule-message', body: JSON.stringify(body) });

const CASES: readonly Case[] = [
  {
    why: 'a rule message that failed again and again goes back as it was',
    letter: letter('RuleMessagesDlq', '{ "type":"reevaluate" }'),
    destiny: { kind: 'rule-message', body: '{ "type":"reevaluate" }' },
  },
  {
    why: 'so does one that was redriven before',
    letter: letter('RuleMessagesDlq', { type: 'reevaluate' }, { OriginalMessageId: 'm-0' }),
    destiny: ruleMessage({ type: 'reevaluate' }),
  },
  {
    why: 'so does a rule event that EventBridge could not deliver',
    letter: letter('RuleMessagesDlq', EVENT, { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'm' }),
    destiny: ruleMessage(EVENT),
  },
  {
    why: 'what rule-messages set aside stays',
    letter: letter('RuleMessagesDlq', { type: 'signal' }, MALFORMED),
    destiny: { kind: 'malformed' },
    withMalformed: ruleMessage({ type: 'signal' }),
  },
  {
    why: 'what is no JSON stays in any case',
    letter: letter('RuleMessagesDlq', 'not json', MALFORMED),
    destiny: unreadable('its body is no JSON object'),
  },
  {
    why: 'a contact event that EventBridge could not hand over goes on as it is',
    letter: letter('ContactEventsDlq', EVENT, { ERROR_CODE: 'NO_PERMISSIONS' }),
    destiny: ruleMessage(EVENT),
  },
  {
    why: 'a contact event that the function failed on is taken out of the record of the failure',
    letter: letter('ContactEventsDlq', failed('TimeoutError')),
    destiny: ruleMessage(EVENT),
  },
  {
    why: 'a contact event that the function could not understand stays',
    letter: letter('ContactEventsDlq', failed('MalformedEventError')),
    destiny: { kind: 'malformed' },
    withMalformed: ruleMessage(EVENT),
  },
  {
    why: 'a contact event that nobody can understand stays, whatever is asked for',
    letter: letter('ContactEventsDlq', failed('MalformedEventError', NOBODYS_EVENT)),
    destiny: { kind: 'malformed' },
    withMalformed: WITHOUT_CONTACT,
  },
  {
    why: 'so does one that came there for another reason',
    letter: letter('ContactEventsDlq', failed('TimeoutError', NOBODYS_EVENT)),
    destiny: WITHOUT_CONTACT,
  },
  ...[failed('TimeoutError', 'text'), failed('TimeoutError', {}), {}].map((body) => ({
    why: `no event is in ${JSON.stringify(body)}`,
    letter: letter('ContactEventsDlq', body),
    destiny: unreadable('it holds no EventBridge event'),
  })),
  {
    why: 'a message to dispatch is told to dispatch again',
    letter: letter('DispatchDlq', KEY),
    destiny: { kind: 'dispatch', key: KEY },
  },
  {
    why: 'a message to dispatch that names no contact stays',
    letter: letter('DispatchDlq', { instanceId: 'i-1' }),
    destiny: unreadable('it names no contact'),
  },
  {
    why: 'a change of a policy has the contacts looked at again',
    letter: letter('PolicyChangesDlq', failed('Error', { 'detail-type': 'Parameter Store Change' })),
    destiny: { kind: 'reevaluate' },
  },
  {
    why: 'what is no change of a policy stays',
    letter: letter('PolicyChangesDlq', '[]'),
    destiny: unreadable('its body is no JSON object'),
  },
];

describe('what becomes of a letter', () => {
  test.each(CASES)('$why', ({ letter, destiny, withMalformed = destiny }) => {
    expect(dispositionOf(letter, false)).toEqual(destiny);
    expect(dispositionOf(letter, true)).toEqual(withMalformed);
  });
});

describe('why a letter is there', () => {
  test.each([
    { letter: letter('RuleMessagesDlq', {}), error: {} },
    { letter: letter('RuleMessagesDlq', {}, MALFORMED), error: { code: 'missing', message: 'signal: ...' } },
    {
      letter: letter('ContactEventsDlq', EVENT, { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'm' }),
      error: { code: 'NO_PERMISSIONS', message: 'm' },
    },
    {
      letter: letter('ContactEventsDlq', failed('TimeoutError')),
      error: { code: 'TimeoutError', message: 'told' },
    },
  ])('$error', ({ letter, error }) => {
    expect(letter.error).toEqual(error);
  });
});
