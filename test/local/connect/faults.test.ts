import {
  AccessDeniedException,
  type ConnectServiceException,
  InternalServiceException,
  InvalidParameterException,
  ResourceConflictException,
  ResourceNotFoundException,
  ThrottlingException,
  UpdateContactRoutingDataCommand,
} from '@aws-sdk/client-connect';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ConnectFault } from '../../../local/connect/index.ts';
import { agent, at, call, INSTANCE } from '../../sim/centre/fixture.ts';
import { startConnectEndpoint } from '../fixtures/connect.ts';
import { rejectionOf } from '../fixtures/rejection.ts';

let fault: ConnectFault | undefined;
let connect: Awaited<ReturnType<typeof startConnectEndpoint>>;

beforeEach(async () => {
  fault = undefined;
  connect = await startConnectEndpoint(
    { fault: () => fault },
    { agents: [agent('ann', { channels: ['CHAT'] })] },
  );
  connect.centre.arrive(at(0), call('c'));
});

afterEach(() => connect.stop());

describe('other requests', () => {
  test.each([
    ['PUT', `/contacts/${INSTANCE.id}/c`, 404, 'UnknownOperationException'],
    ['GET', `/contacts/${INSTANCE.id}/c/routing-data`, 404, 'UnknownOperationException'],
    ['POST', `/contacts/${INSTANCE.id}/c`, 404, 'UnknownOperationException'],
    ['GET', '/contacts/c', 404, 'UnknownOperationException'],
    ['GET', `/contacts/${INSTANCE.id}/%E0%A4%A`, 400, 'InvalidParameterException'],
    ['GET', `/contacts/${INSTANCE.id}/${'c'.repeat(257)}`, 400, 'InvalidParameterException'],
    ['GET', `/contacts/${'i'.repeat(101)}/c`, 400, 'InvalidParameterException'],
  ])('%s %s gets %d %s', async (method, path, status, code) => {
    const response = await fetch(`${connect.url}${path}`, { method });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([status, code]);
    expect(connect.calls).toEqual([]);
  });
});

describe('faults', () => {
  test.each<[ConnectFault, typeof ConnectServiceException, number]>([
    ['throttle', ThrottlingException as never, 429],
    ['internal', InternalServiceException as never, 500],
    ['conflict', ResourceConflictException as never, 409],
    ['access-denied', AccessDeniedException as never, 403],
  ])('%s throws the exception of the SDK and changes nothing', async (kind, Exception, status) => {
    fault = kind;
    for (const call of [() => connect.update({ QueuePriority: 1 }), () => connect.describeContact()]) {
      const error = await rejectionOf(call());
      expect(error).toBeInstanceOf(Exception);
      expect(error).toMatchObject({ name: Exception.name, $metadata: { httpStatusCode: status } });
    }
    expect(connect.calls.map(({ api, result }) => [api, result])).toEqual([
      ['UpdateContactRoutingData', Exception.name],
      ['DescribeContact', Exception.name],
    ]);
    expect(connect.centre.describe(at(0), 'c').priority).toBe(5);
  });

  test('timeout-after-success changes the contact and sends no response', async () => {
    fault = 'timeout-after-success';
    const abort = new AbortController();
    const called = connect.nextCall();
    const response = connect.client.send(
      new UpdateContactRoutingDataCommand({ InstanceId: INSTANCE.id, ContactId: 'c', QueuePriority: 1 }),
      { abortSignal: abort.signal },
    );
    await called;
    abort.abort();
    expect(await rejectionOf(response)).toMatchObject({ name: 'AbortError' });
    expect(connect.calls).toMatchObject([{ result: 'no response' }]);
    expect(connect.centre.describe(at(0), 'c').priority).toBe(1);
  });

  test('timeout-after-success does not affect a call that fails', async () => {
    fault = 'timeout-after-success';
    expect(await rejectionOf(connect.update({ QueuePriority: 0 }))).toBeInstanceOf(InvalidParameterException);
    expect(await rejectionOf(connect.describeContact('x'))).toBeInstanceOf(ResourceNotFoundException);
  });
});
