import type { NewEvent } from '../events/event-bus.ts';
import type { ParameterChange } from '../ssm/parameter.ts';

/**
 * The event that SSM publishes when a parameter changes.
 *
 * Source: Systems Manager user guide, "Monitoring Parameter Store events".
 */
export function parameterChangeEvent({ arn, ...change }: ParameterChange): NewEvent {
  return { source: 'aws.ssm', 'detail-type': 'Parameter Store Change', resources: [arn], detail: change };
}
