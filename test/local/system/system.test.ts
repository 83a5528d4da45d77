import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EventEnvelope, NewEvent } from '../../../local/events/event-bus.ts';
import { type LocalSystem, startLocalSystem } from '../../../local/system/system.ts';
import { NOOP_HANDLER } from '../../../local/system/system-functions.ts';
import { installClock, setClockFactor } from '../../../local/time/clock.ts';
import { ACCOUNT, postJson, REGION } from '../fixtures/aws.ts';
import { createLogDirectory, handlerModule } from '../fixtures/functions.ts';

const INSTANCE = '11111111-2222-3333-4444-555555555555';
const INSTANCE_ARN = `arn:aws:connect:${REGION}:${ACCOUNT}:instance/${INSTANCE}`;
/**
 * Not higher: the functions' timeouts shrink with the factor, and a thread may have to wait for a processor.
 */
const FACTOR = 100;

const RECORDER = handlerModule('recorder');
const logs = createLogDirectory();

let uninstall: () => void;
let system: LocalSystem;
let dynamoDb: DynamoDBClient;
let sqs: SQSClient;

beforeAll(async () => {
  uninstall = installClock();
  system = await startLocalSystem({
    port: 0,
    region: REGION,
    account: ACCOUNT,
    instanceIds: [INSTANCE],
    prefix: '/connect-escalator',
    handlers: {
      contactEvents: RECORDER,
      ruleMessages: RECORDER,
      dispatch: RECORDER,
      policyChanges: NOOP_HANDLER,
      sweep: NOOP_HANDLER,
    },
    logDirectory: logs,
    connect: () => (request) => ({ status: 200, body: JSON.stringify({ path: request.path }) }),
  });
  dynamoDb = new DynamoDBClient(system.clientConfig);
  sqs = new SQSClient(system.clientConfig);
  await system.warmUp();
});

afterAll(async () => {
  dynamoDb.destroy();
  sqs.destroy();
  await system.stop();
  uninstall();
});

function contactEvent(contactId: string, more: object = {}): NewEvent {
  const detail = { eventType: 'QUEUED', instanceArn: INSTANCE_ARN, contactId, ...more };
  return { source: 'aws.connect', 'detail-type': 'Amazon Connect Contact Event', detail };
}

/** The inputs that the functions recorded and that contain `text`, with the names of the functions. */
async function recorded(text: string): Promise<string[]> {
  const { Items } = await dynamoDb.send(new ScanCommand({ TableName: system.tableName }));
  return (Items ?? [])
    .filter(({ body }) => body?.S?.includes(text))
    .map(({ pk, body }) => `${pk?.S?.split(' ')[0]}: ${body?.S}`)
    .sort();
}

test('events that the system sends to the bus are counted by their names', async () => {
  system.bus.put({ source: 'connect-escalator', 'detail-type': 'missed', detail: {} });
  system.bus.put({ source: 'crm', 'detail-type': 'missed', detail: {} });
  await system.idle();
  expect([...system.outgoingEvents]).toEqual([['missed', 1]]);
});

describe('the local system', () => {
  test('passes a contact event through all three functions, and then becomes idle', async () => {
    const { body } = await postJson(system.url, 'AWSEvents.PutEvents', {
      Entries: [
        {
          Source: 'aws.connect',
          DetailType: 'Amazon Connect Contact Event',
          Detail: JSON.stringify(contactEvent('contact-1').detail),
        },
      ],
    });
    expect(body).toMatchObject({ FailedEntryCount: 0 });
    await system.idle();
    expect(await recorded('contact-1')).toEqual([
      'contact-events: contact-1',
      'dispatch: contact-1',
      'rule-messages: contact-1',
    ]);
  });

  test('delivers a delayed message when it is due', async () => {
    system.bus.put(contactEvent('contact-2'));
    await system.idle();
    expect(await recorded('contact-2')).not.toContain('rule-messages: wake contact-2');
    setClockFactor(FACTOR);
    while (!(await recorded('contact-2')).includes('rule-messages: wake contact-2')) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    await system.idle();
    setClockFactor(1);
  });

  test('sends a rule event to the queue of rule messages, unchanged', async () => {
    const id = system.bus.put({
      source: 'aws.connect',
      'detail-type': 'Metrics Rules Matched',
      detail: { ruleName: 'backlog', instanceArn: INSTANCE_ARN },
    });
    await system.idle();
    const [only] = await recorded(id);
    const event = JSON.parse(only?.slice('rule-messages: '.length) ?? '') as EventEnvelope;
    expect(event).toMatchObject({
      id,
      'detail-type': 'Metrics Rules Matched',
      detail: { ruleName: 'backlog' },
    });
  });

  test('ignores the events of other instances', async () => {
    system.bus.put(contactEvent('contact-3', { instanceArn: INSTANCE_ARN.replace('1111', '9999') }));
    await system.idle();
    expect(await recorded('contact-3')).toEqual([]);
  });

  test('sends a contact event that fails three times to its dead-letter queue, with the error', async () => {
    setClockFactor(FACTOR);
    system.bus.put(contactEvent('contact-4', { fail: true }));
    await system.idle();
    setClockFactor(1);
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: system.queues.contactEventsDlq.url,
        MessageAttributeNames: ['All'],
      }),
    );
    const [message] = Messages as [Message];
    expect(message.MessageAttributes).toMatchObject({
      RequestID: { StringValue: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      ErrorCode: { StringValue: 'RangeError' },
      ErrorMessage: { StringValue: 'This contact cannot be handled.' },
    });
    expect(JSON.parse(message.Body ?? '')).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { detail: { contactId: 'contact-4' } },
      responsePayload: { errorType: 'RangeError' },
    });
    expect(
      readFileSync(join(logs, 'contact-events.log'), 'utf8').match(/"errorType":"RangeError"/g),
    ).toHaveLength(3);
  });

  test('publishes parameter changes as SSM does', async () => {
    const change = Promise.withResolvers<EventEnvelope>();
    system.bus.addRule({
      name: 'Changes',
      pattern: { source: ['aws.ssm'], detail: { name: [{ prefix: '/connect-escalator/policies/' }] } },
      target: async (event) => change.resolve(event),
    });
    const ssm = new SSMClient(system.clientConfig);
    await ssm.send(
      new PutParameterCommand({ Name: '/connect-escalator/policies/gold', Value: '{}', Type: 'String' }),
    );
    ssm.destroy();
    expect(await change.promise).toMatchObject({
      source: 'aws.ssm',
      'detail-type': 'Parameter Store Change',
      account: ACCOUNT,
      region: REGION,
      resources: [`arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/connect-escalator/policies/gold`],
      detail: { operation: 'Create', name: '/connect-escalator/policies/gold', type: 'String' },
    });
  });

  test('has the queues of the stack, with their timeouts and dead-letter queues', async () => {
    const attributes = async (url: string) => {
      const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] });
      const { Attributes = {} } = await sqs.send(command);
      const { VisibilityTimeout, RedrivePolicy, FifoQueue } = Attributes;
      return { VisibilityTimeout, FifoQueue, redrive: RedrivePolicy && JSON.parse(RedrivePolicy) };
    };
    const to = (name: string, maxReceiveCount: number) => ({
      deadLetterTargetArn: `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`,
      maxReceiveCount,
    });
    const { ruleMessages, operatorMessages, wakeUps } = system.queues;
    for (const { name, url } of [ruleMessages, operatorMessages, wakeUps]) {
      expect(await attributes(url)).toEqual({
        VisibilityTimeout: '180',
        FifoQueue: undefined,
        redrive: to(`${name}Dlq`, 12),
      });
    }
    expect(await attributes(system.queues.dispatch.url)).toEqual({
      VisibilityTimeout: '18',
      FifoQueue: 'true',
      redrive: to('DispatchDlq.fifo', 5),
    });
  });

  test('says which function receives from each queue, as escalator doctor asks', async () => {
    const { ruleMessages, operatorMessages, wakeUps, dispatch } = system.queues;
    const receivers = await Promise.all(
      ['rule-messages', 'dispatch'].map(async (name) => {
        const response = await fetch(`${system.url}/2015-03-31/event-source-mappings?FunctionName=${name}`, {
          headers: {
            authorization: `AWS4-HMAC-SHA256 Credential=local/20261128/${REGION}/lambda/aws4_request`,
          },
        });
        const { EventSourceMappings } = Object(await response.json());
        return EventSourceMappings.map(({ EventSourceArn }: { EventSourceArn: string }) => EventSourceArn);
      }),
    );
    expect(receivers).toEqual([[ruleMessages.arn, operatorMessages.arn, wakeUps.arn], [dispatch.arn]]);
  });

  test('serves the given Connect on the same endpoint', async () => {
    const response = await fetch(`${system.url}/contacts/i/c`);
    expect(await response.json()).toEqual({ path: '/contacts/i/c' });
  });

  test('counts the requests of one contact event', async () => {
    await system.idle();
    const before = new Map(system.requests);
    system.bus.put(contactEvent('contact-5'));
    await system.idle();
    const count = (name: string) => (system.requests.get(name) ?? 0) - (before.get(name) ?? 0);
    expect(count('dynamodb.PutItem')).toBe(3);
    expect(count('sqs.SendMessage')).toBe(3);
    expect(count('sqs.DeleteMessageBatch')).toBe(2);
  });
});
