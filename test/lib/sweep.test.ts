import { expect, test } from '@jest/globals';
import { FUNCTION_TIMEOUT_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { findResource, nameOf, synthesize } from './synthesize.ts';

const { template } = synthesize();

test('EventBridge Scheduler starts the sweep every minute, without retries', () => {
  const { Properties } = findResource(template, 'EscalatorSweepSchedule');
  expect(Properties).toMatchObject({
    ScheduleExpression: 'rate(1 minute)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    State: 'ENABLED',
    Target: { RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 } },
  });
  expect(nameOf(Properties.Target.Arn)).toBe('EscalatorSweepFunction');
  expect(nameOf(Properties.Target.RoleArn)).toBe('EscalatorSweepScheduleRole');
});

test('only schedules of this account may use the role that starts the sweep', () => {
  const { Properties } = findResource(template, 'EscalatorSweepScheduleRole');
  expect(Properties.AssumeRolePolicyDocument.Statement).toEqual([
    {
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { Service: 'scheduler.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    },
  ]);
});

test('Lambda does not retry a sweep that failed or is late', () => {
  const { Properties } = findResource(template, 'EscalatorSweepFunctionEventInvokeConfig');
  expect(Properties).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 });
});

test('a sweep ends before the next one starts, and reserves no concurrency', () => {
  const { Properties } = findResource(template, 'EscalatorSweepFunction');
  expect(Properties.Timeout).toBe(FUNCTION_TIMEOUT_SECONDS.sweep);
  expect(FUNCTION_TIMEOUT_SECONDS.sweep).toBeLessThan(60);
  expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions');
});
