import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambda/aws/environment.ts';
import { FUNCTION_TIMEOUT_SECONDS, SWEEP_INTERVAL_SECONDS } from '../lambda/domain/deployment-constants.ts';
import { EVENT_SOURCE } from '../lambda/domain/outgoing-events/outgoing-event.ts';
import { acknowledge } from './acknowledge.ts';
import { EscalatorFunction } from './escalator-function.ts';
import type { ComponentProps } from './instance-arns.ts';

const INTERVAL = Duration.seconds(SWEEP_INTERVAL_SECONDS);

/**
 * The function that runs every minute, recovers from lost messages, and sends events to the default event bus.
 *
 * A failed sweep is not retried and has no dead-letter queue: the next sweep, a minute later, finds the same
 * contacts, and an alarm reports the errors of the function. Its concurrency is not reserved: overlapping
 * sweeps do no harm, and a reservation reduces the concurrency that the other functions of the account share.
 */
export class Sweep extends Construct {
  /** The Lambda function. */
  readonly function: EscalatorFunction;
  /** The schedule that starts it. */
  readonly schedule: Schedule;

  constructor(scope: Construct, id: string, { instances, tracing }: ComponentProps) {
    super(scope, id);
    this.function = new EscalatorFunction(this, 'Function', {
      tracing,
      environment: { [ENVIRONMENT.instanceIds]: instances.ids.join(',') },
      handlerName: 'sweep',
      description:
        'Finds contacts with a lost wake-up or notification, has them reconciled, and sends events to EventBridge.',
      timeout: Duration.seconds(FUNCTION_TIMEOUT_SECONDS.sweep),
      // EventBridge Scheduler invokes through the internal queue of Lambda. After one interval the next sweep
      // runs anyway.
      retryAttempts: 0,
      maxEventAge: INTERVAL,
    });
    this.function.addToRolePolicy(
      new PolicyStatement({
        actions: ['events:PutEvents'],
        resources: [
          Stack.of(this).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' }),
        ],
        conditions: { StringEquals: { 'events:source': EVENT_SOURCE } },
      }),
    );
    this.function.addToRolePolicy(
      new PolicyStatement({ actions: ['connect:SearchContacts'], resources: [...instances.arns] }),
    );
    const role = new Role(this, 'ScheduleRole', {
      // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    const functionId = Stack.of(this).getLogicalId(this.function.node.defaultChild as never);
    acknowledge(role, {
      id: `AwsSolutions-IAM5[Resource::<${functionId}.Arn>:*]`,
      reason: 'The wildcard covers the versions of this one function.',
    });
    this.schedule = new Schedule(this, 'Schedule', {
      description: 'Starts the sweep.',
      schedule: ScheduleExpression.rate(INTERVAL),
      target: new LambdaInvoke(this.function, { role, retryAttempts: 0, maxEventAge: INTERVAL }),
    });
  }
}
