import { describe, expect, test } from '@jest/globals';
import {
  CONFIGURATION_KEY_PREFIX,
  IDEMPOTENCY_KEY_PREFIX,
  QUOTA_KEY,
} from '../../../lambda/aws/table-schema.ts';
import { keyString } from '../../../lambda/domain/contact/contact-key.ts';
import { MalformedEventError, parseContactEvent } from '../../../lambda/domain/contact/parse-event.ts';
import { parseNotification } from '../../../lambda/domain/messages/notification.ts';
import { parseRuleMessage } from '../../../lambda/domain/messages/parse.ts';
import { MalformedMessageError } from '../../../lambda/domain/messages/rule-message.ts';
import { parseSettings } from '../../../lambda/domain/parse-settings.ts';

const CONFIGURATION_ITEM = `${CONFIGURATION_KEY_PREFIX}version`;

/** The keys of items that are no contacts, as the id of an instance and of a contact. */
const OTHER_ITEMS = [QUOTA_KEY, CONFIGURATION_ITEM, `${IDEMPOTENCY_KEY_PREFIX}#0a1b`].map((key) => {
  const [instanceId = '', ...rest] = key.split('#');
  return { key, instanceId, contactId: rest.join('#') };
});

const arnOf = ({ instanceId, contactId }: { instanceId: string; contactId: string }) =>
  `arn:aws:connect:eu-central-1:123456789012:instance/${instanceId}/contact/${contactId}`;

/** The keys of the contacts that a message would reach. */
function reached(body: object): string[] {
  const metadata = { messageId: 'm-1', sentAt: 0, instances: ['i-1'] };
  return parseRuleMessage(JSON.stringify(body), metadata).flatMap((message) =>
    'contactId' in message ? [keyString(message)] : [],
  );
}

describe.each(OTHER_ITEMS)('the item $key is no contact, whatever says so:', ({ key, ...ids }) => {
  test.each<[string, object]>([
    ['a wake-up', { type: 'wake', ...ids, wakeAt: '2026-11-23T12:00:00.000Z' }],
    ['adopt', { type: 'adopt', ...ids }],
    ['what is handed on', { type: 'inherit', ...ids, previousContactId: 'c-1', transfers: 0, signals: {} }],
    ['a copied signal', { type: 'signal-of-queue', ...ids, signal: 'vip' }],
    ['a signal on an ARN', { type: 'signal', contactId: arnOf(ids), signal: 'vip' }],
    ['a rule event', { 'detail-type': 'Rules Matched', detail: { ruleName: 'r', contactArn: arnOf(ids) } }],
    [
      'a contact event in a queue',
      {
        'detail-type': 'Amazon Connect Contact Event',
        detail: { eventType: 'QUEUED', contactId: ids.contactId, instanceArn: arnOf(ids) },
      },
    ],
  ])('%s', (_name, body) => {
    expect(keyString(ids)).toBe(key);
    expect(() => reached(body)).toThrow(MalformedMessageError);
  });

  test('a contact event', () => {
    const event = { eventType: 'QUEUED', contactId: ids.contactId, instanceArn: arnOf(ids) };
    expect(() => parseContactEvent(event)).toThrow(MalformedEventError);
  });

  test('a notification', () => {
    expect(() => parseNotification(JSON.stringify(ids))).toThrow(MalformedMessageError);
  });

  test('the settings', () => {
    const text = JSON.stringify({ instances: [ids.instanceId] });
    expect(parseSettings(text).problems.length).toBe(1);
  });
});

test('no instance id holds the separator, so that two contacts never share a key', () => {
  const body = { instanceId: 'i-1#c', contactId: '1' };
  expect(() => parseNotification(JSON.stringify(body))).toThrow(MalformedMessageError);
  const detail = { eventType: 'QUEUED', contactId: '1', instanceArn: 'arn:aws:connect:r:1:instance/i-1#c' };
  expect(() => parseContactEvent(detail)).toThrow(MalformedEventError);
});

test.each([
  ['of a contact', { contactId: 'c'.repeat(257) }],
  ['of an instance', { instanceArn: `arn:aws:connect:r:1:instance/${'i'.repeat(101)}` }],
])('an id %s that the table cannot hold makes an event malformed, once and for all', (_name, change) => {
  const detail = { eventType: 'QUEUED', contactId: 'c-1', instanceArn: 'arn:aws:connect:r:1:instance/i-1' };
  expect(() => parseContactEvent({ ...detail, ...change })).toThrow(MalformedEventError);
});

test('the id of a contact before that cannot be one names none', () => {
  const detail = { eventType: 'QUEUED', contactId: 'c-1', instanceArn: 'arn:aws:connect:r:1:instance/i-1' };
  const { facts } = parseContactEvent({ ...detail, previousContactId: 'c'.repeat(3_000) });
  expect(facts.previousContactId).toBeUndefined();
});
