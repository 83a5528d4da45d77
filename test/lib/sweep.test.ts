import { expect, test } from '@jest/globals';
import { FUNCTION_TIMEOUT_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { named, resourceNamed, synthesize } from './synthesize.ts';

const { template } = synthesize();

test('the Scheduler starts the sweep each minute, and does not try again what fails', () => {
  const { Properties } = resourceNamed(template, 'EscalatorSweepSchedule');
  expect(Properties).toMatchObject({
    ScheduleExpression: 'rate(1 minute)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    State: 'ENABLED',
    Target: { RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 } },
  });
  expect(named(Properties.Target.Arn)).toBe('EscalatorSweepFunction');
  expect(named(Properties.Target.RoleArn)).toBe('EscalatorSweepScheduleRole');
});

test('only schedules of this account may use the role that starts it', () => {
  const { Properties } = resourceNamed(template, 'EscalatorSweepScheduleRole');
  expect(Properties.AssumeRolePolicyDocument.Statement).toEqual([
    {
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { Service: 'scheduler.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    },
  ]);
});

test('a sweep that failed or came too late is left to the next one', () => {
  const { Properties } = resourceNamed(template, 'EscalatorSweepFunctionEventInvokeConfig');
  expect(Properties).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 });
});

test('a sweep ends before the next one begins, and takes no concurrency from other functions', () => {
  const { Properties } = resourceNamed(template, 'EscalatorSweepFunction');
  expect(Properties.Timeout).toBe(FUNCTION_TIMEOUT_SECONDS.sweep);
  expect(FUNCTION_TIMEOUT_SECONDS.sweep).toBeLessThan(60);
  expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions');
});
