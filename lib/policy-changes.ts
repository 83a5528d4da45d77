import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { FUNCTION_TIMEOUT_SECONDS } from '../lambda/domain/deployment-constants.ts';
import { parameterChangeRule } from '../lambda/domain/messages/event-rules.ts';
import type { ComponentProps } from './component-props.ts';
import { EscalatorFunction } from './escalator-function.ts';
import { toEventPattern } from './event-pattern.ts';
import { acknowledgeKeyWildcards, createEventDeadLetterQueue, RULE_TARGET_RETRIES } from './queues.ts';

interface PolicyChangesProps extends Pick<ComponentProps, 'functions' | 'encryptionKey'> {
  /** SSM path above the settings and policies. */
  readonly prefix: string;
}

/**
 * The function that checks changed policies and settings and has queued contacts reconciled, and the rule
 * that delivers the changes.
 */
export class PolicyChanges extends Construct {
  /** The queue of changes that could not be processed. */
  readonly deadLetterQueue: Queue;
  /** The Lambda function. */
  readonly function: EscalatorFunction;
  /** The rule of EventBridge that delivers the events. */
  readonly rule: Rule;

  constructor(scope: Construct, id: string, { functions, encryptionKey, prefix }: PolicyChangesProps) {
    super(scope, id);
    this.deadLetterQueue = createEventDeadLetterQueue(this, 'PolicyChangesDlq', { encryptionKey });
    this.function = new EscalatorFunction(this, 'Function', {
      settings: functions,
      handlerName: 'policy-changes',
      description: 'Checks changed policies and settings, and has queued contacts reconciled.',
      timeout: Duration.seconds(FUNCTION_TIMEOUT_SECONDS.policyChanges),
      retryAttempts: 2,
      onFailure: new SqsDestination(this.deadLetterQueue),
    });
    if (encryptionKey) acknowledgeKeyWildcards(this.function);
    this.rule = new Rule(this, 'ParameterChanges', {
      description: 'Changes of the policies and settings.',
      eventPattern: toEventPattern(parameterChangeRule(prefix)),
      targets: [
        new LambdaFunction(this.function, { ...RULE_TARGET_RETRIES, deadLetterQueue: this.deadLetterQueue }),
      ],
    });
  }
}
