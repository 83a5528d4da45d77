import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { type IQueue, Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambda/aws/environment.ts';
import { MAX_RECEIVE_COUNT } from '../lambda/domain/deployment-constants.ts';

/** EventBridge gives up on a target after this much, whichever comes first. Both are its maxima. */
export const RULE_TARGET_RETRIES = { maxEventAge: Duration.hours(24), retryAttempts: 185 };

/** Creates a queue that is encrypted and takes requests over TLS only. */
export function createSecureQueue(scope: Construct, id: string, props: QueueProps): Queue {
  return new Queue(scope, id, { ...props, encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true });
}

/** Creates a dead-letter queue: it keeps messages for 14 days, the most that SQS allows. */
export function createDeadLetterQueue(scope: Construct, id: string, props: QueueProps = {}): Queue {
  return createSecureQueue(scope, id, { ...props, retentionPeriod: Duration.days(14) });
}

/** What a queue needs to set messages aside that fail again and again. */
export function redrivePolicy(queue: IQueue): QueueProps['deadLetterQueue'] {
  return { queue, maxReceiveCount: MAX_RECEIVE_COUNT };
}

/** Lets a function send to a queue, and tells it the queue's URL. */
export function grantSend(queue: IQueue, fn: LambdaFunction, variable: keyof typeof ENVIRONMENT): void {
  fn.addEnvironment(ENVIRONMENT[variable], queue.queueUrl);
  fn.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }));
}
