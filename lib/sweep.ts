import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Duration, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambda/aws/environment.ts';
import { FUNCTION_TIMEOUT_SECONDS, SWEEP_INTERVAL_SECONDS } from '../lambda/domain/deployment-constants.ts';
import { EscalatorFunction } from './escalator-function.ts';
import type { ComponentProps } from './instance-arns.ts';

const INTERVAL = Duration.seconds(SWEEP_INTERVAL_SECONDS);

/**
 * The net under messages that get lost: a function that looks once a minute for contacts that nobody looked at.
 *
 * What fails is not tried again and has no dead-letter queue: the next sweep, a minute later, finds what this one
 * would have found, and an alarm watches the function's errors. Its concurrency is not reserved, since sweeps that
 * overlap do no harm, and reserving takes from what the account's other functions share.
 */
export class Sweep extends Construct {
  readonly function: EscalatorFunction;

  constructor(scope: Construct, id: string, { instances, tracing }: ComponentProps) {
    super(scope, id);
    this.function = new EscalatorFunction(this, 'Function', {
      tracing,
      environment: { [ENVIRONMENT.instanceIds]: instances.ids.join(',') },
      handlerName: 'sweep',
      description: 'Finds contacts whose wake-up or pending change was lost, and has them looked at again.',
      timeout: Duration.seconds(FUNCTION_TIMEOUT_SECONDS.sweep),
      // The Scheduler hands over to Lambda's own queue: what waits there for longer, the next sweep does better.
      retryAttempts: 0,
      maxEventAge: INTERVAL,
    });
    const role = new Role(this, 'ScheduleRole', {
      // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${Stack.of(this).getLogicalId(this.function.node.defaultChild as never)}.Arn>:*]`,
      reason: 'The wildcard is over the versions of this one function.',
    });
    new Schedule(this, 'Schedule', {
      description: 'Starts the sweep.',
      schedule: ScheduleExpression.rate(INTERVAL),
      target: new LambdaInvoke(this.function, { role, retryAttempts: 0, maxEventAge: INTERVAL }),
    });
  }
}
