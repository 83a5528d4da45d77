import { expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { INSTANCE, named, OTHER_INSTANCE, resourceNamed, synthesize } from './synthesize.ts';

test('a message that fails five times is set aside for 14 days', () => {
  const { template } = synthesize();
  const queue = resourceNamed(template, 'EscalatorRuleMessages');
  expect(queue.Properties.RedrivePolicy.maxReceiveCount).toBe(5);
  expect(named(queue.Properties.RedrivePolicy.deadLetterTargetArn)).toBe(
    'EscalatorRuleMessagesRuleMessagesDlq',
  );
  const dlq = resourceNamed(template, 'EscalatorRuleMessagesRuleMessagesDlq');
  expect(dlq.Properties.MessageRetentionPeriod).toBe(14 * 24 * 60 * 60);
});

test('the function has 30 seconds, and a message stays hidden for six times that', () => {
  const { template } = synthesize();
  expect(resourceNamed(template, 'EscalatorRuleMessagesFunction').Properties.Timeout).toBe(30);
  const queue = resourceNamed(template, 'EscalatorRuleMessages');
  expect(queue.Properties.VisibilityTimeout).toBe(180);
  expect(queue.Properties.FifoQueue).toBeUndefined();
});

test('the function takes ten messages at a time, reports the failed ones, and does not take all concurrency', () => {
  synthesize().template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^EscalatorRuleMessages'), 'Arn'] },
    BatchSize: 10,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 20 },
  });
});

test('a chain of wake-ups is not cut off as a runaway loop', () => {
  const { template } = synthesize();
  expect(resourceNamed(template, 'EscalatorRuleMessagesFunction').Properties.RecursiveLoop).toBe('Allow');
});

test('rule events of the named instances come into the queue, and what cannot be delivered is kept', () => {
  const { template } = synthesize({ instanceArns: [INSTANCE, OTHER_INSTANCE] });
  const rule = resourceNamed(template, 'EscalatorRuleMessagesRuleEvents').Properties;
  expect(rule.EventBusName).toBeUndefined();
  expect(rule.EventPattern).toEqual({
    source: ['aws.connect'],
    'detail-type': [{ suffix: 'Rules Matched' }],
    detail: {
      instanceArn: [
        { suffix: ':instance/11111111-2222-3333-4444-555555555555' },
        { suffix: ':instance/66666666-7777-8888-9999-000000000000' },
      ],
    },
  });
  expect(rule.Targets).toHaveLength(1);
  expect(named(rule.Targets[0].Arn)).toBe('EscalatorRuleMessages');
  expect(named(rule.Targets[0].DeadLetterConfig.Arn)).toBe('EscalatorRuleMessagesRuleMessagesDlq');
  expect(rule.Targets[0].RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86400, MaximumRetryAttempts: 185 });
});

test('EventBridge may send to the queue and to its dead-letter queue, for this rule alone', () => {
  const { template } = synthesize();
  const allowed = Object.values(template.findResources('AWS::SQS::QueuePolicy')).flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.filter(
      (statement: { Effect: string; Condition: object }) =>
        statement.Effect === 'Allow' && JSON.stringify(statement.Condition).includes('RuleEvents'),
    ).map((statement: { Principal: object; Resource: unknown; Condition: Record<string, object> }) => ({
      principal: statement.Principal,
      resource: named(statement.Resource),
      condition: Object.keys(statement.Condition),
    })),
  );
  expect(allowed).toEqual([
    {
      principal: { Service: 'events.amazonaws.com' },
      resource: 'EscalatorRuleMessagesRuleMessagesDlq',
      condition: ['ArnEquals'],
    },
    {
      principal: { Service: 'events.amazonaws.com' },
      resource: 'EscalatorRuleMessages',
      condition: ['ArnEquals'],
    },
  ]);
});
