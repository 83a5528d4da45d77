import { ConnectClient } from '@aws-sdk/client-connect';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { CONNECT_CLIENT } from '../../lambda/aws/connect.ts';
import { IdempotentConnect } from '../../lambda/aws/idempotent-connect.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import {
  type ConnectCallRecord,
  type ConnectFault,
  createConnectService,
} from '../../local/connect/index.ts';
import { ContactCentre } from '../../sim/centre/index.ts';
import { AWS_LOCATION, REGION, startTestEndpoint } from '../local/fixtures/aws.ts';

const INSTANCE = {
  id: '11111111-2222-3333-4444-555555555555',
  account: AWS_LOCATION.account,
  region: REGION,
};
const KEY = { instanceId: INSTANCE.id, contactId: 'c-1' };

/** The record of a contact, in which nobody else writes. */
const LOG = { underWay: undefined, begin: async () => true };

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let client: ConnectClient;
let connect: IdempotentConnect;
let centre: ContactCentre;
let calls: ConnectCallRecord[];
let fault: ConnectFault | undefined;
let generation = 0;
const now = Date.parse('2026-11-23T10:00:00.000Z');

beforeAll(async () => {
  centre = new ContactCentre({ instance: INSTANCE, queues: [{ id: 'q' }], agents: [], random: () => 0.5 });
  endpoint = await startTestEndpoint({
    connect: createConnectService({
      centre,
      clock: () => now,
      quotas: {
        UpdateContactRoutingData: { ratePerSecond: 1, burst: 1_000 },
        DescribeContact: { ratePerSecond: 1, burst: 1_000 },
      },
      onCall: (call) => calls.push(call),
      fault: () => fault,
    }),
  });
  client = new ConnectClient({
    ...endpoint.clientConfig,
    ...CONNECT_CLIENT,
    requestHandler: { ...CONNECT_CLIENT.requestHandler, requestTimeout: 250 },
  });
  connect = new IdempotentConnect(client);
  connect.begin({ getRemainingTimeInMillis: () => 60_000 } as Context);
  centre.arrive(now, {
    contactId: 'c-1',
    channel: 'VOICE',
    initiationMethod: 'INBOUND',
    queueId: 'q',
    attributes: { segment: 'private' },
    routing: { priority: 4 },
    handlingMs: 0,
    patienceMs: Number.POSITIVE_INFINITY,
  });
});

beforeEach(() => {
  calls = [];
  fault = undefined;
  generation += 1;
});

afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

const call = (update: UpdateAttempt['update'] = { QueuePriority: 2 }): UpdateAttempt => ({
  update,
  sets: {},
  queueVisit: 's',
  generation,
  previous: { applied: {} },
});

describe('UpdateContactRoutingData', () => {
  test.each<[string, ConnectFault, object]>([
    ['a throttle', 'throttle', { kind: 'throttled' }],
    [
      'an internal error',
      'internal',
      { kind: 'unknown', message: expect.stringMatching(/^InternalServiceException: /) },
    ],
    ['a time-out', 'timeout-after-success', { kind: 'unknown', message: expect.stringMatching(/Timeout/) }],
    [
      'a conflict',
      'conflict',
      { kind: 'conflict', message: expect.stringMatching(/^ResourceConflictException: /) },
    ],
    [
      'a denial',
      'access-denied',
      { kind: 'denied', message: expect.stringMatching(/^AccessDeniedException: /) },
    ],
  ])('%s is returned as it is', async (_name, met, outcome) => {
    fault = met;
    expect(await connect.updateRouting(KEY, call(), LOG)).toEqual(outcome);
  });

  test('a rejected request is invalid', async () => {
    const both = { QueuePriority: 2, QueueTimeAdjustmentSeconds: 60 };
    expect(await connect.updateRouting(KEY, call(both), LOG)).toEqual({
      kind: 'invalid',
      message: expect.stringMatching(/^InvalidParameterException: /),
    });
  });

  test('a contact that Connect does not find is gone', async () => {
    expect(await connect.updateRouting({ ...KEY, contactId: 'nobody' }, call(), LOG)).toEqual({
      kind: 'gone',
      cause: 'not-found',
      message: expect.stringMatching(/^ResourceNotFoundException: /),
    });
  });

  test('without an answer the result is unknown', async () => {
    const deaf = new ConnectClient({
      ...endpoint.clientConfig,
      endpoint: 'http://127.0.0.1:9',
      maxAttempts: 1,
    });
    const unreachable = new IdempotentConnect(deaf);
    unreachable.begin({ getRemainingTimeInMillis: () => 60_000 } as Context);
    expect(await unreachable.updateRouting(KEY, call(), LOG)).toEqual({
      kind: 'unknown',
      message: expect.stringMatching(/ECONNREFUSED/),
    });
  });
});

describe('DescribeContact', () => {
  const arriveTask = (contactId: string): string => {
    centre.arrive(now, {
      contactId,
      channel: 'TASK',
      initiationMethod: 'API',
      queueId: 'q',
      tags: { tier: 'gold' },
      segmentAttributes: { level: 'high' },
      handlingMs: 0,
      patienceMs: 1e9,
    });
    centre.pause(now, contactId);
    return contactId;
  };

  test('returns the applied routing and the attributes', async () => {
    await connect.updateRouting(KEY, call({ QueuePriority: 3 }), LOG);
    expect(await connect.describe(KEY)).toMatchObject({
      kind: 'described',
      description: { routing: { priority: 3, ageSeconds: 0 }, attributes: { segment: 'private' } },
    });
  });

  test('returns what repairs lost events', async () => {
    const contactId = 'c-task';
    const answered = await connect.describe({ ...KEY, contactId: arriveTask(contactId) });
    expect(answered).toEqual({
      kind: 'described',
      description: {
        routing: { priority: 5, ageSeconds: 0 },
        attributes: {},
        channel: 'TASK',
        initiationMethod: 'API',
        initiatedAt: now,
        queue: { arn: `${centre.instanceArn}/queue/q`, enqueuedAt: now },
        pausedAt: now,
        tags: { tier: 'gold', 'aws:connect:instanceId': KEY.instanceId },
        segmentAttributes: { level: 'high' },
      },
    });
  });

  test('returns when the contact left', async () => {
    const contactId = 'c-left';
    centre.arrive(now, {
      contactId,
      channel: 'CHAT',
      initiationMethod: 'API',
      queueId: 'q',
      handlingMs: 0,
      patienceMs: 1e9,
    });
    centre.disconnect(now, contactId);
    expect(await connect.describe({ ...KEY, contactId })).toMatchObject({
      kind: 'described',
      description: { disconnectedAt: now },
    });
  });

  test.each<[ConnectFault, string]>([
    ['throttle', 'throttled'],
    ['access-denied', 'denied'],
    ['internal', 'unknown'],
    ['conflict', 'unknown'],
  ])('%s: %s', async (met, kind) => {
    fault = met;
    expect(await connect.describe(KEY)).toEqual({ kind, message: expect.stringMatching(/Exception: /) });
  });

  test('a contact that Connect does not find is gone', async () => {
    expect(await connect.describe({ ...KEY, contactId: 'nobody' })).toMatchObject({ kind: 'gone' });
  });
});
