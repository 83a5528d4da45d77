import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
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
import { ruleEventRule } from '../lambda/domain/messages/event-rules.ts';
import type { ComponentProps } from './component-props.ts';
import { EscalatorFunction } from './escalator-function.ts';
import { toEventPattern } from './event-pattern.ts';
import { maxConcurrencyWithin, sizeOf } from './function-settings.ts';
import {
  createDeadLetterQueue,
  createSecureQueue,
  grantSend,
  RULE_TARGET_RETRIES,
  redrivePolicy,
} from './queues.ts';

/** Limits the concurrency that a burst of messages takes from the other functions of the account. */
const MAX_CONCURRENCY = 20;

/**
 * The queue of signals, overrides, Connect rule events and wake-ups, and the function that processes them.
 * This construct does not depend on dispatch: the caller grants what the function may send to.
 */
export class RuleMessages extends Construct {
  /** The queue of rule messages: senders outside the stack need `sqs:SendMessage` on it. */
  readonly queue: Queue;
  /** The queue of rule messages that are malformed or failed. */
  readonly deadLetterQueue: Queue;
  /** The Lambda function. */
  readonly function: EscalatorFunction;
  /** The rule of EventBridge that delivers the events. */
  readonly rule: Rule;

  constructor(
    scope: Construct,
    id: string,
    { instances, functions, encryptionKey, eventBus }: ComponentProps,
  ) {
    super(scope, id);
    this.deadLetterQueue = createDeadLetterQueue(this, 'RuleMessagesDlq', { encryptionKey });
    this.queue = createSecureQueue(this, 'RuleMessages', {
      encryptionKey,
      // Six times the function's timeout, as Lambda recommends, to leave time for its retries.
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.seconds(VISIBILITY_TIMEOUT_SECONDS.ruleMessages),
      deadLetterQueue: redrivePolicy(this.deadLetterQueue),
    });
    this.function = new EscalatorFunction(this, 'Function', {
      settings: functions,
      environment: { [ENVIRONMENT.instanceIds]: instances.ids.join(',') },
      handlerName: 'rule-messages',
      description: 'Processes signals, overrides, Connect rule events and wake-ups.',
      timeout: Duration.seconds(FUNCTION_TIMEOUT_SECONDS.ruleMessages),
      // A wake-up sends the next one. Lambda would take the chain for a runaway loop and stop it after 16.
      // https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
      recursiveLoop: RecursiveLoop.ALLOW,
    });
    this.function.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: BATCH_SIZE,
        reportBatchItemFailures: true,
        maxConcurrency: maxConcurrencyWithin(sizeOf(functions, 'rule-messages'), MAX_CONCURRENCY),
      }),
    );
    this.grantReject(this.function);
    this.rule = new Rule(this, 'RuleEvents', {
      eventBus,
      description: 'Matches of Contact Lens and metrics rules of the Connect instances.',
      eventPattern: toEventPattern(ruleEventRule(instances.ids)),
      targets: [new SqsQueue(this.queue, { ...RULE_TARGET_RETRIES, deadLetterQueue: this.deadLetterQueue })],
    });
  }

  /** Allows a function to send rule messages, such as wake-ups. */
  grantSend(fn: LambdaFunction): void {
    grantSend(this.queue, fn, 'ruleMessagesQueueUrl');
  }

  /** Allows a function to send malformed messages to the dead-letter queue, with their errors. */
  grantReject(fn: LambdaFunction): void {
    grantSend(this.deadLetterQueue, fn, 'ruleMessagesDlqUrl');
  }
}
