import { expect, test } from '@jest/globals';
import { DISPATCH_CLIENT } from '../../lambda/aws/clients.ts';
import { CONNECT_CLIENT } from '../../lambda/aws/connect.ts';
import {
  DISPATCH_RESERVED_MS,
  FUNCTION_TIMEOUT_SECONDS,
  REQUEST_TIMEOUT_MS,
} from '../../lambda/domain/deployment-constants.ts';
import { findResource, nameOf, synthesize } from './synthesize.ts';

test('queue and dead-letter queue are FIFO, and deduplicate by ID, not by content', () => {
  const { template } = synthesize();
  const queue = findResource(template, 'EscalatorDispatch').Properties;
  const dlq = findResource(template, 'EscalatorDispatchDispatchDlq').Properties;
  expect([queue.FifoQueue, dlq.FifoQueue]).toEqual([true, true]);
  // Two messages of one contact within five minutes have the same content, and both are necessary.
  expect(queue.ContentBasedDeduplication).toBeUndefined();
  expect(queue.RedrivePolicy.maxReceiveCount).toBe(5);
  expect(nameOf(queue.RedrivePolicy.deadLetterTargetArn)).toBe('EscalatorDispatchDispatchDlq');
});

test('a crash blocks the message group for less than 20 seconds', () => {
  const { template } = synthesize();
  const timeout = findResource(template, 'EscalatorDispatchFunction').Properties.Timeout;
  const visibility = findResource(template, 'EscalatorDispatch').Properties.VisibilityTimeout;
  // Lambda rejects an event source whose visibility timeout is shorter than the function's. A healthy invocation keeps
  // its messages, whatever the delivery takes.
  expect(visibility).toBeGreaterThan(timeout);
  // Two seconds to deliver the messages again, and for a cold start.
  expect(visibility).toBeLessThanOrEqual(20 - 2);
});

test('a round that starts last, with a slow question and a slow update, ends before the function times out', () => {
  const { connect, dispatch } = REQUEST_TIMEOUT_MS;
  const slowCall = connect.connection + connect.request;
  const slowWrite = dispatch.connection + dispatch.request;
  expect(2 * (slowCall + slowWrite)).toBeLessThanOrEqual(DISPATCH_RESERVED_MS);
  // Most of an invocation's other time is for rounds: 126 updates at the default quota.
  expect(FUNCTION_TIMEOUT_SECONDS.dispatch * 1_000 - DISPATCH_RESERVED_MS).toBeGreaterThanOrEqual(7_000);
});

test('the clients of dispatch have the time-outs that these numbers rest on', () => {
  for (const [client, { connection, request }] of [
    [CONNECT_CLIENT, REQUEST_TIMEOUT_MS.connect],
    [DISPATCH_CLIENT, REQUEST_TIMEOUT_MS.dispatch],
  ] as const) {
    expect(client.requestHandler).toEqual({
      connectionTimeout: connection,
      requestTimeout: request,
      throwOnRequestTimeout: true,
    });
  }
  expect(CONNECT_CLIENT.maxAttempts).toBe(1);
});

test('the function receives ten messages at a time and reports failures individually', () => {
  const { template } = synthesize();
  const mapping = Object.values(template.findResources('AWS::Lambda::EventSourceMapping'))
    .map(({ Properties }) => Properties)
    .find(({ EventSourceArn }) => nameOf(EventSourceArn) === 'EscalatorDispatch');
  expect(mapping).toMatchObject({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] });
  expect(nameOf(mapping?.FunctionName)).toBe('EscalatorDispatchFunction');
});

test('Lambda does not stop continued invocations as a runaway loop', () => {
  const { template } = synthesize();
  expect(findResource(template, 'EscalatorDispatchFunction').Properties.RecursiveLoop).toBe('Allow');
});
