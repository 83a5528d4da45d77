import {
  InvalidParameterException,
  ResourceNotFoundException,
  type UpdateContactRoutingDataRequest,
} from '@aws-sdk/client-connect';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { agent, at, call, english, INSTANCE, only } from '../../sim/centre/fixture.ts';
import { CRITERIA, startConnectEndpoint } from '../fixtures/connect.ts';
import { rejectionOf } from '../fixtures/rejection.ts';

let connect: Awaited<ReturnType<typeof startConnectEndpoint>>;

beforeEach(async () => {
  connect = await startConnectEndpoint({}, { agents: [agent('ann', { channels: ['CHAT'] })] });
  connect.centre.arrive(at(0), call('c'));
});

afterEach(() => connect.stop());

describe('UpdateContactRoutingData', () => {
  test.each<{ name: string; change: Partial<UpdateContactRoutingDataRequest>; described: object }>([
    { name: 'a priority', change: { QueuePriority: 1 }, described: { priority: 1, ageSeconds: 0 } },
    {
      name: 'an age',
      change: { QueueTimeAdjustmentSeconds: -30 },
      described: { priority: 5, ageSeconds: -30 },
    },
    {
      name: 'criteria',
      change: { RoutingCriteria: CRITERIA },
      described: { priority: 5, criteria: { criteria: CRITERIA } },
    },
    {
      name: 'a priority with criteria',
      change: { QueuePriority: 2, RoutingCriteria: CRITERIA },
      described: { priority: 2, criteria: { criteria: CRITERIA } },
    },
    {
      name: 'the largest priority, as a JavaScript number',
      change: { QueuePriority: 2 ** 63 },
      described: { priority: 2 ** 63 },
    },
    {
      name: 'the smallest age',
      change: { QueueTimeAdjustmentSeconds: -2_147_483_648 },
      described: { ageSeconds: -2_147_483_648 },
    },
  ])('sets $name and returns an empty response', async ({ change, described }) => {
    connect.clock.now = at(3);
    const { $metadata, ...response } = await connect.update(change);
    expect(response).toEqual({});
    expect($metadata.httpStatusCode).toBe(200);
    expect(connect.centre.describe(at(3), 'c')).toMatchObject(described);
    expect(connect.calls).toEqual([
      {
        api: 'UpdateContactRoutingData',
        at: at(3),
        instanceId: INSTANCE.id,
        contactId: 'c',
        request: change,
        wasQueued: true,
        result: 'done',
      },
    ]);
  });

  test.each<{ name: string; change: Partial<UpdateContactRoutingDataRequest>; message: string }>([
    {
      name: 'nothing',
      change: {},
      message: 'Found no change; expected QueuePriority, QueueTimeAdjustmentSeconds or RoutingCriteria.',
    },
    {
      name: 'both priority and age',
      change: { QueuePriority: 1, QueueTimeAdjustmentSeconds: 0 },
      message: 'Found both QueuePriority and QueueTimeAdjustmentSeconds; expected one of them.',
    },
    {
      name: 'priority 0',
      change: { QueuePriority: 0 },
      message: 'QueuePriority is 0; it must be a whole number from 1 to 9223372036854775807.',
    },
    {
      name: 'a fraction of a priority',
      change: { QueuePriority: 1.5 },
      message: 'QueuePriority is 1.5; it must be a whole number from 1 to 9223372036854775807.',
    },
    {
      name: 'a priority that is too large',
      change: { QueuePriority: 2 ** 64 },
      message:
        'QueuePriority is 18446744073709552000; it must be a whole number from 1 to 9223372036854775807.',
    },
    {
      name: 'an age that is too large',
      change: { QueueTimeAdjustmentSeconds: 2 ** 31 },
      message:
        'QueueTimeAdjustmentSeconds is 2147483648; it must be a whole number from -2147483648 to 2147483647.',
    },
    {
      name: 'criteria with two problems',
      change: { RoutingCriteria: { Steps: [{ Expression: english(6) }, { Expression: only('ann') }] } },
      message:
        'RoutingCriteria.Steps[0].Expression.AttributeCondition.ProficiencyLevel: Found 6; expected a whole number from 1 to 5. ' +
        'RoutingCriteria.Steps[0].Expiry: Expiry is missing; expected an Expiry with DurationInSeconds, which only the last step may do without.',
    },
  ])('rejects $name', async ({ change, message }) => {
    const error = await rejectionOf(connect.update(change));
    expect(error).toBeInstanceOf(InvalidParameterException);
    expect(error).toMatchObject({
      name: 'InvalidParameterException',
      message,
      $metadata: { httpStatusCode: 400 },
    });
    expect(connect.centre.describe(at(0), 'c')).toMatchObject({ priority: 5, ageSeconds: 0 });
    expect(connect.calls).toMatchObject([{ result: 'InvalidParameterException', wasQueued: true }]);
    expect(connect.calls[0]).not.toHaveProperty('request');
  });

  test.each([
    ['JSON', '{', 'The body is not JSON.'],
    ['an object', '[]', 'The body is not a JSON object.'],
  ])('rejects a body that is not %s', async (_name, body, message) => {
    const response = await fetch(`${connect.url}/contacts/${INSTANCE.id}/c/routing-data`, {
      method: 'POST',
      body,
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('x-amzn-errortype')).toBe('SerializationException');
    expect(await response.json()).toEqual({ Message: message });
  });

  test.each<{
    name: string;
    before: () => void;
    request: Partial<UpdateContactRoutingDataRequest>;
    message: string;
  }>([
    {
      name: 'an unknown contact',
      before: () => {},
      request: { ContactId: 'x' },
      message: 'Contact x is not queued.',
    },
    {
      name: 'an unknown instance',
      before: () => {},
      request: { InstanceId: 'x' },
      message: 'There is no instance x.',
    },
    {
      name: 'a contact that is connected',
      before: () => connect.centre.connect(at(0), 'c'),
      request: {},
      message: 'Contact c is not queued.',
    },
    {
      name: 'a contact that hung up',
      before: () => connect.centre.disconnect(at(0), 'c'),
      request: {},
      message: 'Contact c is not queued.',
    },
  ])('does not find $name', async ({ before, request, message }) => {
    before();
    const error = await rejectionOf(connect.update({ QueuePriority: 1, ...request }));
    expect(error).toBeInstanceOf(ResourceNotFoundException);
    expect(error).toMatchObject({ message, $metadata: { httpStatusCode: 404 } });
    expect(connect.calls).toMatchObject([{ wasQueued: false, result: 'ResourceNotFoundException' }]);
  });

  test('finds a contact whose id needs percent-encoding', async () => {
    connect.centre.arrive(at(0), call('a/b c%'));
    await connect.update({ ContactId: 'a/b c%', QueuePriority: 1 });
    expect(connect.centre.describe(at(0), 'a/b c%').priority).toBe(1);
  });

  test('advances the centre first: a contact that has abandoned since is not found', async () => {
    connect.centre.arrive(at(0), call('impatient', { patienceMs: 4_000 }));
    connect.clock.now = at(4);
    expect(await rejectionOf(connect.update({ ContactId: 'impatient', QueuePriority: 1 }))).toBeInstanceOf(
      ResourceNotFoundException,
    );
  });

  test('publishes an event for an update of criteria, and none for a priority', async () => {
    await connect.update({ QueuePriority: 1 });
    await connect.update({ RoutingCriteria: CRITERIA });
    expect(connect.events.slice(2).map(({ detail }) => detail.updatedProperties)).toEqual([
      ['RoutingCriteria'],
    ]);
  });
});
