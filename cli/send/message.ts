import { parseRuleMessage } from '../../lambda/domain/messages/parse.ts';
import { MalformedMessageError } from '../../lambda/domain/messages/rule-message.ts';
import { formatProblem } from '../../lambda/domain/validation/problem.ts';
import { UsageError } from '../errors.ts';

/** The members of a rule message as the command line gives them; those that it leaves out are undefined. */
export type MessageMembers = { readonly type: string } & Readonly<Record<string, unknown>>;

/**
 * The body of a rule message, checked as the queue's consumer checks it.
 *
 * @throws UsageError with every problem.
 */
export function createMessageBody(members: MessageMembers): string {
  const body = JSON.stringify(members);
  try {
    // Which instances are served is not known here; a message that names none is for the only one.
    const instances = [typeof members.instanceId === 'string' ? members.instanceId : 'the-only-one'];
    parseRuleMessage(body, { messageId: 'unsent', sentAt: 0, instances });
    return body;
  } catch (error) {
    if (!(error instanceof MalformedMessageError)) throw error;
    const problems = error.problems.map((problem) => `\n  ${formatProblem(problem)}`).join('');
    throw new UsageError(`The ${members.type} cannot be sent:${problems}`);
  }
}
