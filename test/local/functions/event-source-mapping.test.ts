import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import {
  type EventSourceMapping,
  startEventSourceMapping,
} from '../../../local/functions/event-source-mapping.ts';
import type { LocalFunction } from '../../../local/functions/function.ts';
import { FunctionError } from '../../../local/functions/function-error.ts';
import { createSqs, type Sqs } from '../../../local/services/sqs.ts';
import { installClock, setClockFactor } from '../../../local/time/clock.ts';
import { AWS_LOCATION, startTestEndpoint } from '../fixtures/aws.ts';

let uninstall: () => void;
let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let sqs: Sqs;
let client: SQSClient;
let source: EventSourceMapping | undefined;
let batches: string[][];

beforeEach(async () => {
  batches = [];
  uninstall = installClock();
  setClockFactor(200);
  sqs = await createSqs(AWS_LOCATION);
  endpoint = await startTestEndpoint({ sqs });
  client = new SQSClient(endpoint.clientConfig);
});

afterEach(async () => {
  await source?.stop();
  source = undefined;
  client.destroy();
  await endpoint.stop();
  uninstall();
});

type Handle = (bodies: readonly string[], event: SQSEvent) => unknown;

function fnThat(handle: Handle): LocalFunction {
  return {
    name: 'fn',
    arn: 'arn:aws:lambda:eu-central-1:123456789012:function:fn',
    async invoke(event) {
      const bodies = (event as SQSEvent).Records.map(({ body }) => body);
      batches.push(bodies);
      return handle(bodies, event as SQSEvent);
    },
    warmUp: async () => {},
    deploy: () => {},
    pending: () => 0,
    stop: async () => {},
  };
}

async function queue(name: string, attributes: Record<string, string> = {}) {
  const { QueueUrl = '' } = await client.send(
    new CreateQueueCommand({ QueueName: name, Attributes: { VisibilityTimeout: '60', ...attributes } }),
  );
  return { url: QueueUrl, arn: `arn:aws:sqs:eu-central-1:123456789012:${name}` };
}

function listen(from: { url: string; arn: string }, handle: Handle, pollers = 1): void {
  source = startEventSourceMapping({
    fn: fnThat(handle),
    client,
    queueUrl: from.url,
    queueArn: from.arn,
    batchSize: 10,
    pollers,
    onError: (error) => {
      throw error;
    },
  });
}

async function send(url: string, bodies: readonly string[]): Promise<void> {
  await client.send(
    new SendMessageBatchCommand({
      QueueUrl: url,
      Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
    }),
  );
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 1_000));
}

const isEmpty = async (name: string) => {
  const depth = (await sqs.depths()).get(name);
  return depth?.visible === 0 && depth.inFlight === 0;
};

const failureOf = (...ids: string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('an event source mapping', () => {
  test('passes messages in batches of up to ten, and deletes them', async () => {
    const from = await queue('Batches');
    await send(from.url, ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    await send(from.url, ['10', '11']);
    listen(from, () => undefined);
    await until(() => isEmpty('Batches'));
    expect(batches.map((batch) => batch.length)).toEqual([10, 2]);
    expect(batches.flat().toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 12 }, (_, index) => String(index)),
    );
  });

  test('passes all attributes of a message', async () => {
    const from = await queue('Known.fifo', { FifoQueue: 'true' });
    let event: SQSEvent | undefined;
    listen(from, (_bodies, received) => {
      event = received;
    });
    await client.send(
      new SendMessageCommand({
        QueueUrl: from.url,
        MessageBody: 'body',
        MessageGroupId: 'group',
        MessageDeduplicationId: 'dedup',
        MessageAttributes: { Name: { DataType: 'String', StringValue: 'value' } },
      }),
    );
    await until(() => event !== undefined);
    expect(event?.Records).toEqual([
      {
        messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        receiptHandle: expect.any(String),
        body: 'body',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
          SequenceNumber: expect.any(String),
          MessageGroupId: 'group',
          MessageDeduplicationId: 'dedup',
        },
        messageAttributes: {
          Name: { stringValue: 'value', stringListValues: [], binaryListValues: [], dataType: 'String' },
        },
        md5OfBody: '841a2d689ad86bd1611447453c22c6fc',
        md5OfMessageAttributes: expect.any(String),
        eventSource: 'aws:sqs',
        eventSourceARN: from.arn,
        awsRegion: 'eu-central-1',
      },
    ]);
  });

  test('retries the messages that the function reports as failed, and no others', async () => {
    const from = await queue('Partial');
    await send(from.url, ['good', 'bad', 'fine']);
    listen(from, (_bodies, event) => {
      const bad = event.Records.find(({ body }) => body === 'bad');
      return bad && batches.length === 1 ? failureOf(bad.messageId) : failureOf();
    });
    await until(() => isEmpty('Partial'));
    expect(batches).toEqual([['good', 'bad', 'fine'], ['bad']]);
  });

  test('retries the whole batch when the invocation fails, until it moves to the dead-letter queue', async () => {
    const dead = await queue('Dead');
    const from = await queue('Failing', {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 }),
    });
    await send(from.url, ['a', 'b']);
    listen(from, () => {
      throw new FunctionError({ errorType: 'OwnError', errorMessage: 'no good', trace: [] });
    });
    await until(() => isEmpty('Failing'));
    expect(batches.map((batch) => batch.toSorted())).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    const { Messages } = await client.send(
      new ReceiveMessageCommand({ QueueUrl: dead.url, MaxNumberOfMessages: 10 }),
    );
    expect(Messages?.map(({ Body }) => Body).toSorted()).toEqual(['a', 'b']);
  });

  test('keeps the order of a FIFO message group, even after a failure', async () => {
    const from = await queue('Ordered.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
    for (const body of ['1', '2', '3']) {
      await client.send(
        new SendMessageCommand({ QueueUrl: from.url, MessageBody: body, MessageGroupId: 'group' }),
      );
    }
    listen(from, ([first], event) =>
      first === '2' && batches.length === 2 ? failureOf(event.Records[0]?.messageId ?? '') : undefined,
    );
    await until(() => isEmpty('Ordered.fifo'));
    expect(batches.flat()).toEqual(['1', '2', '2', '3']);
  });

  test('handles as many batches at the same time as it has pollers', async () => {
    const from = await queue('Parallel');
    const both = Promise.withResolvers<void>();
    listen(
      from,
      async () => {
        if (batches.length === 2) both.resolve();
        await both.promise;
      },
      2,
    );
    await send(from.url, ['a']);
    await until(() => batches.length === 1);
    await send(from.url, ['b']);
    await both.promise;
    await until(() => isEmpty('Parallel'));
    expect(batches).toEqual([['a'], ['b']]);
  });

  test('finishes the current batch before it stops, and receives no other', async () => {
    const from = await queue('Stopping');
    const held = Promise.withResolvers<void>();
    listen(from, () => held.promise);
    await send(from.url, ['a']);
    await until(() => batches.length === 1);
    await send(from.url, ['b']);
    const stopped = source?.stop();
    held.resolve();
    await stopped;
    expect(batches).toEqual([['a']]);
    expect((await sqs.depths()).get('Stopping')).toMatchObject({ visible: 1, inFlight: 0 });
  });

  test('reports a queue that it cannot reach, and continues', async () => {
    const errors: unknown[] = [];
    source = startEventSourceMapping({
      fn: fnThat(() => undefined),
      client,
      queueUrl: `${endpoint.url}/123456789012/Late`,
      queueArn: 'arn:aws:sqs:eu-central-1:123456789012:Late',
      batchSize: 10,
      pollers: 1,
      onError: (error) => errors.push((error as Error).name),
    });
    await until(() => errors.length > 0);
    expect(errors[0]).toBe('QueueDoesNotExist');
    const late = await queue('Late');
    await send(late.url, ['at last']);
    await until(() => batches.length === 1);
    expect(batches).toEqual([['at last']]);
  });
});
