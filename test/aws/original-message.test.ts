import { describe, expect, test } from '@jest/globals';
import { originalMessageAttributes } from '../../lambda/aws/original-message.ts';
import { originalMessage } from '../../lambda/domain/messages/original-message.ts';

const LAST = { messageId: 'sqs-2', sentAt: 2_000 };
const read = (attributes: Readonly<Record<string, string | undefined>>) =>
  originalMessage(LAST, (name) => attributes[name]);

describe('the original id and time of a message', () => {
  test.each([
    { why: 'it was sent once', attributes: {}, first: LAST },
    {
      why: 'its attributes say',
      attributes: { OriginalMessageId: 'sqs-1', OriginalSentAt: '1000' },
      first: { messageId: 'sqs-1', sentAt: 1_000 },
    },
    {
      why: 'its id alone is known',
      attributes: { OriginalMessageId: 'sqs-1' },
      first: { messageId: 'sqs-1', sentAt: 2_000 },
    },
    ...['', 'yesterday', '-1', '1e3', '1000.5', '2001', '9'.repeat(16)].map((OriginalSentAt) => ({
      why: `the time ${JSON.stringify(OriginalSentAt)} cannot be meant`,
      attributes: { OriginalMessageId: 'sqs-1', OriginalSentAt },
      first: { messageId: 'sqs-1', sentAt: 2_000 },
    })),
    ...['', 'x'.repeat(513)].map((OriginalMessageId) => ({
      why: `an id of ${OriginalMessageId.length} characters cannot be meant`,
      attributes: { OriginalMessageId, OriginalSentAt: '1000' },
      first: { messageId: 'sqs-2', sentAt: 1_000 },
    })),
    ...['', 'x'.repeat(257)].map((OriginalSenderId) => ({
      why: `a sender of ${OriginalSenderId.length} characters cannot be meant`,
      attributes: { OriginalSenderId },
      first: LAST,
    })),
  ])('$why', ({ attributes, first }) => {
    expect(read(attributes)).toEqual(first);
  });

  test('are attributes of the types of SQS, without a sender where there is none', () => {
    expect(originalMessageAttributes(LAST)).toStrictEqual({
      OriginalMessageId: { DataType: 'String', StringValue: 'sqs-2' },
      OriginalSentAt: { DataType: 'Number', StringValue: '2000' },
    });
    expect(originalMessageAttributes({ ...LAST, senderId: 'AROA:ann' })).toMatchObject({
      OriginalSenderId: { DataType: 'String', StringValue: 'AROA:ann' },
    });
  });

  test('survive however often the message is sent again', () => {
    const first = { messageId: 'sqs-1', sentAt: 1_000, senderId: 'AROA:ann' };
    const attributes = Object.entries(originalMessageAttributes(first)).map(([name, { StringValue }]) => [
      name,
      StringValue,
    ]);
    expect(read(Object.fromEntries(attributes))).toEqual(first);
  });
});
