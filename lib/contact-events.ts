import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambda/aws/environment.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../lambda/domain/deployment-constants.ts';
import { contactEventRule } from '../lambda/domain/messages/event-rules.ts';
import { EscalatorFunction } from './escalator-function.ts';
import { toEventPattern } from './event-pattern.ts';
import type { ComponentProps } from './instance-arns.ts';
import { createDeadLetterQueue, RULE_TARGET_RETRIES } from './queues.ts';

/** The contact events of the instances, from the default bus to the function that handles them. */
export class ContactEvents extends Construct {
  readonly deadLetterQueue: Queue;
  readonly function: EscalatorFunction;

  constructor(scope: Construct, id: string, { instances, tracing }: ComponentProps) {
    super(scope, id);
    this.deadLetterQueue = createDeadLetterQueue(this, 'ContactEventsDlq');
    this.function = new EscalatorFunction(this, 'Function', {
      tracing,
      environment: { [ENVIRONMENT.instanceIds]: instances.ids.join(',') },
      handlerName: 'contact-events',
      description: 'Handles contact events of the Connect instances.',
      timeout: Duration.seconds(FUNCTION_TIMEOUT_SECONDS.contactEvents),
      // EventBridge hands an event to Lambda's own queue and is done: its dead-letter queue sees what could
      // not be handed over, this destination what failed afterwards.
      retryAttempts: 2,
      onFailure: new SqsDestination(this.deadLetterQueue),
    });
    Validations.of(this.deadLetterQueue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is itself a dead-letter queue, of an EventBridge target and of a function.',
    });
    new Rule(this, 'ContactEvents', {
      description: 'Contact events of the Connect instances that can change what a contact should get.',
      eventPattern: toEventPattern(contactEventRule(instances.ids)),
      targets: [
        new LambdaFunction(this.function, { ...RULE_TARGET_RETRIES, deadLetterQueue: this.deadLetterQueue }),
      ],
    });
  }
}
