import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { handlerModule } from '../local/fixtures/functions.ts';

const INSTANCE_ID = '11111111-2222-3333-4444-555555555555';
const INSTANCE_ARN = `arn:aws:connect:eu-central-1:123456789012:instance/${INSTANCE_ID}`;
const SOURCES = join(import.meta.dirname, '../../lambda');

let directory: string;
let system: LocalSystem;
let requests: string[] = [];

/** Every request of the DynamoDB and SQS that a contact event leads to, but for the polling of the queues. */
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'cost-'));
  system = await startLocalSystem({
    port: 0,
    region: 'eu-central-1',
    account: '123456789012',
    instanceIds: [INSTANCE_ID],
    prefix: '/connect-escalator',
    logDirectory: directory,
    handlers: {
      contactEvents: join(SOURCES, 'contact-events/index.ts'),
      ruleMessages: join(SOURCES, 'rule-messages/index.ts'),
      // What comes before dispatch is counted: this one takes its messages and does nothing.
      dispatch: handlerModule('nothing'),
      policyChanges: handlerModule('nothing'),
      sweep: handlerModule('nothing'),
    },
    onRequest: (name) => requests.push(name),
  });
  const ssm = new SSMClient(system.clientConfig);
  const Value =
    'match: { tags: { tier: [gold] } }\nsteps: [{ after: 0s, set: { priority: 2 } }, { after: 3m, set: { priority: 1 } }]';
  await ssm.send(
    new PutParameterCommand({ Name: '/connect-escalator/policies/gold', Type: 'String', Value }),
  );
  ssm.destroy();
  await requestsOf('warm-up', 'QUEUED');
}, 60_000);

afterAll(async () => {
  await system.stop();
  rmSync(directory, { recursive: true });
});

async function requestsOf(
  contactId: string,
  eventType: string,
  more: object = {},
): Promise<Record<string, number>> {
  requests = [];
  system.bus.put({
    source: 'aws.connect',
    'detail-type': 'Amazon Connect Contact Event',
    detail: {
      eventType,
      contactId,
      instanceArn: INSTANCE_ARN,
      channel: 'VOICE',
      tags: { tier: 'gold' },
      queueInfo: { queueArn: `${INSTANCE_ARN}/queue/q`, enqueueTimestamp: '2026-11-23T10:00:00.000Z' },
      ...more,
    },
  });
  await system.idle();
  const counted = requests.filter((name) =>
    /\.(?:GetItem|PutItem|UpdateItem|Query|Scan|BatchGetItem|SendMessage|SendMessageBatch)$/.test(name),
  );
  return Object.fromEntries(
    [...Map.groupBy(counted, (name) => name)].map(([name, group]) => [name, group.length]),
  );
}

describe('before dispatch a contact event costs', () => {
  test('one reading, one writing, one timer and one kick when a change is due', async () => {
    const enqueueTimestamp = new Date().toISOString();
    expect(
      await requestsOf('c-1', 'QUEUED', {
        queueInfo: { queueArn: `${INSTANCE_ARN}/queue/q`, enqueueTimestamp },
      }),
    ).toEqual({
      'dynamodb.GetItem': 1,
      'dynamodb.PutItem': 1,
      'sqs.SendMessage': 1,
      'sqs.SendMessageBatch': 1,
    });
  });

  test('one reading when it tells nothing new and nothing is pending', async () => {
    const connected = { agentInfo: { connectedToAgentTimestamp: '2026-11-23T10:00:09.000Z' } };
    await requestsOf('c-2', 'CONNECTED_TO_AGENT', connected);
    expect(await requestsOf('c-2', 'CONNECTED_TO_AGENT', connected)).toEqual({ 'dynamodb.GetItem': 1 });
  });

  test('one reading and one writing when the contact leaves', async () => {
    expect(
      await requestsOf('c-1', 'DISCONNECTED', { disconnectTimestamp: '2026-11-23T10:04:00.000Z' }),
    ).toEqual({ 'dynamodb.GetItem': 1, 'dynamodb.PutItem': 1 });
  });
});
