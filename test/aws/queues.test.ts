import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DeadLetterSender } from '../../lambda/aws/dead-letters.ts';
import { Queues } from '../../lambda/aws/queues.ts';
import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { MalformedMessageError } from '../../lambda/domain/messages/rule-message.ts';
import type { RawService } from '../../local/endpoint/raw-service.ts';
import { createSqs } from '../../local/services/sqs.ts';
import { createQueues } from '../../local/system/queues.ts';
import { AWS_LOCATION, startTestEndpoint } from '../local/fixtures/aws.ts';

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let client: SQSClient;
let queues: Queues;
let urls: Awaited<ReturnType<typeof createQueues>>;

beforeAll(async () => {
  endpoint = await startTestEndpoint({ sqs: await createSqs(AWS_LOCATION) });
  client = new SQSClient(endpoint.clientConfig);
  urls = await createQueues(client, AWS_LOCATION);
  queues = new Queues(client, urls.wakeUps.url, urls.dispatch.url);
});

afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

async function received(url: string): Promise<unknown[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }),
  );
  return Messages.map(({ Body }) => JSON.parse(Body ?? ''));
}

/** What is next in the queue of dispatch, taken out of it: one message group is worked off in order. */
async function taken(): Promise<unknown[]> {
  const QueueUrl = urls.dispatch.url;
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 1 }),
  );
  for (const { ReceiptHandle } of Messages) {
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
  return Messages.map(({ Body }) => JSON.parse(Body ?? ''));
}

describe('the queues', () => {
  test('more messages than fit into a batch are all sent', async () => {
    const messages = Array.from({ length: 23 }, (_, index) => ({ body: { index }, delaySeconds: 0 }));
    await queues.sendWakeUps(messages);
    const bodies = [
      ...(await received(urls.wakeUps.url)),
      ...(await received(urls.wakeUps.url)),
      ...(await received(urls.wakeUps.url)),
    ] as { index: number }[];
    expect(bodies.map(({ index }) => index).sort((a, b) => a - b)).toEqual(messages.map((_, index) => index));
  });

  test('an empty list sends nothing', async () => {
    await queues.sendWakeUps([]);
    expect(await received(urls.wakeUps.url)).toEqual([]);
  });

  test('a delayed message cannot be received yet', async () => {
    await queues.sendWakeUps([{ body: { later: true }, delaySeconds: 900 }]);
    expect(await received(urls.wakeUps.url)).toEqual([]);
  });

  test('the same notification twice is one, for contacts of any id', async () => {
    const key = { instanceId: 'i-1', contactId: `odd id ${'x'.repeat(240)} é` };
    await queues.notifyDispatch(key, '1@5');
    await queues.notifyDispatch(key, '1@5');
    await queues.notifyDispatch(key, '2@5');
    expect([await taken(), await taken(), await taken()]).toEqual([[key], [key], []]);
  });

  test('notifications for two contacts are two, whatever their ids and keys look like together', async () => {
    const keys = ['c', 'c#1'].map((contactId) => ({ instanceId: 'i-1', contactId }));
    await queues.notifyDispatch(keys[0] as ContactKey, '1#2@5');
    await queues.notifyDispatch(keys[1] as ContactKey, '2@5');
    expect([await taken(), await taken()]).toEqual([[keys[0]], [keys[1]]]);
  });

  test('two malformed messages are kept, although one claims the id of the other', async () => {
    const deadLetters = new DeadLetterSender(client, urls.dispatch.url);
    const error = new MalformedMessageError([{ code: 'odd', path: [], message: 'It is odd.' }]);
    for (const body of [{ n: 1 }, { n: 1 }, { n: 2 }]) {
      await deadLetters.send(JSON.stringify(body), { messageId: 'm-1', sentAt: 0 }, error);
    }
    expect([await taken(), await taken(), await taken()]).toEqual([[{ n: 1 }], [{ n: 2 }], []]);
  });

  test('a malformed message with thousands of problems is kept with its few codes', async () => {
    const problems = Array.from({ length: 8_193 }, (_, index) => ({
      code: index % 2 === 0 ? 'odd' : 'long',
      path: [],
      message: 'It is odd.',
    }));
    const sent: SendMessageCommand[] = [];
    const sending = { send: async (command: SendMessageCommand) => sent.push(command) };
    await new DeadLetterSender(sending as never, 'https://sqs/queue').send(
      '{}',
      { messageId: 'm-2', sentAt: 0 },
      new MalformedMessageError(problems),
    );
    expect(sent[0]?.input.MessageAttributes?.ErrorCode?.StringValue).toBe('odd,long');
  });

  test.each([
    ['there are too many of them: then dispatch runs anyway', 'RequestThrottled', undefined],
    ['the queue is gone', 'QueueDoesNotExist', 'QueueDoesNotExist'],
  ])('a kick that is refused because %s', async (_why, code, thrown) => {
    const refusing = await startTestEndpoint({ sqs: refusingWith(code) });
    const asking = new SQSClient({ ...refusing.clientConfig, maxAttempts: 1 });
    const kick = new Queues(asking, 'http://nobody/', `${refusing.url}/queue`).notifyDispatch(
      { instanceId: 'i-1', contactId: 'c-1' },
      '1',
    );
    if (thrown) await expect(kick).rejects.toMatchObject({ name: thrown });
    else await expect(kick).resolves.toBe(undefined);
    asking.destroy();
    await refusing.stop();
  });
});

/** An SQS that takes nothing. */
function refusingWith(code: string): RawService {
  return {
    handle(_request, response) {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message: 'no' }));
    },
    async stop() {},
  };
}
