import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createSqs, type Sqs } from '../../../local/services/sqs.ts';
import { installClock, realNow, setClockFactor } from '../../../local/time/clock.ts';
import { AWS_LOCATION, startTestEndpoint } from '../fixtures/aws.ts';
import { rejectionOf } from '../fixtures/rejection.ts';

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let client: SQSClient;
let sqs: Sqs;

beforeAll(async () => {
  sqs = await createSqs(AWS_LOCATION);
  endpoint = await startTestEndpoint({ sqs });
  client = new SQSClient(endpoint.clientConfig);
});

afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

async function queue(name: string, attributes: Record<string, string> = {}): Promise<string> {
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  return QueueUrl ?? '';
}

async function receive(url: string, options: { WaitTimeSeconds?: number } = {}) {
  const command = new ReceiveMessageCommand({
    QueueUrl: url,
    MaxNumberOfMessages: 10,
    MessageSystemAttributeNames: ['All'],
    ...options,
  });
  return (await client.send(command)).Messages ?? [];
}

describe('SQS behind the endpoint', () => {
  test('returns URLs that point to the endpoint, and ARNs and URLs with its account', async () => {
    const url = await queue('Named');
    expect(url).toBe(`${endpoint.url}/123456789012/Named`);
    expect(await client.send(new GetQueueUrlCommand({ QueueName: 'Named' }))).toMatchObject({
      QueueUrl: url,
    });
    expect((await client.send(new ListQueuesCommand({ QueueNamePrefix: 'Named' }))).QueueUrls).toEqual([url]);
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
    );
    expect(Attributes).toEqual({ QueueArn: 'arn:aws:sqs:eu-central-1:123456789012:Named' });
  });

  test('names the root of its account as the sender, and leaves what a body says alone', async () => {
    const url = await queue('Sent');
    const MessageBody = '{"SenderId":"000000000000"}';
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody }));
    expect(await receive(url)).toMatchObject([
      { Body: MessageBody, Attributes: { SenderId: '123456789012' } },
    ]);
  });

  test('accepts requests at a queue URL, where an SDK without an endpoint sends them', async () => {
    const url = await queue('ByUrl');
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
      body: JSON.stringify({ QueueUrl: url, MessageBody: 'hello' }),
    });
    expect(response.status).toBe(200);
    expect(await receive(url)).toMatchObject([{ Body: 'hello' }]);
  });

  test('does not change URLs and ARNs in message bodies', async () => {
    const url = await queue('Verbatim');
    const body = 'http://sqs.eu-central-1.localhost:1/000000000000/x arn:aws:sqs:eu-central-1:000000000000:x';
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
    expect(await receive(url)).toMatchObject([{ Body: body }]);
  });

  test('moves a message that was received too often to the dead-letter queue', async () => {
    const dead = await queue('Dead');
    const deadLetterTargetArn = 'arn:aws:sqs:eu-central-1:123456789012:Dead';
    const redrive = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 });
    const url = await queue('Redriven', { RedrivePolicy: redrive, VisibilityTimeout: '0' });
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'poison' }));
    expect(await receive(url)).toHaveLength(1);
    expect(await receive(url)).toHaveLength(0);
    expect(await receive(dead)).toMatchObject([{ Body: 'poison' }]);
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['RedrivePolicy'] }),
    );
    expect(Attributes).toEqual({ RedrivePolicy: redrive });
  });

  test('rejects a request to a queue that does not exist', async () => {
    const lost = client.send(
      new SendMessageCommand({ QueueUrl: `${endpoint.url}/123456789012/None`, MessageBody: 'x' }),
    );
    expect(await rejectionOf(lost)).toMatchObject({
      name: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
    });
  });

  test('delivers a FIFO message group in order, one message at a time', async () => {
    const url = await queue('Ordered.fifo', { FifoQueue: 'true' });
    for (const id of ['1', '2', '1', '3']) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: url,
          MessageBody: id,
          MessageGroupId: 'group',
          MessageDeduplicationId: id,
        }),
      );
    }
    const order: (string | undefined)[] = [];
    for (const _ of [1, 2, 3]) {
      const [message] = await receive(url);
      order.push(message?.Body);
      expect(await receive(url)).toEqual([]);
      await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle }));
    }
    expect(order).toEqual(['1', '2', '3']);
    expect(await receive(url)).toEqual([]);
  });

  test('counts the messages of each queue by state', async () => {
    const url = await queue('Deep');
    for (const DelaySeconds of [0, 0, 900]) {
      await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x', DelaySeconds }));
    }
    await client.send(new ReceiveMessageCommand({ QueueUrl: url }));
    expect((await sqs.depths()).get('Deep')).toEqual({ name: 'Deep', visible: 1, inFlight: 1, delayed: 1 });
  });
});

describe('SQS in scaled time', () => {
  const FACTOR = 200;
  let uninstall: () => void;

  beforeEach(() => {
    uninstall = installClock();
    setClockFactor(FACTOR);
  });

  afterEach(() => uninstall());

  test('delays a message by simulated time', async () => {
    const url = await queue('Delayed');
    const sentAt = Date.now();
    const realSentAt = realNow();
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'later', DelaySeconds: 300 }));
    let messages: Awaited<ReturnType<typeof receive>> = [];
    while (messages.length === 0) messages = await receive(url, { WaitTimeSeconds: 20 });
    expect(messages).toMatchObject([{ Body: 'later' }]);
    expect(Date.now() - sentAt).toBeGreaterThanOrEqual(300_000);
    expect(realNow() - realSentAt).toBeLessThan(150_000);
    expect(Number(messages[0]?.Attributes?.SentTimestamp)).toBeGreaterThanOrEqual(sentAt);
  });

  test('delivers a message again after its visibility timeout', async () => {
    const url = await queue('Shy', { VisibilityTimeout: '60' });
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'again' }));
    const [first] = await receive(url);
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: url,
        ReceiptHandle: first?.ReceiptHandle,
        VisibilityTimeout: 120,
      }),
    );
    const changedAt = Date.now();
    let messages: Awaited<ReturnType<typeof receive>> = [];
    while (messages.length === 0) messages = await receive(url, { WaitTimeSeconds: 20 });
    expect(messages).toMatchObject([{ Body: 'again', Attributes: { ApproximateReceiveCount: '2' } }]);
    // The timeout began before the response arrived.
    expect(Date.now() - changedAt).toBeGreaterThan(60_000);
  });
});
