import { describe, expect, test } from '@jest/globals';
import { parseNotification } from '../../../lambda/domain/messages/notification.ts';
import { MalformedMessageError } from '../../../lambda/domain/messages/rule-message.ts';

describe('a message to dispatch', () => {
  test('names a contact; further members are ignored', () => {
    const body = JSON.stringify({ instanceId: 'i-1', contactId: 'c-1', version: 2 });
    expect(parseNotification(body)).toEqual({ instanceId: 'i-1', contactId: 'c-1' });
  });

  test.each([
    ['hello', 'JSON'],
    ['', 'JSON'],
    ['""', 'an object with instanceId and contactId'],
    ['null', 'an object with instanceId and contactId'],
    ['7', 'an object with instanceId and contactId'],
    ['[]', 'an object with instanceId and contactId'],
    ['{}', 'instanceId'],
    ['{"instanceId":1}', 'instanceId: Found 1; expected a string'],
    ['{"instanceId":"i-1"}', 'contactId'],
    ['{"instanceId":"i-1","contactId":{}}', 'contactId'],
    ['{"instanceId":"i-1","contactId":""}', 'at least one character'],
    [JSON.stringify({ instanceId: 'i'.repeat(101), contactId: 'c-1' }), 'an id of Amazon Connect'],
    [
      '{"instanceId":"quota","contactId":"routing"}',
      'instanceId: Found "quota"; expected an id of Amazon Connect',
    ],
    [JSON.stringify({ instanceId: 'i-1', contactId: 'c'.repeat(257) }), 'an id of Amazon Connect'],
    ['{"instanceId":"i-1","contactId":"\\ud800"}', 'an id of Amazon Connect'],
  ])('%s is malformed', (body, says) => {
    expect(() => parseNotification(body)).toThrow(MalformedMessageError);
    expect(() => parseNotification(body)).toThrow(says);
  });

  test.each([
    ['hello', 'syntax'],
    ['[]', 'wrong-type'],
    ['{"instanceId":"i-1"}', 'missing'],
  ])('%s has the problem %s', (body, code) => {
    expect(() => parseNotification(body)).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code })] }),
    );
  });
});
