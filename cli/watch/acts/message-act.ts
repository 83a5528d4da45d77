import type { Deployment } from '../../../lambda/aws/deployment.ts';
import { MalformedMessageError } from '../../../lambda/domain/messages/rule-message.ts';
import { formatPath, type Problem } from '../../../lambda/domain/validation/problem.ts';
import { visibleLine } from '../../../lambda/domain/visible-text.ts';
import { endpointTime } from '../../aws/endpoint-clock.ts';
import type { AwsOptions } from '../../options/aws.ts';
import { queueUrlFor } from '../../send/addressed-queue.ts';
import { effectOf, type OverrideNames, warningsOf } from '../../send/effect.ts';
import { type ValidMessage, validateMessage } from '../../send/message.ts';
import { sendToQueue } from '../../send/send-to-queue.ts';
import { formatRouting } from '../../wording/routing-words.ts';
import type { ActPreview, ActTarget, MessageAct } from './act.ts';
import { type ActReceipt, InvalidActError, type OperatorIo } from './operator.ts';

const NAMES: OverrideNames = { ttl: 'end', ttlAdvice: 'Give it one, such as 10m.', actor: 'name' };

/** @throws InvalidActError with every problem of the message. */
export function previewMessage(
  act: MessageAct,
  id: string,
  deployment: Pick<Deployment, 'instanceIds' | 'ruleMessagesQueueUrl' | 'operatorMessagesQueueUrl'>,
): ActPreview {
  const members = { ...act, id };
  const message = validate(members, deployment.instanceIds);
  return {
    id,
    type: act.type,
    words: [...sentencesOf(message), effectOf(JSON.parse(message.body))].map(visibleLine),
    warnings: warningsOf(members, NAMES).map(visibleLine),
    target: { kind: 'queue', name: queueUrlFor(act, deployment), text: message.body },
  };
}

/** @throws AwsError when SQS does not take it. */
export async function sendMessage(
  { name, text }: Extract<ActTarget, { readonly kind: 'queue' }>,
  options: AwsOptions,
  io: OperatorIo,
): Promise<ActReceipt> {
  const at = await endpointTime(options, io);
  const messageId = await sendToQueue(text, options, name);
  return { at, words: [`SQS took it under the message id ${messageId}.`] };
}

function validate(members: MessageAct, served: readonly string[] | undefined): ValidMessage {
  try {
    return validateMessage(members, served);
  } catch (error) {
    if (!(error instanceof MalformedMessageError)) throw error;
    const { problems, problemCount } = error;
    const more = problemCount - problems.length;
    throw new InvalidActError([
      ...problems.map(problemOf),
      ...(more > 0 ? [{ path: '', message: `There are ${more} more problems.` }] : []),
    ]);
  }
}

function problemOf({ path, message, code }: Problem) {
  if (code === 'sets-nothing') {
    return { path: '', message: 'It sets nothing: give it a priority, an age or a route.' };
  }
  return { path: formatPath(path), message: visibleLine(message) };
}

/** What a message does, as rule-messages understands it, and who orders it. */
function sentencesOf({ parsed, body }: ValidMessage): string[] {
  const { ttl } = JSON.parse(body);
  switch (parsed?.type) {
    case 'override':
      return [
        `Sets ${formatRouting(parsed.set)} for the contact ${parsed.contactId}, instead of what its policy says, ` +
          `${ttl === undefined ? 'until it is released' : `for ${ttl}`}.`,
        ...orderedBy(parsed),
      ];
    case 'release':
      return [
        `Ends the override of the contact ${parsed.contactId}: its policy decides again.`,
        ...orderedBy(parsed),
      ];
    case 'signal':
      return [`Reports the signal ${parsed.signal} about the contact ${parsed.contactId}${during(ttl)}.`];
    case 'queue-signal':
      return [
        `Reports the signal ${parsed.signal} about all contacts in the queue ${parsed.queueArn}${during(ttl)}.`,
      ];
    default:
      return [];
  }
}

function during(ttl: string | undefined): string {
  return ttl === undefined ? '' : `, for ${ttl}`;
}

function orderedBy({ actor, reason }: { readonly actor?: string; readonly reason?: string }): string[] {
  if (!actor && !reason) return [];
  return [`Ordered by ${actor || 'somebody without a name'}${reason ? `, for the reason: ${reason}` : ''}`];
}
