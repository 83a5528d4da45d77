import { expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { findResource, INSTANCE, nameOf, OTHER_INSTANCE, synthesize } from './synthesize.ts';

test('a message that fails five times goes to the dead-letter queue for 14 days', () => {
  const { template } = synthesize();
  const queue = findResource(template, 'EscalatorRuleMessages');
  expect(queue.Properties.RedrivePolicy.maxReceiveCount).toBe(5);
  expect(nameOf(queue.Properties.RedrivePolicy.deadLetterTargetArn)).toBe(
    'EscalatorRuleMessagesRuleMessagesDlq',
  );
  const dlq = findResource(template, 'EscalatorRuleMessagesRuleMessagesDlq');
  expect(dlq.Properties.MessageRetentionPeriod).toBe(14 * 24 * 60 * 60);
});

test('the visibility timeout is six times the timeout of the function, which is 30 seconds', () => {
  const { template } = synthesize();
  expect(findResource(template, 'EscalatorRuleMessagesFunction').Properties.Timeout).toBe(30);
  const queue = findResource(template, 'EscalatorRuleMessages');
  expect(queue.Properties.VisibilityTimeout).toBe(180);
  expect(queue.Properties.FifoQueue).toBeUndefined();
});

test('the function receives ten messages at once, reports each failure and has limited concurrency', () => {
  synthesize().template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^EscalatorRuleMessages'), 'Arn'] },
    BatchSize: 10,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 20 },
  });
});

test('Lambda does not stop a chain of wake-ups as a runaway loop', () => {
  const { template } = synthesize();
  expect(findResource(template, 'EscalatorRuleMessagesFunction').Properties.RecursiveLoop).toBe('Allow');
});

test('rule events of the instances go to the queue, and undeliverable ones to the dead-letter queue', () => {
  const { template } = synthesize({ instanceArns: [INSTANCE, OTHER_INSTANCE] });
  const rule = findResource(template, 'EscalatorRuleMessagesRuleEvents').Properties;
  expect(rule.EventBusName).toBeUndefined();
  expect(rule.EventPattern).toEqual({
    source: ['aws.connect'],
    'detail-type': [{ suffix: ' Matched' }],
    detail: {
      $or: ['instanceArn', 'InstanceArn', 'InstanceARN'].map((instanceArn) => ({
        [instanceArn]: [
          { suffix: ':instance/11111111-2222-3333-4444-555555555555' },
          { suffix: ':instance/66666666-7777-8888-9999-000000000000' },
        ],
      })),
    },
  });
  expect(rule.Targets).toHaveLength(1);
  expect(nameOf(rule.Targets[0].Arn)).toBe('EscalatorRuleMessages');
  expect(nameOf(rule.Targets[0].DeadLetterConfig.Arn)).toBe('EscalatorRuleMessagesRuleMessagesDlq');
  expect(rule.Targets[0].RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86400, MaximumRetryAttempts: 185 });
});

test('EventBridge may send to the queue and to its dead-letter queue, for this rule only', () => {
  const { template } = synthesize();
  const allowed = Object.values(template.findResources('AWS::SQS::QueuePolicy')).flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.filter(
      (statement: { Effect: string; Condition: object }) =>
        statement.Effect === 'Allow' && JSON.stringify(statement.Condition).includes('RuleEvents'),
    ).map((statement: { Principal: object; Resource: unknown; Condition: Record<string, object> }) => ({
      principal: statement.Principal,
      resource: nameOf(statement.Resource),
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
