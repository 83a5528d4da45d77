import type { Context, SQSRecord } from 'aws-lambda';
import type { Message } from '../../virtual/message.ts';
import type { Process } from '../process.ts';
import { ACCOUNT, queueArn } from './environment.ts';

/** The context of an invocation that begins now. */
export function contextOf(process: Process, timeoutMs: number): Context {
  const endsAt = process.now + timeoutMs;
  return {
    awsRequestId: process.name,
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:${process.name}`,
    logGroupName: process.name,
    logStreamName: process.name,
    memoryLimitInMB: '512',
    getRemainingTimeInMillis: () => Math.max(0, endsAt - process.now),
  } as Context;
}

/** How a message is received. */
export interface Reception {
  readonly queue: string;
  readonly region: string;
  readonly receiptHandle: string;
  /** In milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** A message as Lambda hands it to a function. */
export function sqsRecord(
  { id, body, sentAt, attributes, receiveCount }: Message<string>,
  { queue, region, receiptHandle, receivedAt }: Reception,
): SQSRecord {
  return {
    messageId: id,
    receiptHandle,
    body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(sentAt),
      SenderId: 'AIDASIMULATED',
      ApproximateFirstReceiveTimestamp: String(receivedAt),
    },
    messageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, stringValue]) => [
        name,
        { stringValue, stringListValues: [], binaryListValues: [], dataType: 'String' },
      ]),
    ),
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn(queue, region),
    awsRegion: region,
  };
}
