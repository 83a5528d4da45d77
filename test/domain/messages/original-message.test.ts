import { describe, expect, test } from '@jest/globals';
import { type OriginalMessage, originalMessage } from '../../../lambda/domain/messages/original-message.ts';

const RECEIVED: OriginalMessage = { messageId: 'sqs-1', sentAt: 1_000, senderId: 'role:ann' };
const original = (attributes: Readonly<Record<string, string>>, received = RECEIVED) =>
  originalMessage(received, (name) => attributes[name]);

describe('a message that is sent again', () => {
  test('keeps its original id, time and sender', () => {
    expect(
      original({ OriginalMessageId: 'sqs-0', OriginalSentAt: '999', OriginalSenderId: 'role:bob' }),
    ).toEqual({ messageId: 'sqs-0', sentAt: 999, senderId: 'role:bob' });
    expect(original({ OriginalSentAt: '1000' }).sentAt).toBe(1_000);
    expect(original({ OriginalMessageId: 'm'.repeat(512) }).messageId).toHaveLength(512);
    expect(original({ OriginalSenderId: 's'.repeat(256) }).senderId).toHaveLength(256);
  });

  test.each<Readonly<Record<string, string>>>([
    {},
    { OriginalMessageId: '', OriginalSentAt: '', OriginalSenderId: '' },
    { OriginalMessageId: 'm'.repeat(513) },
    { OriginalSenderId: 's'.repeat(257) },
    { OriginalSentAt: '1001' },
    { OriginalSentAt: '-5' },
    { OriginalSentAt: 'noon' },
    { OriginalSentAt: '9.5' },
  ])('has those of SQS where %j cannot be right', (attributes) => {
    expect(original(attributes)).toEqual(RECEIVED);
  });

  test('has no sender where nobody knows one', () => {
    expect(Object.keys(original({}, { messageId: 'sqs-1', sentAt: 1_000 }))).toEqual(['messageId', 'sentAt']);
  });
});
