import type { EventPattern } from 'aws-cdk-lib/aws-events';
import type { EventRulePattern } from '../lambda/domain/messages/event-rules.ts';

/**
 * A pattern of the domain as the CDK takes it. The CDK's type says that a detail type is text, yet it passes
 * matchers such as `{ suffix }` on as they are.
 */
export function toEventPattern(pattern: EventRulePattern): EventPattern {
  const { source, 'detail-type': detailType, detail } = pattern;
  return { source, detailType: detailType as string[], detail };
}
