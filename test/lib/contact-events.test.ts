import { expect, test } from '@jest/globals';
import { INSTANCE, named, OTHER_INSTANCE, resourceNamed, synthesize } from './synthesize.ts';

test('contact events of the named instances come from the default bus', () => {
  const { template } = synthesize({ instanceArns: [INSTANCE, OTHER_INSTANCE] });
  const rule = resourceNamed(template, 'EscalatorContactEvents').Properties;
  expect(rule.EventBusName).toBeUndefined();
  expect(rule.State).toBe('ENABLED');
  expect(rule.EventPattern).toEqual({
    source: ['aws.connect'],
    'detail-type': [{ suffix: 'Contact Event' }],
    detail: {
      eventType: [
        'QUEUED',
        'CONTACT_DATA_UPDATED',
        'CONNECTED_TO_AGENT',
        'DISCONNECTED',
        'PAUSED',
        'RESUMED',
        'COMPLETED',
      ],
      instanceArn: [
        { suffix: ':instance/11111111-2222-3333-4444-555555555555' },
        { suffix: ':instance/66666666-7777-8888-9999-000000000000' },
      ],
    },
  });
});

test('an event that EventBridge cannot deliver in a day is kept', () => {
  const { template } = synthesize();
  const [target, ...others] = resourceNamed(template, 'EscalatorContactEvents').Properties.Targets;
  expect(others).toEqual([]);
  expect(named(target.Arn)).toBe('EscalatorContactEventsFunction');
  expect(target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86400, MaximumRetryAttempts: 185 });
  expect(named(target.DeadLetterConfig.Arn)).toBe('EscalatorContactEventsContactEventsDlq');
});

test('an event that the function cannot handle in three attempts is kept', () => {
  const { template } = synthesize();
  const config = resourceNamed(template, 'EscalatorContactEventsFunctionEventInvokeConfig').Properties;
  expect(named(config.FunctionName)).toBe('EscalatorContactEventsFunction');
  expect(config.MaximumRetryAttempts).toBe(2);
  expect(named(config.DestinationConfig.OnFailure.Destination)).toBe(
    'EscalatorContactEventsContactEventsDlq',
  );
});

test('it is kept for 14 days', () => {
  const { template } = synthesize();
  const dlq = resourceNamed(template, 'EscalatorContactEventsContactEventsDlq').Properties;
  expect(dlq.MessageRetentionPeriod).toBe(14 * 24 * 60 * 60);
});

test('the function has 30 seconds', () => {
  const { template } = synthesize();
  expect(resourceNamed(template, 'EscalatorContactEventsFunction').Properties.Timeout).toBe(30);
});
