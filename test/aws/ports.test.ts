import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { backOff } from '../../lambda/aws/back-off.ts';
import { AWS_CLIENT, DISPATCH_CLIENT, type Network } from '../../lambda/aws/clients.ts';
import { awsCompilerPorts } from '../../lambda/aws/configuration-ports.ts';
import { CONNECT_CLIENT } from '../../lambda/aws/connect.ts';
import {
  DEAD_LETTER_QUEUES,
  DEPLOYMENT_PARAMETER,
  FUNCTIONS,
  QUOTA_GUARD_PARAMETER,
} from '../../lambda/aws/deployment.ts';
import { awsDispatchPorts } from '../../lambda/aws/dispatch-ports.ts';
import { messageSource } from '../../lambda/aws/message-sources.ts';
import { awsReconcilePorts, awsRuleMessagePorts } from '../../lambda/aws/reconcile-ports.ts';
import { SsmParameters } from '../../lambda/aws/ssm-parameters.ts';
import type { PowertoolsTelemetry } from '../../lambda/aws/telemetry.ts';
import { MalformedMessageError } from '../../lambda/domain/messages/rule-message.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import { DEFAULT_SETTINGS } from '../../lambda/domain/settings.ts';
import { FairQueue } from '../../lambda/flow/dispatch/fair-queue.ts';
import { functionEnvironment, queueArn } from '../../sim/dst/adapters/environment.ts';
import { KEY, QUEUE_ARN, T0 } from '../support/contacts.ts';

/* Which port reaches which resource of the stack, by the requests on the network. */

const REGION = 'eu-central-1';
const before = { ...process.env };

/** The requests so far, each with its operation and what it is about. */
let requests: string[];
/** What a request is answered, by its operation; `{}` where nothing is said. */
let answers: Record<string, object>;
/** The configurations of the clients. */
let configurations: object[];
/** What was reported. */
let reported: string[];

beforeEach(() => {
  Object.assign(process.env, functionEnvironment(REGION, ['i-1', 'i-2', 'i-1']));
  [requests, configurations, reported, answers] = [[], [], [], {}];
});

afterEach(() => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, before);
});

const network: Network = (configuration) => {
  configurations.push(configuration);
  return {
    ...configuration,
    region: REGION,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
    requestHandler: { handle },
  };
};

interface Request {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

async function handle({ path, headers, body }: Request): Promise<{ response: object }> {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const operation = headers['x-amz-target']?.split('.').at(-1) ?? path;
  const input = JSON.parse(text || '{}');
  const { TableName, Item, Key, QueueUrl, Path, Name, RequestItems } = input;
  const queue = QueueUrl?.split('/').at(-1);
  const about = [TableName ?? Object.keys(RequestItems ?? {})[0], (Item ?? Key)?.pk?.S, queue, Path, Name];
  requests.push([operation, ...about.filter((one) => one !== undefined)].join(' '));
  const answer = JSON.stringify(answers[operation] ?? {});
  return { response: { statusCode: 200, headers: {}, body: Buffer.from(answer) } };
}

const telemetry = {
  contactFailed: ({ contactId }: { contactId: string }) => reported.push(`failed ${contactId}`),
  callsStopped: (reason: string) => reported.push(reason),
} as unknown as PowertoolsTelemetry;
const WAKE_UP = { body: { type: 'wake' }, delaySeconds: 0 };
const client = <T>(of: new (configuration: object) => T) => new of(network({}));
const ATTEMPT = {
  update: { QueuePriority: 2 },
  sets: {},
  queueVisit: 'v',
  generation: 1,
  previous: { applied: {} },
} satisfies UpdateAttempt;

/** Runs a call of a port, and returns the requests that it makes. */
async function requestsOf(call: () => unknown): Promise<string[]> {
  requests.length = 0;
  await Promise.resolve(call()).catch(() => {});
  return requests;
}

test('the compiler reads parameters, publishes into the table, and sends to the queue of wake-ups', async () => {
  const ports = awsCompilerPorts(client(DynamoDBClient), client(SQSClient), telemetry, network);
  expect(configurations.at(-1)).toEqual({ ...AWS_CLIENT, retryMode: 'adaptive', maxAttempts: 8 });
  expect(await requestsOf(() => ports.parameters.read())).toEqual(['GetParametersByPath /connect-escalator']);
  expect(await requestsOf(() => ports.published.load())).toEqual(['GetItem Contacts configuration#version']);
  expect(await requestsOf(() => ports.reported.load())).toEqual(['GetItem Contacts configuration#reported']);
  expect(await requestsOf(() => ports.outbox.sendWakeUps([WAKE_UP]))).toEqual(['SendMessageBatch WakeUps']);
  expect(ports.backOff).toBe(backOff);
  expect(ports.telemetry).toBe(telemetry);
  expect(Math.abs(ports.clock.now() - Date.now())).toBeLessThan(60_000);
  expect(ports.verdicts.of('a', '{', DEFAULT_SETTINGS, []).problems).toBeDefined();
  expect(ports.newId()).not.toBe(ports.newId());
});

describe('dispatch', () => {
  test('reaches its table, its queues and Connect', async () => {
    const ports = awsDispatchPorts(telemetry, network);
    ports.connect.begin({ getRemainingTimeInMillis: () => 1_000 } as never);
    expect(configurations).toEqual([DISPATCH_CLIENT, DISPATCH_CLIENT, CONNECT_CLIENT]);
    expect(await requestsOf(() => ports.contacts.load(KEY))).toEqual(['GetItem Contacts i-1#c-1']);
    expect(await requestsOf(() => ports.outbox.sendWakeUps([WAKE_UP]))).toEqual(['SendMessageBatch WakeUps']);
    expect(await requestsOf(() => ports.outbox.notifyDispatch(KEY, 'a'))).toEqual([
      'SendMessage Dispatch.fifo',
    ]);
    const original = { messageId: 'm', sentAt: 0 };
    expect(
      await requestsOf(() => ports.deadLetters.send('{}', original, new MalformedMessageError([]))),
    ).toEqual(['SendMessage DispatchDlq.fifo']);
    const log = { underWay: undefined, begin: async () => true };
    const [call] = await requestsOf(() => ports.connect.updateRouting(KEY, ATTEMPT, log));
    expect(call).toMatch(/^\/contacts\/i-1\/c-1\/routing-data/);
    expect(await requestsOf(() => ports.connect.describe(KEY))).toEqual(['/contacts/i-1/c-1']);
    expect(await requestsOf(() => ports.rateLimiter.take('update', 1, DEFAULT_SETTINGS))).toEqual([
      'GetItem Contacts quota#routing',
    ]);
  });

  test('decides by the settings that are published, and knows its instances and the time', async () => {
    const ports = awsDispatchPorts(telemetry, network);
    expect((await ports.settings()).pause).toBe(true);
    expect(await ports.storedNames()).toBe(undefined);
    expect(requests).toEqual(Array(2).fill('GetItem Contacts configuration#version'));
    expect([reported, ports.instances]).toEqual([['no-configuration'], ['i-1', 'i-2']]);
    expect(ports.telemetry).toBe(telemetry);
    expect(Math.abs(ports.clock.now() - Date.now())).toBeLessThan(60_000);
    await ports.clock.sleep(0);
    expect(ports.clock.sleep(1)).toBeInstanceOf(Promise);
    const { updates, questions } = ports.fairQueues;
    expect([updates, questions].map((queue) => queue instanceof FairQueue)).toEqual([true, true]);
    expect(updates).not.toBe(questions);
    expect(ports.backOff).toBe(backOff);
  });

  test('reports a contact whose record cannot be read', async () => {
    const ports = awsDispatchPorts(telemetry, network);
    answers.BatchGetItem = { Responses: { Contacts: [{ pk: { S: 'i-1#c-1' }, record: { M: {} } }] } };
    expect(await ports.contacts.loadMany([KEY])).toEqual([]);
    expect(reported).toEqual(['failed c-1']);
  });
});

describe('a function that reconciles', () => {
  test('reaches its table and its queues', async () => {
    const ports = awsReconcilePorts(telemetry, network);
    expect(configurations).toEqual([AWS_CLIENT, AWS_CLIENT]);
    expect(await requestsOf(() => ports.contacts.load(KEY))).toEqual(['GetItem Contacts i-1#c-1']);
    expect(await requestsOf(() => ports.outbox.sendWakeUps([WAKE_UP]))).toEqual(['SendMessageBatch WakeUps']);
    expect(await requestsOf(() => ports.outbox.notifyDispatch(KEY, 'a'))).toEqual([
      'SendMessage Dispatch.fifo',
    ]);
    expect(await requestsOf(() => ports.configuration())).toEqual(['GetItem Contacts configuration#version']);
    expect(await requestsOf(() => ports.queueStates.load(QUEUE_ARN))).toEqual(['GetItem Contacts queue#q-1']);
    const ofCustomer = await requestsOf(() => ports.customers.load('i-1', 'ann'));
    expect(ofCustomer.filter((request) => request.startsWith('GetItem Contacts'))).not.toEqual([]);
    expect([ports.region, ports.instances]).toEqual([REGION, ['i-1', 'i-2']]);
    expect([ports.telemetry, ports.backOff]).toEqual([telemetry, backOff]);
    expect(Math.abs(ports.clock.now() - Date.now())).toBeLessThan(60_000);
  });

  test('leaves out contacts whose record cannot be read, without a report', async () => {
    answers.BatchGetItem = { Responses: { Contacts: [{ pk: { S: 'i-1#c-1' }, record: { M: {} } }] } };
    expect(await awsReconcilePorts(telemetry, network).contacts.loadMany([KEY])).toEqual([]);
    expect(reported).toEqual([]);
  });
});

test('rule-messages also sends signals, keeps positions of fan-outs, and knows where messages come from', async () => {
  const ports = awsRuleMessagePorts(telemetry, network);
  expect(configurations).toEqual([AWS_CLIENT, AWS_CLIENT, CONNECT_CLIENT]);
  expect(await requestsOf(() => ports.contacts.load(KEY))).toEqual(['GetItem Contacts i-1#c-1']);
  expect(await requestsOf(() => ports.outbox.sendSignals([WAKE_UP]))).toEqual([
    'SendMessageBatch RuleMessages',
  ]);
  expect(await requestsOf(() => ports.outbox.sendWakeUps([WAKE_UP]))).toEqual(['SendMessageBatch WakeUps']);
  expect(await requestsOf(() => ports.outbox.notifyDispatch(KEY, 'a'))).toEqual([
    'SendMessage Dispatch.fifo',
  ]);
  expect((await requestsOf(() => ports.fanOuts.load('id')))[0]).toMatch(/^GetItem Contacts fan-out#/);
  expect(ports.source(queueArn('OperatorMessages', REGION)).queue).toBe('OperatorMessages');
  expect(ports.telemetry).toBe(telemetry);
});

test.each(['RuleMessages', 'OperatorMessages', 'WakeUps'])(
  'messages of %s have places of their own',
  async (name) => {
    const source = messageSource(client(SQSClient), queueArn(name, REGION));
    expect(source.queue).toBe(name);
    const message = { receiptHandle: 'r' } as never;
    expect(await requestsOf(() => source.retryAfter(message, 5))).toEqual([
      `ChangeMessageVisibility ${name}`,
    ]);
    const error = new MalformedMessageError([]);
    expect(
      await requestsOf(() => source.deadLetters.send('{}', { messageId: 'm', sentAt: 0 }, error)),
    ).toEqual([`SendMessage ${name}Dlq`]);
  },
);

describe('parameters', () => {
  const modified = { LastModifiedDate: T0 / 1_000, LastModifiedUser: 'ann' };
  const parameters = () => new SsmParameters(client(SSMClient), '/prefix');

  test('are read with their versions, and by their names below the prefix', async () => {
    answers.GetParametersByPath = {
      Parameters: [
        { Name: '/prefix/policies/a', Value: 'x', Version: 3, ...modified },
        { Name: '/prefix/pause' },
      ],
    };
    expect(await parameters().read()).toEqual([
      { name: 'policies/a', text: 'x', version: 3, modifiedAt: T0 },
      { name: 'pause', text: '', version: 0 },
    ]);
    answers.GetParametersByPath = {};
    expect(await parameters().read()).toEqual([]);
  });

  test.each([
    ['25 seconds', 25_000, (source: SsmParameters) => source.read()],
    ['5 seconds where only the authors are read', 5_000, (source: SsmParameters) => source.authors('a')],
  ])('that SSM does not answer are given up after %s', async (_time, timeoutMs, ask) => {
    const silent = {
      handle: async (_request: unknown, { abortSignal }: { abortSignal?: AbortSignal }) => {
        if (!abortSignal?.aborted) throw new Error('The request has no end.');
        throw Object.assign(new Error('aborted'), { name: 'AbortError' });
      },
    };
    const ssm = new SSMClient({
      region: 'eu-central-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 1,
      requestHandler: silent as never,
    });
    const { timeout } = AbortSignal;
    const timeouts: number[] = [];
    AbortSignal.timeout = (ms) => {
      timeouts.push(ms);
      return AbortSignal.abort();
    };
    try {
      await expect(ask(new SsmParameters(ssm, '/prefix'))).rejects.toMatchObject({ name: 'AbortError' });
    } finally {
      AbortSignal.timeout = timeout;
    }
    expect(timeouts).toEqual([timeoutMs]);
  });

  test('have a history, with its texts or its authors', async () => {
    answers.GetParameterHistory = { Parameters: [{ Value: 'x', Version: 3, ...modified }, {}] };
    const [versions, authors] = [await parameters().history('a'), await parameters().authors('a')];
    expect(versions).toEqual([
      { text: 'x', version: 3 },
      { text: '', version: 0 },
    ]);
    expect(authors).toEqual([{ version: 3, modifiedBy: 'ann', modifiedAt: T0 }, { version: 0 }]);
    expect(requests).toEqual(Array(2).fill('GetParameterHistory /prefix/a'));
    answers.GetParameterHistory = {};
    expect([await parameters().history('a'), await parameters().authors('a')]).toEqual([[], []]);
  });
});

/** Stacks of other versions, their tools, and CloudFormation have them. */
test('the names by which deployments are found never change', () => {
  expect([DEPLOYMENT_PARAMETER, QUOTA_GUARD_PARAMETER]).toEqual([
    'deployment',
    '/connect-escalator-quota/only-one-connect-escalator-in-each-account-and-region',
  ]);
  expect([...DEAD_LETTER_QUEUES, ...FUNCTIONS]).toEqual([
    ...[
      'ContactEventsDlq',
      'RuleMessagesDlq',
      'OperatorMessagesDlq',
      'WakeUpsDlq',
      'DispatchDlq',
      'PolicyChangesDlq',
    ],
    ...['ContactEvents', 'RuleMessages', 'Dispatch', 'PolicyChanges', 'Sweep'],
  ]);
});

test('a back-off takes a moment', async () => {
  const waiting = backOff(1);
  expect(waiting).toBeInstanceOf(Promise);
  expect(await waiting).toBe(undefined);
});
