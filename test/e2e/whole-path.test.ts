import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConnectClient, DescribeContactCommand } from '@aws-sdk/client-connect';
import { ReceiveMessageCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { advanceClock } from '../../local/time/clock.ts';
import { postJson } from '../local/fixtures/aws.ts';
import { bundledStack } from '../support/bundled-stack.ts';
import { INSTANCE, INSTANCE_ARN, startTestCentre, type TestCentre } from './fixture.ts';

let centre: TestCentre;

beforeAll(async () => {
  const { bundleOf } = bundledStack();
  centre = await startTestCentre({
    contactEvents: bundleOf('EscalatorContactEventsFunction'),
    ruleMessages: bundleOf('EscalatorRuleMessagesFunction'),
    dispatch: bundleOf('EscalatorDispatchFunction'),
    policyChanges: bundleOf('EscalatorPolicyChangesFunction'),
    sweep: bundleOf('EscalatorSweepFunction'),
  });
}, 120_000);

afterAll(() => centre.stop());

async function putEvent(contactId: string, detail: object): Promise<void> {
  const completeDetail = {
    contactId,
    instanceArn: INSTANCE_ARN,
    channel: 'VOICE',
    initiationMethod: 'INBOUND',
    ...detail,
  };
  const { body } = await postJson(centre.system.url, 'AWSEvents.PutEvents', {
    Entries: [
      {
        Source: 'aws.connect',
        DetailType: 'Amazon Connect Contact Event',
        Detail: JSON.stringify(completeDetail),
      },
    ],
  });
  expect(body.FailedEntryCount).toBe(0);
}

const putQueuedEvent = (contactId: string, tags: Record<string, string> = {}) =>
  putEvent(contactId, {
    eventType: 'QUEUED',
    tags,
    queueInfo: {
      queueArn: `${INSTANCE_ARN}/queue/q-1`,
      queueType: 'STANDARD',
      enqueueTimestamp: new Date().toISOString(),
    },
  });

async function send(...bodies: string[]): Promise<void> {
  const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
  await centre.sqs.send(
    new SendMessageBatchCommand({ QueueUrl: centre.system.queues.operatorMessages.url, Entries }),
  );
}

describe('the bundles that cdk synth built, on the local system', () => {
  test('update the routing of a contact as its policy says, until the contact is connected', async () => {
    await centre.putParameter(
      'policies/first',
      [
        'match: { channel: [VOICE], tags: { tier: [gold] } }',
        'steps:',
        '  - after: 0s',
        '    set: { priority: 2 }',
        '  - after: 2m',
        '    set: { priority: 1 }',
      ].join('\n'),
    );
    await putQueuedEvent('c-gold', { tier: 'gold' });
    await putQueuedEvent('c-other', { tier: 'bronze' });
    await centre.waitForUpdates(1);
    expect(centre.updates[0]).toMatchObject({
      request: { QueuePriority: 2 },
      result: 'done',
      wasQueued: true,
    });

    await centre.system.idle();
    advanceClock(120_000);
    await centre.waitForUpdates(2);
    await centre.system.idle();
    expect(centre.updates[1]?.request).toEqual({ QueuePriority: 1 });
    const connect = new ConnectClient(centre.system.clientConfig);
    const { Contact } = await connect.send(
      new DescribeContactCommand({ InstanceId: INSTANCE.id, ContactId: 'c-gold' }),
    );
    connect.destroy();
    expect(Contact?.QueuePriority).toBe(1);

    await putEvent('c-gold', {
      eventType: 'CONNECTED_TO_AGENT',
      agentInfo: { agentArn: `${INSTANCE_ARN}/agent/a`, connectedToAgentTimestamp: new Date().toISOString() },
    });
    await centre.system.idle();
    await send(JSON.stringify({ type: 'override', contactId: 'c-gold', set: { priority: 5 } }));
    await centre.system.idle();
    expect(centre.updates.map(({ contactId, request }) => [contactId, request])).toEqual([
      ['c-gold', { QueuePriority: 2 }],
      ['c-gold', { QueuePriority: 1 }],
    ]);
  });

  test('send only the malformed messages of a batch to the dead-letter queue, with errors', async () => {
    await putQueuedEvent('c-good');
    await centre.system.idle();
    await send(
      JSON.stringify({ type: 'override', contactId: 'c-bad', set: { priority: 1, age: '1m' } }),
      JSON.stringify({ type: 'override', contactId: 'c-good', set: { priority: 3 }, actor: 'Anneliese' }),
      'not json',
    );
    await centre.waitForUpdates(3);
    expect(centre.updates[2]).toMatchObject({ contactId: 'c-good', request: { QueuePriority: 3 } });
    await centre.system.idle();
    const { Messages = [] } = await centre.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: centre.system.queues.operatorMessagesDlq.url,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
      }),
    );
    const deadLetters = Messages.map(({ Body, MessageAttributes }) => [
      Body,
      MessageAttributes?.ErrorCode?.StringValue,
      MessageAttributes?.ErrorMessage?.StringValue,
    ]);
    expect(deadLetters.sort()).toEqual([
      ['not json', 'syntax', expect.stringMatching(/^Found "not json"; expected JSON /)],
      [
        '{"type":"override","contactId":"c-bad","set":{"priority":1,"age":"1m"}}',
        'priority-with-age',
        'set.age: Found both priority and age; expected one of them, because Connect accepts only one per ' +
          'request. Set the other in a later step. (priority-with-age)',
      ],
    ]);
  });

  test('set aside what names no contact in the queue of dispatch, and send updates all the same', async () => {
    await putQueuedEvent('c-late');
    await centre.system.idle();
    const bodies = ['hello', 'null', '{"instanceId":1}', JSON.stringify({ contactId: 'c'.repeat(3_000) })];
    const Entries = bodies.map((MessageBody, index) => ({
      Id: String(index),
      MessageBody,
      MessageGroupId: 'routing',
      MessageDeduplicationId: `malformed-${index}`,
    }));
    const startedAt = Date.now();
    const { dispatch, dispatchDlq } = centre.system.queues;
    await centre.sqs.send(new SendMessageBatchCommand({ QueueUrl: dispatch.url, Entries }));
    await send(JSON.stringify({ type: 'override', contactId: 'c-late', set: { priority: 4 } }));
    await centre.waitForUpdates(4);
    expect(centre.updates[3]).toMatchObject({ contactId: 'c-late', request: { QueuePriority: 4 } });
    expect(Date.now() - startedAt).toBeLessThan(60_000);
    await centre.system.idle();
    const { Messages = [] } = await centre.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: dispatchDlq.url,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
      }),
    );
    expect(Messages.map(({ Body }) => Body).sort()).toEqual(bodies.sort());
    for (const { MessageAttributes } of Messages) {
      expect(MessageAttributes).toMatchObject({
        ErrorMessage: { StringValue: expect.stringContaining('Found') },
        OriginalMessageId: { StringValue: expect.any(String) },
      });
    }
  });

  test('log no data of contacts', () => {
    const logs = readdirSync(centre.logDirectory).filter((file) => file.endsWith('.log'));
    expect(logs.sort()).toEqual([
      'contact-events.log',
      'dispatch.log',
      'policy-changes.log',
      'rule-messages.log',
      'sweep.log',
    ]);
    for (const log of logs) {
      // Operators and policies are on record by their names, contacts by their ids; one of them is c-gold.
      const text = readFileSync(join(centre.logDirectory, log), 'utf8')
        .replaceAll('"actor":"Anneliese"', '')
        .replaceAll(/"parameter":"[^"]*"/g, '');
      expect(text).not.toMatch(/(?<!\bc-)gold|bronze|VOICE|Anneliese|not json/);
    }
  });
});
