import { expect, test } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { ConfigError } from '../../lib/config-error.ts';
import { findResource, INSTANCE, nameOf, OTHER_INSTANCE, ownFunctions, synthesize } from './synthesize.ts';

/** The logical IDs, without their hashes, of the three queues of messages and of their dead-letter queues. */
const QUEUES = {
  RuleMessages: 'EscalatorRuleMessages',
  OperatorMessages: 'EscalatorRuleMessagesOperatorMessages',
  WakeUps: 'EscalatorRuleMessagesWakeUps',
};
const NAMES = Object.entries(QUEUES);

test.each(NAMES)(
  'a message of %s that fails 12 times goes to its own dead letters for 14 days',
  (name, id) => {
    const { template } = synthesize();
    const queue = findResource(template, id);
    expect(queue.Properties.RedrivePolicy.maxReceiveCount).toBe(12);
    const dlqId = `EscalatorRuleMessages${name}Dlq`;
    expect(nameOf(queue.Properties.RedrivePolicy.deadLetterTargetArn)).toBe(dlqId);
    expect(findResource(template, dlqId).Properties.MessageRetentionPeriod).toBe(14 * 24 * 60 * 60);
  },
);

test('the visibility timeout is six times the timeout of the function, which is 30 seconds', () => {
  const { template } = synthesize();
  expect(findResource(template, 'EscalatorRuleMessagesFunction').Properties.Timeout).toBe(30);
  for (const [, id] of NAMES) {
    const queue = findResource(template, id);
    expect(queue.Properties.VisibilityTimeout).toBe(180);
    expect(queue.Properties.FifoQueue).toBeUndefined();
  }
});

/** The event source mappings of the function, by the logical ID of their queue. */
function mappings(template: Template): Record<string, object> {
  return Object.fromEntries(
    Object.values(template.findResources('AWS::Lambda::EventSourceMapping'))
      .filter(({ Properties }) => nameOf(Properties.FunctionName) === 'EscalatorRuleMessagesFunction')
      .map(({ Properties }) => [nameOf(Properties.EventSourceArn), Properties]),
  );
}

test('each queue has its own event source mapping, with limited concurrency, and all leave room for others', () => {
  const found = mappings(synthesize().template);
  const expected = (MaximumConcurrency: number) => ({
    BatchSize: 10,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency },
  });
  expect(found).toEqual({
    [QUEUES.RuleMessages]: expect.objectContaining(expected(2)),
    [QUEUES.OperatorMessages]: expect.objectContaining(expected(2)),
    [QUEUES.WakeUps]: expect.objectContaining(expected(3)),
  });
});

test('no function reserves concurrency: in an account with the limit of ten the deployment would fail', () => {
  for (const { Properties } of Object.values(ownFunctions(synthesize().template))) {
    expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
  }
});

test('the concurrency of each queue can be set', () => {
  const maxConcurrency = { ruleMessages: 20, operatorMessages: 5, wakeUps: 1_000 };
  const found = mappings(synthesize({ maxConcurrency }).template);
  expect(Object.entries(found).map(([id, mapping]) => [id, Object(mapping).ScalingConfig])).toEqual([
    [QUEUES.RuleMessages, { MaximumConcurrency: 20 }],
    [QUEUES.OperatorMessages, { MaximumConcurrency: 5 }],
    [QUEUES.WakeUps, { MaximumConcurrency: 1_000 }],
  ]);
});

test.each([1, 1_001, 2.5, Number.NaN, '5' as unknown as number])(
  'a concurrency of %p is refused',
  (wakeUps) => {
    expect(() => synthesize({ maxConcurrency: { wakeUps } })).toThrow(
      new ConfigError(
        `maxConcurrency.wakeUps ${JSON.stringify(wakeUps)} is not a whole number from 2 to 1000. ` +
          'Write for example maxConcurrency: { wakeUps: 20 }',
      ),
    );
  },
);

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
