import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambda/aws/environment.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../lambda/domain/deployment-constants.ts';
import { ruleEventRule } from '../lambda/domain/messages/event-rules.ts';
import type { MessageQueue as QueueName } from '../lambda/domain/messages/message-queue.ts';
import { acknowledgeResources } from './acknowledge.ts';
import type { ComponentProps } from './component-props.ts';
import { EscalatorFunction } from './escalator-function.ts';
import { toEventPattern } from './event-pattern.ts';
import { MessageQueue } from './message-queue.ts';
import { RULE_TARGET_RETRIES } from './queues.ts';

interface RuleMessagesProps extends ComponentProps {
  /** How many invocations the messages of each queue take at the same time, at most. */
  readonly maxConcurrency: Readonly<Record<QueueName, number>>;
}

/**
 * The three queues of messages, parted by who may send to them, and the function that processes them: one function with
 * an event source mapping for each queue, so that a flood in one delays no message of another.
 * This construct does not depend on dispatch: the caller grants what the function may send to.
 */
export class RuleMessages extends Construct {
  /** Signals and Connect rule events. */
  readonly signals: MessageQueue;
  /** Overrides, releases and `reevaluate`. */
  readonly operators: MessageQueue;
  /** Wake-ups. Nobody outside may send to it. */
  readonly wakeUps: MessageQueue;
  /** The Lambda function. */
  readonly function: EscalatorFunction;
  /** The rule of EventBridge that delivers the events. */
  readonly rule: Rule;

  constructor(
    scope: Construct,
    id: string,
    { instances, functions, encryptionKey, eventBus, maxConcurrency }: RuleMessagesProps,
  ) {
    super(scope, id);
    this.signals = new MessageQueue(this, 'RuleMessages', encryptionKey);
    this.operators = new MessageQueue(this, 'OperatorMessages', encryptionKey);
    this.wakeUps = new MessageQueue(this, 'WakeUps', encryptionKey);
    this.function = new EscalatorFunction(this, 'Function', {
      settings: functions,
      environment: { [ENVIRONMENT.instanceIds]: instances.ids.join(',') },
      handlerName: 'rule-messages',
      description: 'Processes signals and Connect rule events, messages of operators, and wake-ups.',
      timeout: Duration.seconds(FUNCTION_TIMEOUT_SECONDS.ruleMessages),
      // A wake-up sends the next one. Lambda would take the chain for a runaway loop and stop it after 16.
      // https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
      recursiveLoop: RecursiveLoop.ALLOW,
    });
    this.signals.deliverTo(this.function, maxConcurrency.RuleMessages);
    this.operators.deliverTo(this.function, maxConcurrency.OperatorMessages);
    this.wakeUps.deliverTo(this.function, maxConcurrency.WakeUps);
    this.#grantMetrics(instances.arns);
    // The function copies a signal that was sent to a queue of Connect for each contact in it.
    this.signals.grantSend(this.function);
    const { queue, deadLetterQueue } = this.signals;
    this.rule = new Rule(this, 'RuleEvents', {
      eventBus,
      description: 'Matches of Contact Lens and metrics rules of the Connect instances.',
      eventPattern: toEventPattern(ruleEventRule(instances.ids)),
      targets: [new SqsQueue(queue, { ...RULE_TARGET_RETRIES, deadLetterQueue })],
    });
  }

  /**
   * Allows the function to read the load of queues and their names, for what policies and conditions name. Both actions
   * are on queues: GetCurrentMetricData on each one that a request names, ListQueues on `queue/*`.
   * https://docs.aws.amazon.com/service-authorization/latest/reference/list_connect.html
   */
  #grantMetrics(instanceArns: readonly string[]): void {
    const resources = instanceArns.map((arn) => `${arn}/queue/*`);
    this.function.addToRolePolicy(
      new PolicyStatement({ actions: ['connect:GetCurrentMetricData', 'connect:ListQueues'], resources }),
    );
    acknowledgeResources(
      this.function.role,
      resources,
      'A condition or a policy may name any queue of the instance.',
    );
  }
}
