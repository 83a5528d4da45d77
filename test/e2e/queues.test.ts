import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import type { LocalQueues } from '../../local/system/queues.ts';
import { INSTANCE, INSTANCE_ARN, startTestCentre, type TestCentre } from './fixture.ts';

let centre: TestCentre;
let dynamoDb: DynamoDBClient;

beforeAll(async () => {
  centre = await startTestCentre();
  dynamoDb = new DynamoDBClient(centre.system.clientConfig);
  await centre.putParameter(
    'policies/calls',
    'match: { channel: [VOICE] }\nsteps: [{ after: 10m, set: { priority: 1 } }]',
  );
  centre.arrive('c-1');
  await centre.system.idle();
}, 240_000);

afterAll(async () => {
  dynamoDb.destroy();
  await centre.stop();
});

const stored = () =>
  new ContactsTable(dynamoDb, centre.system.tableName).load({ instanceId: INSTANCE.id, contactId: 'c-1' });

async function send(queue: keyof LocalQueues, body: object): Promise<void> {
  const QueueUrl = centre.system.queues[queue].url;
  await centre.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
  await centre.system.idle();
}

/** The bodies and error codes of the messages in a dead-letter queue that arrived since the last call. */
async function taken(queue: keyof LocalQueues): Promise<unknown[]> {
  const { Messages = [] } = await centre.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: centre.system.queues[queue].url,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages.map(({ Body, MessageAttributes }) => [
    JSON.parse(Body ?? ''),
    MessageAttributes?.ErrorCode?.StringValue,
  ]);
}

const contact = { contactId: 'c-1' };
const override = { type: 'override', ...contact, set: { priority: 1 } };
const wake = { type: 'wake', ...contact, wakeAt: '2099-01-01T00:00:00Z' };
const left = {
  'detail-type': 'Amazon Connect Contact Event',
  time: '2099-01-01T00:00:00Z',
  detail: {
    eventType: 'DISCONNECTED',
    ...contact,
    instanceArn: INSTANCE_ARN,
    disconnectTimestamp: '2099-01-01T00:00:00Z',
  },
};

describe('a message on a queue of other senders changes nothing and goes to the dead letters of that queue', () => {
  test.each([
    ['an override by a sender of signals', 'ruleMessages', override],
    ['a release by a sender of signals', 'ruleMessages', { type: 'release', ...contact }],
    ['a contact event that a sender of signals has forged', 'ruleMessages', left],
    ['a wake-up that a sender of signals has forged', 'ruleMessages', wake],
    ['a wake-up that an operator has forged', 'operatorMessages', wake],
    ['a signal by an operator', 'operatorMessages', { type: 'signal', ...contact, signal: 'vip' }],
  ] as const)('%s', async (_name, queue, body) => {
    const before = await stored();
    expect(before.record.timerAt).toBeGreaterThan(0);
    await send(queue, body);
    expect(await stored()).toEqual(before);
    expect(centre.updates).toEqual([]);
    expect(await taken(`${queue}Dlq`)).toEqual([[body, 'wrong-queue']]);
  });
});

test('a signal and an override on their own queues take effect', async () => {
  await send('ruleMessages', { type: 'signal', ...contact, signal: 'vip' });
  expect(Object.keys((await stored()).record.signals)).toEqual(['vip']);
  await send('operatorMessages', { type: 'override', ...contact, set: { priority: 2 } });
  await centre.waitForUpdates(1);
  expect(centre.updates.map(({ request }) => request)).toEqual([{ QueuePriority: 2 }]);
  expect([await taken('ruleMessagesDlq'), await taken('operatorMessagesDlq')]).toEqual([[], []]);
});
