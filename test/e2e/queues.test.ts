import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import type { LocalQueues } from '../../local/system/queues.ts';
import { INSTANCE, INSTANCE_ARN, startTestCentre, type TestCentre } from './fixture.ts';

let centre: TestCentre;
let dynamoDb: DynamoDBClient;
let events: EventBridgeClient;

beforeAll(async () => {
  centre = await startTestCentre();
  dynamoDb = new DynamoDBClient(centre.system.clientConfig);
  events = new EventBridgeClient(centre.system.clientConfig);
  await centre.putParameter(
    'policies/calls',
    'match: { channel: [VOICE] }\nsteps: [{ after: 10m, set: { priority: 1 } }]',
  );
  centre.arrive('c-1');
  await centre.system.idle();
}, 240_000);

afterAll(async () => {
  dynamoDb.destroy();
  events.destroy();
  await centre.stop();
});

const stored = () =>
  new ContactsTable(dynamoDb, centre.system.tableName).load({ instanceId: INSTANCE.id, contactId: 'c-1' });

/** The contacts that have a record. */
async function records(): Promise<string[]> {
  const found: string[] = [];
  const pages = paginateScan({ client: dynamoDb }, { TableName: centre.system.tableName });
  for await (const { Items = [] } of pages) {
    // The other items are of the configuration, the quotas and the idempotency.
    const keys = Items.map(({ pk }) => pk?.S ?? '').filter(
      (key) => !/^(configuration|quota|idempotency|sweep|fan-out|queue)/.test(key),
    );
    found.push(...keys.map((key) => key.slice(key.indexOf('#') + 1)));
  }
  return found;
}

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
const signal = { type: 'signal', ...contact, signal: 'vip' };
const inherit = { type: 'inherit', ...contact, previousContactId: 'c-0', transfers: 3, signals: {} };
const ruleEvent = {
  'detail-type': 'Contact Lens Realtime Rules Matched',
  source: 'aws.connect',
  detail: { ruleName: 'angry', contactArn: `${INSTANCE_ARN}/contact/c-1` },
};
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
    ['a signal by an operator', 'operatorMessages', signal],
    ['a copy of a signal by an operator', 'operatorMessages', { ...signal, type: 'signal-of-queue' }],
    ['a rule event that an operator has forged', 'operatorMessages', ruleEvent],
    ['what a sender of signals would hand on', 'ruleMessages', inherit],
    ['what an operator would hand on', 'operatorMessages', inherit],
    ['a reevaluate by a sender of signals', 'ruleMessages', { type: 'reevaluate' }],
    ['an adopt by a sender of signals', 'ruleMessages', { type: 'adopt', ...contact }],
    ['an override among the wake-ups', 'wakeUps', override],
    ['a release among the wake-ups', 'wakeUps', { type: 'release', ...contact }],
    ['a signal among the wake-ups', 'wakeUps', signal],
    ['a contact event among the wake-ups', 'wakeUps', left],
    ['a rule event among the wake-ups', 'wakeUps', ruleEvent],
    ['an override with attributes of a redrive', 'ruleMessages', { ...override, id: 'o-1' }],
  ] as const)('%s', async (_name, queue, body) => {
    const { record: before } = await stored();
    expect(before.timerAt).toBeGreaterThan(0);
    await send(queue, body);
    // A sweep may have had it reconciled meanwhile.
    expect((await stored()).record).toEqual(before);
    expect(centre.updates).toEqual([]);
    expect(await taken(`${queue}Dlq`)).toEqual([[body, 'wrong-queue']]);
  });
});

const OTHER_ARN = INSTANCE_ARN.replace(INSTANCE.id, '99999999-2222-3333-4444-555555555555');

describe('what comes from outside changes nothing and goes to the dead letters', () => {
  test.each([
    [
      'an override of a contact of another instance',
      'operatorMessages',
      { ...override, instanceId: '99999999-2222-3333-4444-555555555555' },
      'not-served',
    ],
    [
      'an override of its ARN',
      'operatorMessages',
      { ...override, contactId: `${OTHER_ARN}/contact/c-1` },
      'not-served',
    ],
    [
      'an adopt of a contact of another instance',
      'operatorMessages',
      { type: 'adopt', contactId: `${OTHER_ARN}/contact/c-1` },
      'not-served',
    ],
    [
      'a signal on a contact of another instance',
      'ruleMessages',
      { ...signal, contactId: `${OTHER_ARN}/contact/c-1` },
      'not-served',
    ],
    [
      'a signal on a queue of another instance',
      'ruleMessages',
      { type: 'signal', queueArn: `${OTHER_ARN}/queue/q`, signal: 'vip' },
      'not-served',
    ],
    [
      'a rule event of another instance',
      'ruleMessages',
      { ...ruleEvent, detail: { ruleName: 'angry', contactArn: `${OTHER_ARN}/contact/c-1` } },
      'not-served',
    ],
    [
      'a rule event on a queue of another instance',
      'ruleMessages',
      { ...ruleEvent, detail: { ruleName: 'angry' }, resources: [`${OTHER_ARN}/queue/q`] },
      'not-served',
    ],
    ['a rule event of another source', 'ruleMessages', { ...ruleEvent, source: 'my.crm' }, 'not-allowed'],
    [
      'a contact event of another instance',
      'operatorMessages',
      { ...left, detail: { ...left.detail, instanceArn: OTHER_ARN } },
      'not-served',
    ],
    ['a contact event of another source', 'operatorMessages', { ...left, source: 'my.crm' }, 'not-allowed'],
  ] as const)('%s', async (_name, queue, body, code) => {
    const { record: before } = await stored();
    await send(queue, body);
    // A sweep may have had it reconciled meanwhile.
    expect((await stored()).record).toEqual(before);
    expect(await records()).toEqual(['c-1']);
    expect(centre.updates).toEqual([]);
    expect(await taken(`${queue}Dlq`)).toEqual([[body, code]]);
  });

  test.each([
    ['of another source', { Source: 'my.crm' }],
    ['of another instance', { Detail: JSON.stringify({ ...left.detail, instanceArn: OTHER_ARN }) }],
    [
      'of an account with an instance of its own',
      {
        Detail: JSON.stringify({
          ...left.detail,
          instanceArn: OTHER_ARN.replace(INSTANCE.account, '999999999999'),
        }),
      },
    ],
    ['of another kind', { DetailType: 'Order placed' }],
  ])('no rule of EventBridge selects a contact event %s', async (_name, part) => {
    const { record: before } = await stored();
    const event = {
      Source: 'aws.connect',
      DetailType: left['detail-type'],
      Detail: JSON.stringify(left.detail),
    };
    await events.send(new PutEventsCommand({ Entries: [{ ...event, ...part }] }));
    await centre.system.idle();
    // A sweep may have had it reconciled meanwhile.
    expect((await stored()).record).toEqual(before);
    expect(await records()).toEqual(['c-1']);
  });
});

test('a signal and an override on their own queues take effect', async () => {
  await send('ruleMessages', { type: 'signal', ...contact, signal: 'vip' });
  expect(Object.keys((await stored()).record.signals)).toEqual(['vip']);
  await send('operatorMessages', { type: 'override', ...contact, set: { priority: 2 } });
  await centre.waitForUpdates(1);
  expect(centre.updates.map(({ request }) => request)).toEqual([{ QueuePriority: 2 }]);
  // The endpoint checks no signatures: everybody is the root of its account.
  expect((await stored()).record.override).toMatchObject({ sender: INSTANCE.account });
  expect([await taken('ruleMessagesDlq'), await taken('operatorMessagesDlq')]).toEqual([[], []]);
});
