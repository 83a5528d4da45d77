import type { Deployment } from '../../lambda/aws/deployment.ts';
import type { MessageMembers } from './message.ts';

/** The queues that people and other systems may send to. */
export type AddressedQueue = 'RuleMessages' | 'OperatorMessages';

/** Signals are for other systems, all else is for operators. */
export function queueFor({ type }: Pick<MessageMembers, 'type'>): AddressedQueue {
  return type === 'signal' ? 'RuleMessages' : 'OperatorMessages';
}

/** The URL of the queue of a deployment that takes a message. */
export function queueUrlFor(
  message: Pick<MessageMembers, 'type'>,
  deployment: Pick<Deployment, 'ruleMessagesQueueUrl' | 'operatorMessagesQueueUrl'>,
): string {
  return queueFor(message) === 'RuleMessages'
    ? deployment.ruleMessagesQueueUrl
    : deployment.operatorMessagesQueueUrl;
}
