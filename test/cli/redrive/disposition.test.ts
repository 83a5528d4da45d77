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
const EVENT_WITHOUT_CONTACT = { ...EVENT, detail: { ...EVENT.detail, contactId: undefined } };
const MALFORMED_CONTACT_EVENT = {
  kind: 'malformed',
  reason: 'detail.contactId is missing: expected the id of a contact. (contact-event)',
};
const KEY = { instanceId: 'i-1', contactId: 'c-1' };
const failed = (errorType: string, requestPayload: unknown = EVENT) => ({
  requestContext: { condition: 'RetriesExhausted' },
  requestPayload,
  responsePayload: { errorType, errorMessage: 'it failed' },
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
  readonly disposition: object;
  /** With `includeMalformed`. Default: the same. */
  readonly includingMalformed?: object;
}

const unreadable = (reason: string) => ({ kind: 'unreadable', reason });
const operatorMessage = (body: unknown) => ({ kind: 'operator-message', body: JSON.stringify(body) });
const ruleMessage = (body: unknown) => ({ kind: 'rule-message', body: JSON.stringify(body) });

const CASES: readonly Case[] = [
  {
    why: 'a rule message that failed repeatedly is resent unchanged',
    letter: letter('RuleMessagesDlq', '{ "type":"reevaluate" }'),
    disposition: { kind: 'rule-message', body: '{ "type":"reevaluate" }' },
  },
  {
    why: 'a rule message that was redriven before is resent',
    letter: letter('RuleMessagesDlq', { type: 'reevaluate' }, { OriginalMessageId: 'm-0' }),
    disposition: ruleMessage({ type: 'reevaluate' }),
  },
  {
    why: 'a rule event that EventBridge could not deliver is resent',
    letter: letter('RuleMessagesDlq', EVENT, { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'm' }),
    disposition: ruleMessage(EVENT),
  },
  {
    why: 'a message that rule-messages rejected remains',
    letter: letter('RuleMessagesDlq', { type: 'signal' }, MALFORMED),
    disposition: { kind: 'malformed' },
    includingMalformed: ruleMessage({ type: 'signal' }),
  },
  {
    why: 'a body that is not JSON remains in any case',
    letter: letter('RuleMessagesDlq', 'not json', MALFORMED),
    disposition: unreadable('its body is not a JSON object'),
  },
  {
    why: 'a contact event that EventBridge could not deliver is resent unchanged',
    letter: letter('ContactEventsDlq', EVENT, { ERROR_CODE: 'NO_PERMISSIONS' }),
    disposition: operatorMessage(EVENT),
  },
  {
    why: 'a contact event is extracted from the record of a failed invocation',
    letter: letter('ContactEventsDlq', failed('TimeoutError')),
    disposition: operatorMessage(EVENT),
  },
  {
    why: 'a contact event that contact-events rejected remains',
    letter: letter('ContactEventsDlq', failed('MalformedEventError')),
    disposition: { kind: 'malformed' },
    includingMalformed: operatorMessage(EVENT),
  },
  {
    why: 'a contact event that this version cannot parse remains in any case',
    letter: letter('ContactEventsDlq', failed('MalformedEventError', EVENT_WITHOUT_CONTACT)),
    disposition: { kind: 'malformed' },
    includingMalformed: MALFORMED_CONTACT_EVENT,
  },
  {
    why: 'a contact event that failed otherwise remains if this version cannot parse it',
    letter: letter('ContactEventsDlq', failed('TimeoutError', EVENT_WITHOUT_CONTACT)),
    disposition: MALFORMED_CONTACT_EVENT,
  },
  ...[failed('TimeoutError', 'text'), failed('TimeoutError', {}), {}].map((body) => ({
    why: `${JSON.stringify(body)} has no event`,
    letter: letter('ContactEventsDlq', body),
    disposition: unreadable('it has no EventBridge event'),
  })),
  {
    why: 'a notification of dispatch is resent',
    letter: letter('DispatchDlq', KEY),
    disposition: { kind: 'dispatch', key: KEY },
  },
  {
    why: 'a notification of dispatch that names no contact remains',
    letter: letter('DispatchDlq', { instanceId: 'i-1' }),
    disposition: unreadable('it names no contact'),
  },
  {
    why: 'a policy change becomes a reevaluate',
    letter: letter('PolicyChangesDlq', failed('Error', { 'detail-type': 'Parameter Store Change' })),
    disposition: { kind: 'reevaluate' },
  },
  {
    why: 'a body that is not a policy change remains',
    letter: letter('PolicyChangesDlq', '[]'),
    disposition: unreadable('its body is not a JSON object'),
  },
];

describe('the disposition of a letter', () => {
  test.each(CASES)('$why', ({ letter, disposition, includingMalformed = disposition }) => {
    expect(dispositionOf(letter, false)).toEqual(disposition);
    expect(dispositionOf(letter, true)).toEqual(includingMalformed);
  });
});

describe('the error of a letter', () => {
  test.each([
    { letter: letter('RuleMessagesDlq', {}), error: {} },
    { letter: letter('RuleMessagesDlq', {}, MALFORMED), error: { code: 'missing', message: 'signal: ...' } },
    {
      letter: letter('ContactEventsDlq', EVENT, { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'm' }),
      error: { code: 'NO_PERMISSIONS', message: 'm' },
    },
    {
      letter: letter('ContactEventsDlq', failed('TimeoutError')),
      error: { code: 'TimeoutError', message: 'it failed' },
    },
  ])('$error', ({ letter, error }) => {
    expect(letter.error).toEqual(error);
  });
});
