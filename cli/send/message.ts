import { instanceOfQueue, repairAddressee } from '../../lambda/domain/messages/addressee.ts';
import { parseRuleMessage } from '../../lambda/domain/messages/parse.ts';
import { MalformedMessageError, type RuleMessage } from '../../lambda/domain/messages/rule-message.ts';
import { UsageError } from '../errors.ts';
import { withOptionNames } from './option-names.ts';

/** The members of a rule message. A member that is undefined is not sent. */
export type MessageMembers = { readonly type: string } & Readonly<Record<string, unknown>>;

/** A message as it is sent, and as rule-messages will understand it if it is sent at the epoch. */
export interface ValidMessage {
  readonly body: string;
  readonly parsed: RuleMessage | undefined;
}

/**
 * Formats the body of a rule message, and validates it as rule-messages does.
 *
 * @param served - ids of the instances that the deployment serves. Undefined where they are not known: then any
 *   instance is valid, and none.
 * @throws MalformedMessageError with every problem.
 */
export function validateMessage(members: MessageMembers, served?: readonly string[]): ValidMessage {
  const repaired = repairAddressee(members);
  // A message without instanceId is valid for a deployment with a single one.
  const { instanceId, queueArn } = repaired;
  const named = instanceId ?? (typeof queueArn === 'string' ? instanceOfQueue(queueArn) : undefined);
  const instances = served ?? [typeof named === 'string' ? named : 'the-only-one'];
  // As given: the ARN of a contact and an instance that contradict each other are a problem.
  const [parsed] = parseRuleMessage(JSON.stringify(members), { messageId: 'unsent', sentAt: 0, instances });
  return { body: JSON.stringify(repaired), parsed };
}

/**
 * The body of a rule message, as {@link validateMessage} has it.
 *
 * @throws UsageError with every problem, in the names of options.
 */
export function createMessageBody(members: MessageMembers, served?: readonly string[]): string {
  try {
    return validateMessage(members, served).body;
  } catch (error) {
    if (!(error instanceof MalformedMessageError)) throw error;
    const problems = error.message
      .split('\n')
      .map((line) => `\n  ${withOptionNames(line)}`)
      .join('');
    throw new UsageError(`The ${members.type} is not valid:${problems}`);
  }
}
