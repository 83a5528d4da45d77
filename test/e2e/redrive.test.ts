import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findDeployment } from '../../cli/aws/deployment.ts';
import { DeadLetterQueue } from '../../cli/redrive/dead-letter-queue.ts';
import { type HandledDeadLetter, redriveAll } from '../../cli/redrive/redrive.ts';
import { createResender } from '../../cli/redrive/resender.ts';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import {
  DEAD_LETTER_QUEUES,
  type DeadLetterQueueName,
  type Deployment,
} from '../../lambda/aws/deployment.ts';
import { type LocalSystem, startLocalSystem } from '../../local/system/system.ts';
import { NOOP_HANDLER } from '../../local/system/system-functions.ts';
import { INSTANCE, INSTANCE_ARN, PREFIX } from './fixture.ts';

const SOURCES = join(import.meta.dirname, '../../lambda');
const TEN_MINUTES_MS = 600_000;

let directory: string;
let system: LocalSystem;
let deployment: Deployment;
let sqs: SQSClient;
let dynamoDb: DynamoDBClient;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'redrive-'));
  system = await startLocalSystem({
    port: 0,
    region: INSTANCE.region,
    account: INSTANCE.account,
    instanceIds: [INSTANCE.id],
    prefix: PREFIX,
    logDirectory: directory,
    handlers: {
      contactEvents: join(SOURCES, 'contact-events/index.ts'),
      ruleMessages: join(SOURCES, 'rule-messages/index.ts'),
      dispatch: NOOP_HANDLER,
      policyChanges: NOOP_HANDLER,
      sweep: NOOP_HANDLER,
    },
  });
  sqs = createSqsClient();
  dynamoDb = new DynamoDBClient(system.clientConfig);
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' });
  deployment = await findDeployment({
    prefix: PREFIX,
    endpointUrl: system.url,
    region: INSTANCE.region,
  });
  await system.warmUp();
}, 240_000);

afterAll(async () => {
  sqs.destroy();
  dynamoDb.destroy();
  await system.stop();
  rmSync(directory, { recursive: true });
});

/** A client whose long polls return at once: the local SQS returns all visible messages without a wait. */
function createSqsClient(): SQSClient {
  const client = new SQSClient(system.clientConfig);
  client.middlewareStack.add(
    (next) => (args) => {
      if ('WaitTimeSeconds' in args.input) Object.assign(args.input, { WaitTimeSeconds: 0 });
      return next(args);
    },
    { step: 'initialize' },
  );
  return client;
}

const record = async (contactId: string) =>
  (await new ContactsTable(dynamoDb, system.tableName).load({ instanceId: INSTANCE.id, contactId })).record;
const send = (QueueUrl: string, body: object) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
const queuedDetail = (contactId: string) => ({
  eventType: 'QUEUED',
  contactId,
  instanceArn: INSTANCE_ARN,
  channel: 'VOICE',
  queueInfo: { queueArn: `${INSTANCE_ARN}/queue/q`, enqueueTimestamp: new Date().toISOString() },
});
const override = (contactId: string) => ({
  type: 'override',
  contactId,
  set: { priority: 1 },
  ttl: '10m',
});

/** Redrives the given queues and returns the dead letters that it handled. */
async function redrive(
  client: SQSClient,
  names: readonly DeadLetterQueueName[],
  options: { includeMalformed?: boolean; max?: number } = {},
): Promise<HandledDeadLetter[]> {
  const handled: HandledDeadLetter[] = [];
  await redriveAll(
    names.map((name) => new DeadLetterQueue(name, deployment.deadLetterQueueUrls[name], client)),
    {
      resender: createResender(client, deployment),
      dryRun: false,
      includeMalformed: false,
      max: Number.POSITIVE_INFINITY,
      onHandled: (one) => handled.push(one),
      ...options,
    },
  );
  return handled;
}

/** Simulates a redrive that is killed after it has sent the messages and before it deletes them. */
async function redriveKilledBeforeDeleting(queue: DeadLetterQueueName): Promise<void> {
  const client = createSqsClient();
  client.middlewareStack.add(
    (next, context) => (args) => {
      if (context.commandName === 'DeleteMessageCommand') throw new RangeError('killed');
      return next(args);
    },
    { step: 'initialize' },
  );
  await expect(redrive(client, [queue])).rejects.toThrow(
    `Could not delete from ${queue}: RangeError: killed.`,
  );
  client.destroy();
}

async function countDeadLetters(): Promise<number> {
  const depths = await Promise.all(
    Object.values(deployment.deadLetterQueueUrls).map(async (QueueUrl) => {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
      );
      return (
        Number(Attributes?.ApproximateNumberOfMessages) +
        Number(Attributes?.ApproximateNumberOfMessagesNotVisible)
      );
    }),
  );
  return depths.reduce((total, depth) => total + depth, 0);
}

test('a redrive that is killed between sending and deleting, and run again, has one effect', async () => {
  for (const contactId of ['c-held', 'c-released']) {
    system.bus.put({
      source: 'aws.connect',
      'detail-type': 'Amazon Connect Contact Event',
      detail: queuedDetail(contactId),
    });
  }
  // These stand for messages that SQS moved to the dead-letter queue; SQS keeps their id and time.
  await send(deployment.deadLetterQueueUrls.OperatorMessagesDlq, override('c-held'));
  await send(deployment.deadLetterQueueUrls.OperatorMessagesDlq, override('c-released'));
  await send(deployment.deadLetterQueueUrls.ContactEventsDlq, {
    requestPayload: {
      'detail-type': 'Amazon Connect Contact Event',
      time: new Date().toISOString(),
      detail: queuedDetail('c-lost'),
    },
    responsePayload: { errorType: 'TimeoutError', errorMessage: 'Task timed out' },
  });
  await system.idle();
  // The release was sent after the override, so it must win over the override that is redriven later, twice.
  await send(deployment.operatorMessagesQueueUrl, { type: 'release', contactId: 'c-released', actor: 'ann' });
  await system.idle();

  const sent = () => system.requests.get('sqs.SendMessage') ?? 0;
  const before = sent();
  await redriveKilledBeforeDeleting('ContactEventsDlq');
  await redriveKilledBeforeDeleting('OperatorMessagesDlq');
  await system.idle();
  expect(sent() - before).toBeGreaterThanOrEqual(3);
  const afterFirstRedrive = await Promise.all(['c-held', 'c-released', 'c-lost'].map(record));
  const [held, released, lost] = afterFirstRedrive;
  expect(await countDeadLetters()).toBe(3);
  const sender = INSTANCE.account;
  expect(released?.override).toEqual({ at: expect.any(Number), actor: 'ann', sender });
  expect(lost?.facts?.queue?.arn).toBe(`${INSTANCE_ARN}/queue/q`);

  const handled = await redrive(sqs, DEAD_LETTER_QUEUES);
  await system.idle();
  const letter = handled.find(({ letter }) => letter.value?.contactId === 'c-held')?.letter;
  expect(held?.override).toEqual({
    at: letter?.original.sentAt,
    sender,
    set: { priority: 1 },
    until: (letter?.original.sentAt ?? 0) + TEN_MINUTES_MS,
  });
  expect(held?.appliedMessages).toEqual([`override:${letter?.messageId}`]);
  expect(await countDeadLetters()).toBe(0);
  expect(await Promise.all(['c-held', 'c-released', 'c-lost'].map(record))).toEqual(afterFirstRedrive);
});

test('a malformed message keeps its original id and time after any number of redrives', async () => {
  const { MessageId } = await send(deployment.ruleMessagesQueueUrl, { type: 'signal', contactId: 'c-1' });
  const originals: unknown[] = [];
  for (let round = 0; round < 3; round += 1) {
    await system.idle();
    const [handled] = await redrive(sqs, ['RuleMessagesDlq'], { includeMalformed: true, max: 1 });
    originals.push(handled?.letter.original);
  }
  await system.idle();
  const [original] = originals;
  const senderId = INSTANCE.account;
  expect(original).toEqual({ messageId: MessageId, sentAt: expect.any(Number), senderId });
  expect(originals).toEqual([original, original, original]);
  expect(await countDeadLetters()).toBe(1);
});
