import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectClient, DescribeContactCommand } from '@aws-sdk/client-connect';
import { ReceiveMessageCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { ConnectEscalatorStack } from '../../lib/stack.ts';
import { type LocalCentre, startLocalCentre } from '../../local/centre/local-centre.ts';
import type { ConnectCallRecord } from '../../local/connect/index.ts';
import { findResource } from '../lib/synthesize.ts';
import { postJson } from '../local/fixtures/aws.ts';

const INSTANCE = {
  id: '11111111-2222-3333-4444-555555555555',
  account: '123456789012',
  region: 'eu-central-1',
};
const INSTANCE_ARN = `arn:aws:connect:${INSTANCE.region}:${INSTANCE.account}:instance/${INSTANCE.id}`;
const PREFIX = '/connect-escalator';

let directory: string;
let local: LocalCentre;
let sqs: SQSClient;
let ssm: SSMClient;
const calls: ConnectCallRecord[] = [];
const waiting: { contactId: string; resolve: (call: ConnectCallRecord) => void }[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'whole-path-'));
  const app = new App({ outdir: join(directory, 'cdk.out') });
  const template = Template.fromStack(
    new ConnectEscalatorStack(app, 'Built', { instanceArns: [INSTANCE_ARN] }),
  );
  const bundle = (name: string) => {
    const { S3Key } = findResource(template, name).Properties.Code;
    return join(directory, 'cdk.out', `asset.${S3Key.replace(/\.zip$/, '')}`, 'index.mjs');
  };
  local = await startLocalCentre({
    port: 0,
    instance: INSTANCE,
    queues: [],
    agents: [],
    random: () => 0.5,
    prefix: PREFIX,
    logDirectory: directory,
    handlers: {
      contactEvents: bundle('EscalatorContactEventsFunction'),
      ruleMessages: bundle('EscalatorRuleMessagesFunction'),
      dispatch: bundle('EscalatorDispatchFunction'),
      policyChanges: bundle('EscalatorPolicyChangesFunction'),
      sweep: bundle('EscalatorSweepFunction'),
    },
    onCall(call) {
      if (call.api !== 'UpdateContactRoutingData') return;
      calls.push(call);
      for (const { contactId, resolve } of waiting) if (contactId === call.contactId) resolve(call);
    },
  });
  ssm = new SSMClient(local.system.clientConfig);
  sqs = new SQSClient(local.system.clientConfig);
}, 60_000);

afterAll(async () => {
  ssm.destroy();
  sqs.destroy();
  await local.stop();
  rmSync(directory, { recursive: true });
});

const nextCall = (contactId: string) =>
  new Promise<ConnectCallRecord>((resolve) => waiting.push({ contactId, resolve }));

async function putEvent(contactId: string, detail: object): Promise<void> {
  const whole = {
    contactId,
    instanceArn: INSTANCE_ARN,
    channel: 'VOICE',
    initiationMethod: 'INBOUND',
    ...detail,
  };
  const { body } = await postJson(local.system.url, 'AWSEvents.PutEvents', {
    Entries: [
      { Source: 'aws.connect', DetailType: 'Amazon Connect Contact Event', Detail: JSON.stringify(whole) },
    ],
  });
  expect(body.FailedEntryCount).toBe(0);
}

const queued = (contactId: string, tags: Record<string, string> = {}) =>
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
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: local.system.queues.ruleMessages.url, Entries }));
}

describe('the bundles that cdk synth built, on the local system', () => {
  test('from a policy and an event to the routing call, and no further than the contact waits', async () => {
    await ssm.send(
      new PutParameterCommand({
        Name: `${PREFIX}/policies/first`,
        Type: 'String',
        Value: [
          'match: { channel: [VOICE], tags: { tier: [gold] } }',
          'steps:',
          '  - after: 0s',
          '    set: { priority: 2 }',
          '  - after: 2s',
          '    set: { priority: 1 }',
        ].join('\n'),
      }),
    );
    const first = nextCall('c-gold');
    await queued('c-gold', { tier: 'gold' });
    await queued('c-other', { tier: 'bronze' });
    expect(await first).toMatchObject({ request: { QueuePriority: 2 }, result: 'done', wasQueued: true });

    const second = nextCall('c-gold');
    expect((await second).request).toEqual({ QueuePriority: 1 });
    const connect = new ConnectClient(local.system.clientConfig);
    const { Contact } = await connect.send(
      new DescribeContactCommand({ InstanceId: INSTANCE.id, ContactId: 'c-gold' }),
    );
    connect.destroy();
    expect(Contact?.QueuePriority).toBe(1);

    await putEvent('c-gold', {
      eventType: 'CONNECTED_TO_AGENT',
      agentInfo: { agentArn: `${INSTANCE_ARN}/agent/a`, connectedToAgentTimestamp: new Date().toISOString() },
    });
    await local.system.idle();
    await send(JSON.stringify({ type: 'override', contactId: 'c-gold', set: { priority: 5 } }));
    await local.system.idle();
    expect(calls.map(({ contactId, request }) => [contactId, request])).toEqual([
      ['c-gold', { QueuePriority: 2 }],
      ['c-gold', { QueuePriority: 1 }],
    ]);
  });

  test('a malformed message among good ones goes alone to the dead-letter queue, with what is wrong', async () => {
    await queued('c-good');
    await local.system.idle();
    const call = nextCall('c-good');
    await send(
      JSON.stringify({ type: 'override', contactId: 'c-bad', set: { priority: 1, age: '1m' } }),
      JSON.stringify({ type: 'override', contactId: 'c-good', set: { priority: 3 }, actor: 'Anneliese' }),
      'not json',
    );
    expect((await call).request).toEqual({ QueuePriority: 3 });
    await local.system.idle();
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: local.system.queues.ruleMessagesDlq.url,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
      }),
    );
    const dead = Messages.map(({ Body, MessageAttributes }) => [
      Body,
      MessageAttributes?.ErrorCode?.StringValue,
      MessageAttributes?.ErrorMessage?.StringValue,
    ]);
    expect(dead.sort()).toEqual([
      ['not json', 'syntax', expect.stringMatching(/^Found "not json"; expected JSON /)],
      [
        '{"type":"override","contactId":"c-bad","set":{"priority":1,"age":"1m"}}',
        'priority-with-age',
        'set.age: Found both priority and age; expected one of them, because Connect accepts only one per request. ' +
          'Set the other in a separate step. (priority-with-age)',
      ],
    ]);
  });

  test('nothing that was said about a contact is logged', () => {
    const logs = readdirSync(directory).filter((file) => file.endsWith('.log'));
    expect(logs.sort()).toEqual([
      'contact-events.log',
      'dispatch.log',
      'policy-changes.log',
      'rule-messages.log',
      'sweep.log',
    ]);
    for (const log of logs) {
      const text = readFileSync(join(directory, log), 'utf8');
      expect(text).not.toMatch(/gold|bronze|VOICE|Anneliese|not json/);
    }
  });
});
