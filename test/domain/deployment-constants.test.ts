import { describe, expect, test } from '@jest/globals';
import {
  CONFIGURATION_MAX_AGE_SECONDS,
  CONFIGURATION_PROPAGATION_SECONDS,
  DISPATCH_RESERVED_MS,
  FUNCTION_TIMEOUT_SECONDS,
  MAX_RECEIVE_COUNT,
  POLL_INTERVAL_SECONDS,
  REQUEST_TIMEOUT_MS,
  SWEEP_INTERVAL_SECONDS,
  VISIBILITY_TIMEOUT_SECONDS,
} from '../../lambda/domain/deployment-constants.ts';

describe('the numbers of the deployment hold together', () => {
  test('each function has whole seconds, as Lambda takes them', () => {
    const names = ['contactEvents', 'ruleMessages', 'policyChanges', 'sweep', 'dispatch'] as const;
    for (const name of names) {
      expect(Number.isInteger(FUNCTION_TIMEOUT_SECONDS[name])).toBe(true);
      expect(FUNCTION_TIMEOUT_SECONDS[name]).toBeGreaterThan(0);
    }
  });

  test('a sweep ends before the next one begins, and schedules every look at the load until then', () => {
    expect(FUNCTION_TIMEOUT_SECONDS.sweep).toBeLessThan(SWEEP_INTERVAL_SECONDS);
    expect(SWEEP_INTERVAL_SECONDS % POLL_INTERVAL_SECONDS).toBe(0);
  });

  test('a message stays hidden for longer than its function may take', () => {
    // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    expect(VISIBILITY_TIMEOUT_SECONDS.ruleMessages).toBe(6 * FUNCTION_TIMEOUT_SECONDS.ruleMessages);
    expect(VISIBILITY_TIMEOUT_SECONDS.dispatch).toBeGreaterThan(FUNCTION_TIMEOUT_SECONDS.dispatch);
  });

  test('after a crash, updates go on within 20 seconds', () => {
    const secondToDeliver = 1;
    expect(VISIBILITY_TIMEOUT_SECONDS.dispatch + secondToDeliver).toBeLessThan(20);
  });

  test('a message that fails comes back several times before it goes to the dead letters', () => {
    for (const queue of ['ruleMessages', 'dispatch'] as const) {
      expect(MAX_RECEIVE_COUNT[queue]).toBeGreaterThanOrEqual(5);
    }
  });

  test('the time that dispatch reserves has room for a slow question, a slow update and a slow write', () => {
    const slow = ({ connection, request }: { connection: number; request: number }) => connection + request;
    const round = 2 * slow(REQUEST_TIMEOUT_MS.connect) + slow(REQUEST_TIMEOUT_MS.dispatch);
    expect(DISPATCH_RESERVED_MS).toBeGreaterThanOrEqual(round);
    expect(DISPATCH_RESERVED_MS).toBeLessThan(FUNCTION_TIMEOUT_SECONDS.dispatch * 1_000);
  });

  test('a configuration is known everywhere some seconds after a function may still have the one before', () => {
    expect(CONFIGURATION_PROPAGATION_SECONDS).toBe(CONFIGURATION_MAX_AGE_SECONDS + 5);
  });

  test('an update that was under way at a crash may be sent when its message is delivered again', () => {
    expect(VISIBILITY_TIMEOUT_SECONDS.dispatch).toBeGreaterThan(FUNCTION_TIMEOUT_SECONDS.dispatch);
  });
});
