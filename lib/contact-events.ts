import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambda/aws/environment.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../lambda/domain/deployment-constants.ts';
import { type ContactUpdate, contactEventRule } from '../lambda/domain/messages/event-rules.ts';
import type { ComponentProps } from './component-props.ts';
import { EscalatorFunction } from './escalator-function.ts';
import { toEventPattern } from './event-pattern.ts';
import { acknowledgeKeyWildcards, createEventDeadLetterQueue, RULE_TARGET_RETRIES } from './queues.ts';

interface ContactEventsProps extends ComponentProps {
  /** Which updates of contacts are delivered. Undefined for all. */
  readonly contactUpdates: readonly ContactUpdate[] | undefined;
}

/** The function that processes contact events, and the rule that delivers them from the event bus. */
export class ContactEvents extends Construct {
  /** The queue of contact events that could not be processed. */
  readonly deadLetterQueue: Queue;
  /** The Lambda function. */
  readonly function: EscalatorFunction;
  /** The rule of EventBridge that delivers the events. */
  readonly rule: Rule;

  constructor(
    scope: Construct,
    id: string,
    { instances, functions, encryptionKey, eventBus, contactUpdates }: ContactEventsProps,
  ) {
    super(scope, id);
    this.deadLetterQueue = createEventDeadLetterQueue(this, 'ContactEventsDlq', { encryptionKey });
    this.function = new EscalatorFunction(this, 'Function', {
      settings: functions,
      environment: { [ENVIRONMENT.instanceIds]: instances.ids.join(',') },
      handlerName: 'contact-events',
      description: 'Processes contact events of the Connect instances.',
      timeout: Duration.seconds(FUNCTION_TIMEOUT_SECONDS.contactEvents),
      // EventBridge delivers an event to the internal queue of Lambda. Events that it cannot deliver go to
      // the dead-letter queue of the rule's target, events on which the function fails to this destination.
      retryAttempts: 2,
      onFailure: new SqsDestination(this.deadLetterQueue),
    });
    if (encryptionKey) acknowledgeKeyWildcards(this.function);
    this.rule = new Rule(this, 'ContactEvents', {
      eventBus,
      description:
        'Contact events of the Connect instances that can change the desired routing of a contact.',
      eventPattern: toEventPattern(contactEventRule(instances.ids, contactUpdates)),
      targets: [
        new LambdaFunction(this.function, { ...RULE_TARGET_RETRIES, deadLetterQueue: this.deadLetterQueue }),
      ],
    });
  }
}
