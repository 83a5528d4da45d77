import type { ConnectClient, Contact } from '@aws-sdk/client-connect';
import { describe, expect, test } from '@jest/globals';
import { AWS_CLIENT, AWS_NETWORK, DISPATCH_CLIENT } from '../../lambda/aws/clients.ts';
import {
  CONNECT_CLIENT,
  describeContact,
  timeOf,
  updateContactRoutingData,
} from '../../lambda/aws/connect.ts';
import { SearchContacts } from '../../lambda/aws/contact-search.ts';
import { REQUEST_TIMEOUT_MS } from '../../lambda/domain/deployment-constants.ts';
import { atSecond, KEY, T0 } from '../support/contacts.ts';
import { clientWith, named } from './fixtures/scripted-client.ts';

/* What is made of each answer of Connect. */

const ARN = 'arn:aws:connect:eu-central-1:123456789012:instance/i-1';
const at = (second: number) => new Date(atSecond(second));

async function descriptionOf(answer: Partial<Contact> | undefined) {
  const { client, requests } = clientWith<ConnectClient>({ Contact: answer });
  const result = await describeContact(client, KEY);
  expect(requests).toEqual([['DescribeContactCommand', { InstanceId: 'i-1', ContactId: 'c-1' }]]);
  if (result.kind !== 'described') throw new TypeError(result.kind);
  return result.description;
}

describe('a description', () => {
  test('has all that Connect says of a contact', async () => {
    const description = await descriptionOf({
      Arn: `${ARN}/contact/c-1`,
      QueuePriority: 3,
      QueueTimeAdjustmentSeconds: 60,
      RoutingCriteria: { Steps: [{ Status: 'ACTIVE', Expiry: { DurationInSeconds: 9 } }], Index: 0 } as never,
      Attributes: { a: 'b' },
      InitialContactId: 'c-0',
      PreviousContactId: 'c-9',
      Channel: 'voice' as never,
      InitiationMethod: 'outbound' as never,
      InitiationTimestamp: at(1),
      QueueInfo: { Id: 'q-1', EnqueueTimestamp: at(2) },
      AgentInfo: { Id: 'a-1', ConnectedToAgentTimestamp: at(3) },
      DisconnectTimestamp: at(4),
      LastPausedTimestamp: at(5),
      LastResumedTimestamp: at(6),
      Tags: { tier: 'gold' },
      SegmentAttributes: { level: { ValueString: 'high' } },
      GlobalResiliencyMetadata: { ActiveRegion: 'eu-central-1', OriginRegion: 'eu-west-2' },
    });
    expect(description).toEqual({
      routing: { priority: 3, ageSeconds: 60, criteria: { Steps: [{ Expiry: { DurationInSeconds: 9 } }] } },
      attributes: { a: 'b' },
      initialContactId: 'c-0',
      previousContactId: 'c-9',
      channel: 'VOICE',
      initiationMethod: 'OUTBOUND',
      initiatedAt: atSecond(1),
      queue: { arn: `${ARN}/queue/q-1`, enqueuedAt: atSecond(2) },
      dialer: 'agent',
      connectedAt: atSecond(3),
      disconnectedAt: atSecond(4),
      pausedAt: atSecond(5),
      resumedAt: atSecond(6),
      tags: { tier: 'gold' },
      segmentAttributes: { level: 'high' },
      activeRegion: 'eu-central-1',
      originRegion: 'eu-west-2',
    });
  });

  test.each([[undefined], [{}], [{ AgentInfo: {}, QueueInfo: {}, GlobalResiliencyMetadata: {} }]])(
    'has nothing that Connect does not say: %j',
    async (answer) => {
      expect(await descriptionOf(answer)).toEqual({ routing: {}, attributes: {} });
    },
  );

  test('has no priority that a number cannot hold', async () => {
    const { routing } = await descriptionOf({ QueuePriority: 2 ** 63 });
    expect(routing).toEqual({ priority: Number.MAX_SAFE_INTEGER });
  });

  test.each<[string, Partial<Contact>]>([
    ['without an id', { Arn: `${ARN}/contact/c-1`, QueueInfo: { EnqueueTimestamp: at(2) } }],
    ['without a time', { Arn: `${ARN}/contact/c-1`, QueueInfo: { Id: 'q-1' } }],
    [
      'of a time that is not set',
      { Arn: `${ARN}/contact/c-1`, QueueInfo: { Id: 'q-1', EnqueueTimestamp: new Date(0) } },
    ],
    ['of a contact without an ARN', { QueueInfo: { Id: 'q-1', EnqueueTimestamp: at(2) } }],
    ['of a contact with an odd ARN', { Arn: 'arn:odd', QueueInfo: { Id: 'q-1', EnqueueTimestamp: at(2) } }],
    ['at all', { Arn: `${ARN}/contact/c-1` }],
  ])('has no queue %s', async (_name, answer) => {
    expect(await descriptionOf(answer)).not.toHaveProperty('queue');
  });

  test('has the ARN of the queue as events have it', async () => {
    const odd = ARN.replace('arn:aws:', 'arn:aws::');
    const answer = { Arn: `${odd}/contact/c-1`, QueueInfo: { Id: 'q-1', EnqueueTimestamp: at(2) } };
    expect((await descriptionOf(answer)).queue?.arn).toBe(`${ARN}/queue/q-1`);
  });

  test.each<[string, Partial<Contact>, string | undefined]>([
    [
      'a campaign dialled',
      { InitiationMethod: 'OUTBOUND', Campaign: { CampaignId: 'x' }, AgentInfo: { Id: 'a' } },
      'campaign',
    ],
    ['an agent dialled', { InitiationMethod: 'OUTBOUND', Campaign: {}, AgentInfo: { Id: 'a' } }, 'agent'],
    ['nobody is known to have dialled', { InitiationMethod: 'OUTBOUND' }, undefined],
    ['the customer called', { InitiationMethod: 'INBOUND', AgentInfo: { Id: 'a' } }, undefined],
  ])('says who dialled: %s', async (_name, answer, dialer) => {
    expect((await descriptionOf(answer)).dialer).toBe(dialer);
  });
});

test.each([
  [undefined, undefined],
  [new Date(0), undefined],
  [new Date('1970-12-31T23:59:59Z'), undefined],
  [new Date('1971-01-01T00:00:00Z'), 31_536_000_000],
])('a time of 1970 is not set: %j', (date, time) => {
  expect(timeOf(date)).toBe(time);
});

test('an update is sent as it is, and done where Connect answers', async () => {
  const { client, requests } = clientWith<ConnectClient>({});
  expect(await updateContactRoutingData(client, KEY, { QueuePriority: 2 })).toEqual({ kind: 'done' });
  expect(requests).toEqual([
    ['UpdateContactRoutingDataCommand', { InstanceId: 'i-1', ContactId: 'c-1', QueuePriority: 2 }],
  ]);
});

/** What a failure says of an update, and of a question. */
test.each<[string, number | undefined, object, string]>([
  ['ThrottlingException', 429, { kind: 'throttled' }, 'throttled'],
  ['Odd', 429, { kind: 'throttled' }, 'throttled'],
  ['ResourceNotFoundException', 404, { kind: 'gone', cause: 'not-found' }, 'gone'],
  ['InvalidActiveRegionException', 400, { kind: 'gone', cause: 'other-region' }, 'gone'],
  ['AccessDeniedException', undefined, { kind: 'denied' }, 'denied'],
  ['ExpiredTokenException', undefined, { kind: 'denied' }, 'denied'],
  ['InvalidSignatureException', undefined, { kind: 'denied' }, 'denied'],
  ['MissingAuthenticationTokenException', undefined, { kind: 'denied' }, 'denied'],
  ['UnrecognizedClientException', 400, { kind: 'denied' }, 'denied'],
  ['Odd', 403, { kind: 'denied' }, 'denied'],
  ['ResourceConflictException', undefined, { kind: 'conflict' }, 'unknown'],
  ['Odd', 409, { kind: 'conflict' }, 'unknown'],
  ['InvalidParameterException', 400, { kind: 'invalid' }, 'unknown'],
  ['Odd', 499, { kind: 'invalid' }, 'unknown'],
  ['Odd', 399, { kind: 'unknown' }, 'unknown'],
  ['Odd', 500, { kind: 'unknown' }, 'unknown'],
  ['TimeoutError', undefined, { kind: 'unknown' }, 'unknown'],
])('%s with the status %s', async (name, status, result, answer) => {
  const failing = () => clientWith<ConnectClient>(named(name, status)).client;
  const message = `${name}: ${name}`;
  const { kind } = result as { kind: string };
  expect(await updateContactRoutingData(failing(), KEY, { QueuePriority: 2 })).toEqual(
    kind === 'throttled' ? result : { ...result, message },
  );
  expect(await describeContact(failing(), KEY)).toEqual({
    ...(kind === 'gone' ? result : { kind: answer }),
    message,
  });
});

test('what is thrown without being an error is no answer', async () => {
  for (const thrown of ['odd', undefined]) {
    const client = { send: () => Promise.reject(thrown) } as unknown as ConnectClient;
    const unknown = { kind: 'unknown', message: String(thrown) };
    expect(await updateContactRoutingData(client, KEY, { QueuePriority: 2 })).toEqual(unknown);
    expect(await describeContact(client, KEY)).toEqual(unknown);
  }
});

describe('SearchContacts', () => {
  test('is asked for the contacts of a time range that are not disconnected', async () => {
    const { client, requests } = clientWith<ConnectClient>({}, { Contacts: [], NextToken: 'n' });
    const search = new SearchContacts(client);
    expect(await search.page('i-1', { from: 1, to: 2 }, undefined)).toEqual({ contacts: [] });
    expect(await search.page('i-1', { from: 1, to: 2 }, 'n')).toEqual({ contacts: [], nextToken: 'n' });
    expect(requests[1]).toEqual([
      'SearchContactsCommand',
      {
        InstanceId: 'i-1',
        TimeRange: { Type: 'INITIATION_TIMESTAMP', StartTime: new Date(1), EndTime: new Date(2) },
        SearchCriteria: {
          AdditionalTimeRange: {
            Criteria: [{ TimestampCondition: { Type: 'DISCONNECT_TIMESTAMP', ConditionType: 'NOT_EXISTS' } }],
            MatchType: 'MATCH_ALL',
          },
        },
        MaxResults: 100,
        NextToken: 'n',
      },
    ]);
  });

  test('finds contacts with what it says of them, and leaves out what has no id', async () => {
    const { client } = clientWith<ConnectClient>({
      Contacts: [
        {
          Id: 'c-1',
          Channel: 'CHAT',
          QueueInfo: { Id: 'q-1', EnqueueTimestamp: at(2) },
          AgentInfo: { ConnectedToAgentTimestamp: at(3) },
          DisconnectTimestamp: at(4),
          GlobalResiliencyMetadata: { OriginRegion: 'eu-central-1' },
        },
        { Id: 'c-2' },
        { Channel: 'CHAT' },
      ],
    });
    const { contacts } = await new SearchContacts(client).page('i-1', { from: T0, to: T0 }, undefined);
    expect(contacts).toStrictEqual([
      {
        contactId: 'c-1',
        channel: 'CHAT',
        queueId: 'q-1',
        enqueuedAt: atSecond(2),
        connectedAt: atSecond(3),
        disconnectedAt: atSecond(4),
        activeRegion: 'eu-central-1',
      },
      { contactId: 'c-2' },
    ]);
  });
});

test('requests end in time, and one to Connect is not repeated by the SDK', () => {
  const handler = (connectionTimeout: number, requestTimeout: number) => ({
    connectionTimeout,
    requestTimeout,
    throwOnRequestTimeout: true,
  });
  expect([AWS_CLIENT, DISPATCH_CLIENT, CONNECT_CLIENT]).toEqual([
    { cacheMiddleware: true, requestHandler: handler(1_000, 5_000) },
    { cacheMiddleware: true, requestHandler: handler(500, 1_000) },
    { cacheMiddleware: true, requestHandler: handler(1_000, 2_500), maxAttempts: 1 },
  ]);
  const configuration = {};
  expect(AWS_NETWORK(configuration)).toBe(configuration);
});

test('a call is made once, and given up in time: each takes a token, and an invocation is short', () => {
  const { connection, request } = REQUEST_TIMEOUT_MS.connect;
  expect(CONNECT_CLIENT).toEqual({
    cacheMiddleware: true,
    maxAttempts: 1,
    requestHandler: { connectionTimeout: connection, requestTimeout: request, throwOnRequestTimeout: true },
  });
});
