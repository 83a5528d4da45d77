import type { EventPattern } from 'aws-cdk-lib/aws-events';
import type { EventRulePattern } from '../lambda/domain/messages/event-rules.ts';

/**
 * Converts a pattern of the domain to one of the CDK. The CDK declares detail types as strings, but passes on
 * matchers such as `{ suffix }` unchanged.
 */
export function toEventPattern(pattern: EventRulePattern): EventPattern {
  const { source, 'detail-type': detailType, detail } = pattern;
  return { source, detailType: detailType as string[], detail };
}
