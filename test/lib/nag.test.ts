import { describe, expect, test } from '@jest/globals';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { INSTANCE, OTHER_INSTANCE, synthesize } from './synthesize.ts';

const findings = (stack: ReturnType<typeof synthesize>['stack']) =>
  new AwsSolutionsChecks().validateScope(stack).violations;

describe('the AwsSolutions rules find nothing in the stack', () => {
  test.each([
    { name: 'with one instance', props: {} },
    { name: 'with two instances', props: { instanceArns: [INSTANCE, OTHER_INSTANCE] } },
    { name: 'with tracing', props: { tracing: true } },
    { name: 'with alarm actions', props: { alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:on-call' } },
  ])('$name', ({ props }) => {
    expect(findings(synthesize(props).stack)).toEqual([]);
  });
});

test('acknowledged findings do not hide those of other resources', () => {
  const { stack } = synthesize();
  new Queue(stack, 'InsecureQueue');
  expect(findings(stack).map(({ ruleName }) => ruleName)).toEqual(['AwsSolutions-SQS3', 'AwsSolutions-SQS4']);
});
