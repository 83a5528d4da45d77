import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { type IQueue, Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambda/aws/environment.ts';
import { MAX_RECEIVE_COUNT } from '../lambda/domain/deployment-constants.ts';
import { acknowledge } from './acknowledge.ts';

/**
 * How long and how often EventBridge retries to deliver an event to a target. Both are the maxima of
 * EventBridge.
 */
export const RULE_TARGET_RETRIES = { maxEventAge: Duration.hours(24), retryAttempts: 185 };

/** Creates an encrypted queue that accepts requests over TLS only. */
export function createSecureQueue(scope: Construct, id: string, props: QueueProps): Queue {
  return new Queue(scope, id, { ...props, encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true });
}

/** Creates a dead-letter queue, which keeps messages for 14 days, the maximum of SQS. */
export function createDeadLetterQueue(scope: Construct, id: string, props: QueueProps = {}): Queue {
  return createSecureQueue(scope, id, { ...props, retentionPeriod: Duration.days(14) });
}

/** Creates the dead-letter queue of a rule's target and of its function, which no queue redrives to. */
export function createEventDeadLetterQueue(scope: Construct, id: string): Queue {
  const queue = createDeadLetterQueue(scope, id);
  acknowledge(queue, {
    id: 'AwsSolutions-SQS3',
    reason: 'It is itself a dead-letter queue, of an EventBridge target and of a function.',
  });
  return queue;
}

/** The redrive policy of a queue: SQS moves a message to the dead-letter queue after so many failures. */
export function redrivePolicy(
  queue: IQueue,
  kind: keyof typeof MAX_RECEIVE_COUNT,
): QueueProps['deadLetterQueue'] {
  return { queue, maxReceiveCount: MAX_RECEIVE_COUNT[kind] };
}

/** Allows a function to send to a queue, and sets the environment variable with the URL of the queue. */
export function grantSend(queue: IQueue, fn: LambdaFunction, variable: keyof typeof ENVIRONMENT): void {
  fn.addEnvironment(ENVIRONMENT[variable], queue.queueUrl);
  fn.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }));
}
