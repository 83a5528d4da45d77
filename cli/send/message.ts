import { instanceOfQueue, repairAddressee } from '../../lambda/domain/messages/addressee.ts';
import { parseRuleMessage } from '../../lambda/domain/messages/parse.ts';
import { MalformedMessageError } from '../../lambda/domain/messages/rule-message.ts';
import { UsageError } from '../errors.ts';
import { withOptionNames } from './option-names.ts';

/** The members of a rule message. A member that is undefined is not sent. */
export type MessageMembers = { readonly type: string } & Readonly<Record<string, unknown>>;

/**
 * Formats the body of a rule message, and validates it as rule-messages does.
 *
 * @param served - ids of the instances that the deployment serves. Undefined where they are not known: then any
 *   instance is valid, and none.
 * @throws UsageError with every problem.
 */
export function createMessageBody(members: MessageMembers, served?: readonly string[]): string {
  const repaired = repairAddressee(members);
  const body = JSON.stringify(repaired);
  try {
    // A message without instanceId is valid for a deployment with a single one.
    const { instanceId, queueArn } = repaired;
    const named = instanceId ?? (typeof queueArn === 'string' ? instanceOfQueue(queueArn) : undefined);
    const instances = served ?? [typeof named === 'string' ? named : 'the-only-one'];
    // As given: the ARN of a contact and an instance that contradict each other are a problem.
    parseRuleMessage(JSON.stringify(members), { messageId: 'unsent', sentAt: 0, instances });
    return body;
  } catch (error) {
    if (!(error instanceof MalformedMessageError)) throw error;
    const problems = error.message
      .split('\n')
      .map((line) => `\n  ${withOptionNames(line)}`)
      .join('');
    throw new UsageError(`The ${members.type} is not valid:${problems}`);
  }
}
