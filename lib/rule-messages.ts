import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { type Function as LambdaFunction, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambda/aws/environment.ts';
import { BATCH_SIZE, FUNCTION_TIMEOUT_SECONDS, VISIBILITY_TIMEOUT_SECONDS } from '../lambda/domain/deployment-constants.ts';
import { ruleEventRule } from '../lambda/domain/messages/event-rules.ts';
import { EscalatorFunction } from './escalator-function.ts';
import { toEventPattern } from './event-pattern.ts';
import type { ComponentProps } from './instance-arns.ts';
import { createDeadLetterQueue, createSecureQueue, grantSend, RULE_TARGET_RETRIES, redrivePolicy } from './queues.ts';

/** Keeps a burst of messages from taking all of the account's concurrency, which other systems share. */
const MAX_CONCURRENCY = 20;

/**
 * The queue of signals, overrides, Connect rule events and wake-ups, and the function that handles them.
 * Queue and function know nothing of dispatch: what they may send to is granted from outside.
 */
export class RuleMessages extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  readonly function: EscalatorFunction;

  constructor(scope: Construct, id: string, { instances, tracing }: ComponentProps) {
    super(scope, id);
    this.deadLetterQueue = createDeadLetterQueue(this, 'RuleMessagesDlq');
    this.queue = createSecureQueue(this, 'RuleMessages', {
      // Six times the function's timeout: what Lambda asks for, so that its own retries have time.
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.seconds(VISIBILITY_TIMEOUT_SECONDS.ruleMessages),
      deadLetterQueue: redrivePolicy(this.deadLetterQueue),
    });
    this.function = new EscalatorFunction(this, 'Function', {
      tracing,
      environment: { [ENVIRONMENT.instanceIds]: instances.ids.join(',') },
      handlerName: 'rule-messages',
      description: 'Handles signals, overrides, Connect rule events and wake-ups.',
      timeout: Duration.seconds(FUNCTION_TIMEOUT_SECONDS.ruleMessages),
      // A wake-up asks for the next one. Lambda would take the chain for a runaway and cut it off after 16.
      // https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
      recursiveLoop: RecursiveLoop.ALLOW,
    });
    this.function.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: BATCH_SIZE,
        reportBatchItemFailures: true,
        maxConcurrency: MAX_CONCURRENCY,
      }),
    );
    this.grantReject(this.function);
    new Rule(this, 'RuleEvents', {
      description: 'Contact Lens and metrics rules of the Connect instances that matched.',
      eventPattern: toEventPattern(ruleEventRule(instances.ids)),
      targets: [new SqsQueue(this.queue, { ...RULE_TARGET_RETRIES, deadLetterQueue: this.deadLetterQueue })],
    });
  }

  /** Lets a function send rule messages, such as wake-ups. */
  grantSend(fn: LambdaFunction): void {
    grantSend(this.queue, fn, 'ruleMessagesQueueUrl');
  }

  /** Lets a function put a malformed message straight into the dead-letter queue, with its error. */
  grantReject(fn: LambdaFunction): void {
    grantSend(this.deadLetterQueue, fn, 'ruleMessagesDlqUrl');
  }
}
