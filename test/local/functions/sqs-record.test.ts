import { expect, test } from '@jest/globals';
import { toSqsRecord } from '../../../local/functions/sqs-record.ts';

const QUEUE = 'arn:aws:sqs:eu-central-1:123456789012:Queue.fifo';

test('a message is converted to the record that Lambda passes', () => {
  const attributes = { SentTimestamp: '1', MessageGroupId: 'group', ApproximateReceiveCount: '2' };
  expect(
    toSqsRecord(
      {
        MessageId: 'id',
        ReceiptHandle: 'handle',
        Body: 'body',
        MD5OfBody: 'md5',
        MD5OfMessageAttributes: 'md5 of attributes',
        Attributes: attributes,
        MessageAttributes: {
          Text: { DataType: 'String', StringValue: 'text' },
          Bytes: { DataType: 'Binary', BinaryValue: Buffer.from('bytes') },
        },
      },
      QUEUE,
    ),
  ).toEqual({
    messageId: 'id',
    receiptHandle: 'handle',
    body: 'body',
    attributes,
    messageAttributes: {
      Text: { dataType: 'String', stringValue: 'text', stringListValues: [], binaryListValues: [] },
      Bytes: { dataType: 'Binary', binaryValue: 'Ynl0ZXM=', stringListValues: [], binaryListValues: [] },
    },
    md5OfBody: 'md5',
    md5OfMessageAttributes: 'md5 of attributes',
    eventSource: 'aws:sqs',
    eventSourceARN: QUEUE,
    awsRegion: 'eu-central-1',
  });
});
