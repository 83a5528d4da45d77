import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Stack } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { ConnectEscalatorProps } from '../../lib/index.ts';
import { INSTANCE, OTHER_INSTANCE, synthesize, synthesizeWith } from './synthesize.ts';

const findings = (stack: Stack) => new AwsSolutionsChecks().validateScope(stack).violations;

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

const RESERVED = { reservedConcurrency: 7 };

describe('the AwsSolutions rules find nothing in the construct', () => {
  // A synth prints the warnings of the policies.
  beforeEach(() => {
    jest.spyOn(console, 'error').mockImplementation(() => {});
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  test.each<{ name: string; propsIn: (stack: Stack) => Partial<ConnectEscalatorProps> }>([
    { name: 'with a key', propsIn: (stack) => ({ encryptionKey: rotatedKey(stack) }) },
    { name: 'with a VPC', propsIn: (stack) => ({ vpc: new Vpc(stack, 'Vpc') }) },
    { name: 'with another bus', propsIn: (stack) => ({ eventBus: new EventBus(stack, 'Bus') }) },
    { name: 'with policies', propsIn: () => ({ policies: 'policies' }) },
    {
      name: 'with a table that exists',
      propsIn: (stack) => ({ table: TableV2.fromTableName(stack, 'Existing', 'contacts') }),
    },
    {
      name: 'with all of these, tracing and reserved concurrency',
      propsIn: (stack) => ({
        encryptionKey: rotatedKey(stack),
        vpc: new Vpc(stack, 'Vpc'),
        eventBus: new EventBus(stack, 'Bus'),
        tracing: true,
        deletionProtection: true,
        functions: { ruleMessages: RESERVED, dispatch: RESERVED, sweep: RESERVED },
      }),
    },
  ])('$name', ({ propsIn }) => {
    const { stack } = synthesizeWith(propsIn);
    const own = findings(stack).flatMap(({ ruleName, violatingResources }) =>
      violatingResources
        .filter(({ constructPath }) => constructPath?.startsWith('UserStack/Escalator/'))
        .map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );
    expect(own).toEqual([]);
  });
});

const rotatedKey = (stack: Stack) => new Key(stack, 'Key', { enableKeyRotation: true });

test('acknowledged findings do not hide those of other resources', () => {
  const { stack } = synthesize();
  new Queue(stack, 'InsecureQueue');
  expect(findings(stack).map(({ ruleName }) => ruleName)).toEqual(['AwsSolutions-SQS3', 'AwsSolutions-SQS4']);
});
