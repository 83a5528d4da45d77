import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type Function as LambdaFunction, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambda/aws/environment.ts';
import {
  BATCH_SIZE,
  FUNCTION_TIMEOUT_SECONDS,
  VISIBILITY_TIMEOUT_SECONDS,
} from '../lambda/domain/deployment-constants.ts';
import { acknowledge } from './acknowledge.ts';
import { EscalatorFunction } from './escalator-function.ts';
import type { ComponentProps } from './instance-arns.ts';
import { createDeadLetterQueue, createSecureQueue, grantSend, redrivePolicy } from './queues.ts';

/**
 * The only caller of UpdateContactRoutingData, with its FIFO queue. One message group has one consumer, and
 * one consumer has one token bucket, so the calls remain within the quota.
 */
export class Dispatch extends Construct {
  /** The FIFO queue of notifications. */
  readonly queue: Queue;
  /** The queue of notifications on which dispatch failed. */
  readonly deadLetterQueue: Queue;
  /** The Lambda function. */
  readonly function: EscalatorFunction;

  constructor(scope: Construct, id: string, { instances, tracing }: ComponentProps) {
    super(scope, id);
    this.deadLetterQueue = createDeadLetterQueue(this, 'DispatchDlq', { fifo: true });
    this.queue = createSecureQueue(this, 'Dispatch', {
      fifo: true,
      // Not the usual six times the function's timeout: after a crash the message group is blocked for this long,
      // and with it every pending update.
      visibilityTimeout: Duration.seconds(VISIBILITY_TIMEOUT_SECONDS.dispatch),
      deadLetterQueue: redrivePolicy(this.deadLetterQueue, 'dispatch'),
    });
    this.function = new EscalatorFunction(this, 'Function', {
      tracing,
      environment: { [ENVIRONMENT.instanceIds]: instances.ids.join(',') },
      handlerName: 'dispatch',
      description:
        'Calls UpdateContactRoutingData for pending contacts, most urgent first, within the quota.',
      timeout: Duration.seconds(FUNCTION_TIMEOUT_SECONDS.dispatch),
      // The function continues in another invocation by a message to its own queue. Lambda would take that
      // for a runaway loop and stop it after 16 invocations.
      // https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
      recursiveLoop: RecursiveLoop.ALLOW,
    });
    this.function.addEventSource(
      new SqsEventSource(this.queue, { batchSize: BATCH_SIZE, reportBatchItemFailures: true }),
    );
    this.grantSend(this.function);
    grantSend(this.deadLetterQueue, this.function, 'dispatchDlqUrl');
    this.#grantConnect(instances.arns);
  }

  /** Allows a function to notify dispatch of a contact with pending work. */
  grantSend(fn: LambdaFunction): void {
    grantSend(this.queue, fn, 'dispatchQueueUrl');
  }

  #grantConnect(instanceArns: readonly string[]): void {
    const resources = instanceArns.map((arn) => `${arn}/contact/*`);
    this.function.addToRolePolicy(
      new PolicyStatement({
        actions: ['connect:UpdateContactRoutingData', 'connect:DescribeContact'],
        resources,
      }),
    );
    acknowledge(
      this.function.role,
      ...resources.map((resource) => ({
        id: `AwsSolutions-IAM5[Resource::${resource}]`,
        reason: 'The system may have to update any contact of the named instance.',
      })),
    );
  }
}
