import { expect, test } from '@jest/globals';
import { CONTACT_EVENT_TYPES, CONTACT_UPDATES } from '../../lambda/domain/messages/event-rules.ts';
import { ConfigError, type ContactUpdate } from '../../lib/index.ts';
import { findResource, INSTANCE, nameOf, OTHER_INSTANCE, synthesize } from './synthesize.ts';

test('the rule matches contact events of the instances on the default event bus', () => {
  const { template } = synthesize({ instanceArns: [INSTANCE, OTHER_INSTANCE] });
  const rule = findResource(template, 'EscalatorContactEvents').Properties;
  expect(rule.EventBusName).toBeUndefined();
  expect(rule.State).toBe('ENABLED');
  expect(rule.EventPattern).toEqual({
    source: ['aws.connect'],
    'detail-type': [{ suffix: 'Contact Event' }],
    detail: {
      $or: ['instanceArn', 'InstanceArn', 'InstanceARN'].map((instanceArn) => ({
        [instanceArn]: [
          { suffix: ':instance/11111111-2222-3333-4444-555555555555' },
          { suffix: ':instance/66666666-7777-8888-9999-000000000000' },
        ],
        $or: ['eventType', 'EventType'].map((eventType) => ({
          [eventType]: [
            'QUEUED',
            'CONTACT_DATA_UPDATED',
            'CONNECTED_TO_AGENT',
            'DISCONNECTED',
            'PAUSED',
            'RESUMED',
            'COMPLETED',
          ],
        })),
      })),
    },
  });
});

test('an event that EventBridge cannot deliver within a day goes to the dead-letter queue', () => {
  const { template } = synthesize();
  const [target, ...others] = findResource(template, 'EscalatorContactEvents').Properties.Targets;
  expect(others).toEqual([]);
  expect(nameOf(target.Arn)).toBe('EscalatorContactEventsFunction');
  expect(target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86400, MaximumRetryAttempts: 185 });
  expect(nameOf(target.DeadLetterConfig.Arn)).toBe('EscalatorContactEventsContactEventsDlq');
});

test('an event on which the function fails three times goes to the dead-letter queue', () => {
  const { template } = synthesize();
  const config = findResource(template, 'EscalatorContactEventsFunctionEventInvokeConfig').Properties;
  expect(nameOf(config.FunctionName)).toBe('EscalatorContactEventsFunction');
  expect(config.MaximumRetryAttempts).toBe(2);
  expect(nameOf(config.DestinationConfig.OnFailure.Destination)).toBe(
    'EscalatorContactEventsContactEventsDlq',
  );
});

test('the dead-letter queue keeps events for 14 days', () => {
  const { template } = synthesize();
  const dlq = findResource(template, 'EscalatorContactEventsContactEventsDlq').Properties;
  expect(dlq.MessageRetentionPeriod).toBe(14 * 24 * 60 * 60);
});

test('the function has a timeout of 30 seconds', () => {
  const { template } = synthesize();
  expect(findResource(template, 'EscalatorContactEventsFunction').Properties.Timeout).toBe(30);
});

test('the rule leaves out updates of contacts that the app says matter to no policy', () => {
  const { template } = synthesize({ contactUpdates: ['tags'] });
  const [first] = findResource(template, 'EscalatorContactEvents').Properties.EventPattern.detail.$or;
  expect(first.$or).toEqual([
    { eventType: ['QUEUED', 'CONNECTED_TO_AGENT', 'DISCONNECTED', 'PAUSED', 'RESUMED', 'COMPLETED'] },
    { eventType: ['CONTACT_DATA_UPDATED'], updatedProperties: [{ prefix: 'Tags' }, { exists: false }] },
    { EventType: [...CONTACT_EVENT_TYPES] },
  ]);
});

test('a pattern with all kinds of updates has as many characters as EventBridge takes, for two instances', () => {
  const contactUpdates = Object.keys(CONTACT_UPDATES) as ContactUpdate[];
  const { template } = synthesize({ instanceArns: [INSTANCE, OTHER_INSTANCE], contactUpdates });
  const { EventPattern } = findResource(template, 'EscalatorContactEvents').Properties;
  expect(JSON.stringify(EventPattern).length).toBeLessThanOrEqual(2_048);
});

test.each([
  ['tag', 'contactUpdates has "tag". Did you mean "tags"?'],
  ['priority', 'contactUpdates has "priority". Expected attributes, tags, segmentAttributes.'],
])('updates of %s are refused at synth', (name, message) => {
  const updates = [name] as unknown as ContactUpdate[];
  expect(() => synthesize({ contactUpdates: updates })).toThrow(new ConfigError(message));
});
