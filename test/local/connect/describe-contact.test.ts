import { ResourceNotFoundException } from '@aws-sdk/client-connect';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { agent, at, call, english, INSTANCE, INSTANCE_ARN, only } from '../../sim/centre/fixture.ts';
import { CRITERIA, startConnectEndpoint } from '../fixtures/connect.ts';
import { rejectionOf } from '../fixtures/rejection.ts';

let connect: Awaited<ReturnType<typeof startConnectEndpoint>>;

beforeEach(async () => {
  connect = await startConnectEndpoint({}, { agents: [agent('ann', { channels: ['CHAT'] })] });
  connect.centre.arrive(at(0), call('c'));
});

afterEach(() => connect.stop());

describe('DescribeContact', () => {
  test('returns a queued contact with all its settings, in effect or not', async () => {
    connect.centre.arrive(
      at(1.5),
      call('d', {
        initialContactId: 'c',
        previousContactId: 'c',
        initiationMethod: 'QUEUE_TRANSFER',
        tags: { tier: 'gold' },
        attributes: { accountValue: '120000' },
        routing: { criteria: { Steps: [{ Expression: only('ann') }] } },
      }),
    );
    await connect.update({ ContactId: 'd', QueuePriority: 2, RoutingCriteria: CRITERIA });
    await connect.update({ ContactId: 'd', QueueTimeAdjustmentSeconds: 40 });
    const { Contact } = await connect.describeContact('d');
    expect(Contact).toEqual({
      Arn: `${INSTANCE_ARN}/contact/d`,
      Id: 'd',
      InitialContactId: 'c',
      PreviousContactId: 'c',
      InitiationMethod: 'QUEUE_TRANSFER',
      Channel: 'VOICE',
      QueueInfo: { Id: 'q', EnqueueTimestamp: new Date(at(1.5)) },
      InitiationTimestamp: new Date(at(1.5)),
      ConnectedToSystemTimestamp: new Date(at(1.5)),
      QueuePriority: 2,
      QueueTimeAdjustmentSeconds: 40,
      RoutingCriteria: {
        Steps: [
          { Expression: english(4), Expiry: { DurationInSeconds: 30 }, Status: 'INACTIVE' },
          { Expression: only('ann'), Status: 'INACTIVE' },
        ],
        Index: 1,
      },
      Tags: { 'aws:connect:instanceId': INSTANCE.id, tier: 'gold' },
      Attributes: { accountValue: '120000' },
      SegmentAttributes: { 'connect:Subtype': { ValueString: 'connect:Telephony' } },
    });
  });

  test('returns criteria in effect with their times', async () => {
    await connect.update({ RoutingCriteria: CRITERIA });
    connect.clock.now = at(90);
    const { Contact } = await connect.describeContact();
    expect(Contact?.RoutingCriteria).toEqual({
      Steps: [
        {
          Expression: english(4),
          Expiry: { DurationInSeconds: 30, ExpiryTimestamp: new Date(at(90)) },
          Status: 'EXPIRED',
        },
        { Expression: only('ann'), Status: 'ACTIVE' },
      ],
      ActivationTimestamp: new Date(at(60)),
      Index: 0,
    });
  });

  test('returns a contact that was handled with its agent and its end', async () => {
    connect.centre.connect(at(5), 'c', 'ann');
    connect.clock.now = at(20);
    const { Contact } = await connect.describeContact();
    expect(Contact).toMatchObject({
      AgentInfo: { Id: 'ann', ConnectedToAgentTimestamp: new Date(at(5)) },
      DisconnectTimestamp: new Date(at(15)),
      QueueInfo: { Id: 'q' },
    });
    expect(connect.calls).toEqual([
      {
        api: 'DescribeContact',
        at: at(20),
        instanceId: INSTANCE.id,
        contactId: 'c',
        wasQueued: false,
        result: 'done',
      },
    ]);
  });

  test('returns when a task was paused and resumed', async () => {
    connect.centre.arrive(at(0), call('t', { channel: 'TASK' }));
    connect.centre.pause(at(1), 't');
    connect.centre.resume(at(2), 't');
    connect.clock.now = at(3);
    expect((await connect.describeContact('t')).Contact).toMatchObject({
      LastPausedTimestamp: new Date(at(1)),
      LastResumedTimestamp: new Date(at(2)),
    });
  });

  test.each([
    ['an unknown contact', 'x', INSTANCE.id, 'There is no contact "x" in this centre.'],
    ['an unknown instance', 'c', 'x', 'There is no instance x.'],
  ])('does not find %s', async (_name, contactId, instanceId, message) => {
    const error = await rejectionOf(connect.describeContact(contactId, instanceId));
    expect(error).toBeInstanceOf(ResourceNotFoundException);
    expect(error).toMatchObject({ message, $metadata: { httpStatusCode: 404 } });
  });
});
