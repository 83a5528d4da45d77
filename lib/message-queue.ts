import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambda/aws/environment.ts';
import { MESSAGE_QUEUE_VARIABLES } from '../lambda/aws/message-sources.ts';
import { BATCH_SIZE, VISIBILITY_TIMEOUT_SECONDS } from '../lambda/domain/deployment-constants.ts';
import type { MessageQueue as QueueName } from '../lambda/domain/messages/message-queue.ts';
import { createDeadLetterQueue, createSecureQueue, grantSend, redrivePolicy } from './queues.ts';

/** A queue of messages with its dead-letter queue, for the function rule-messages. */
export class MessageQueue {
  readonly queue: Queue;
  /** Messages that are malformed, on the wrong queue, or failed too often. */
  readonly deadLetterQueue: Queue;
  readonly #name: QueueName;

  /** Creates both queues in a scope. Their names there are stored shapes: they stay. */
  constructor(scope: Construct, name: QueueName) {
    this.#name = name;
    this.deadLetterQueue = createDeadLetterQueue(scope, `${name}Dlq`);
    this.queue = createSecureQueue(scope, name, {
      visibilityTimeout: Duration.seconds(VISIBILITY_TIMEOUT_SECONDS.ruleMessages),
      deadLetterQueue: redrivePolicy(this.deadLetterQueue, 'ruleMessages'),
    });
  }

  /** Has a function process the messages, and set aside in the dead-letter queue what it cannot parse. */
  deliverTo(fn: LambdaFunction, maxConcurrency: number): void {
    fn.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: BATCH_SIZE,
        reportBatchItemFailures: true,
        maxConcurrency,
      }),
    );
    const { queueUrl, deadLetterQueueUrl } = MESSAGE_QUEUE_VARIABLES[this.#name];
    fn.addEnvironment(ENVIRONMENT[queueUrl], this.queue.queueUrl);
    grantSend(this.deadLetterQueue, fn, deadLetterQueueUrl);
  }

  /** Allows one of the functions to send, and sets the environment variable with the URL of the queue. */
  grantSend(fn: LambdaFunction): void {
    grantSend(this.queue, fn, MESSAGE_QUEUE_VARIABLES[this.#name].queueUrl);
  }

  /** Allows others to send: `sqs:SendMessage` on the queue, and nothing else. */
  grantSendTo(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['sqs:SendMessage'],
      resourceArns: [this.queue.queueArn],
    });
  }
}
