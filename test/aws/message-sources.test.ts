import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ENVIRONMENT, EnvironmentError } from '../../lambda/aws/environment.ts';
import { messageSource } from '../../lambda/aws/message-sources.ts';
import { createSqs } from '../../local/services/sqs.ts';
import { createQueues } from '../../local/system/queues.ts';
import { AWS_LOCATION, startTestEndpoint } from '../local/fixtures/aws.ts';

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let client: SQSClient;
let queues: Awaited<ReturnType<typeof createQueues>>;

beforeAll(async () => {
  endpoint = await startTestEndpoint({ sqs: await createSqs(AWS_LOCATION) });
  client = new SQSClient(endpoint.clientConfig);
  queues = await createQueues(client, AWS_LOCATION);
  const { ruleMessages, operatorMessages, wakeUps } = queues;
  process.env[ENVIRONMENT.ruleMessagesQueueUrl] = ruleMessages.url;
  process.env[ENVIRONMENT.ruleMessagesDlqUrl] = queues.ruleMessagesDlq.url;
  process.env[ENVIRONMENT.operatorMessagesQueueUrl] = operatorMessages.url;
  process.env[ENVIRONMENT.operatorMessagesDlqUrl] = queues.operatorMessagesDlq.url;
  process.env[ENVIRONMENT.wakeUpsQueueUrl] = wakeUps.url;
  process.env[ENVIRONMENT.wakeUpsDlqUrl] = queues.wakeUpsDlq.url;
});

afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

test.each(['ruleMessages', 'operatorMessages', 'wakeUps'] as const)(
  'the ARN that Lambda states tells %s',
  (name) => {
    expect(messageSource(client, queues[name].arn).queue).toBe(queues[name].name);
  },
);

test('messages of a queue that is none of them are refused, and stay in their queue', () => {
  expect(() => messageSource(client, `${queues.ruleMessages.arn}X`)).toThrow(EnvironmentError);
  expect(() => messageSource(client, queues.ruleMessagesDlq.arn)).toThrow(
    'Remove the event source mapping that the stack did not make.',
  );
});

test('a message is visible again after the delay, long before the visibility timeout', async () => {
  const QueueUrl = queues.wakeUps.url;
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
  const receive = async () => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['ApproximateReceiveCount'] }),
    );
    return Messages[0];
  };
  const first = await receive();
  expect(await receive()).toBeUndefined();
  const message = {
    messageId: first?.MessageId ?? '',
    receiptHandle: first?.ReceiptHandle ?? '',
    receiveCount: 1,
    sentAt: 0,
    body: '{}',
    attribute: () => undefined,
  };
  await messageSource(client, queues.wakeUps.arn).retryAfter(message, 0);
  expect((await receive())?.Attributes).toEqual({ ApproximateReceiveCount: '2' });
});
