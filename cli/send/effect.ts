import { arnId } from '../../lambda/domain/arn.ts';
import { repairAddressee } from '../../lambda/domain/messages/addressee.ts';
import { unlikelyText } from '../../lambda/domain/validation/unlikely-text.ts';
import type { MessageMembers } from './message.ts';

/**
 * What a message that was sent will do, and under which condition it does nothing. Nobody has looked yet whether the
 * contact exists: a message may come before the first event of its contact.
 */
export function effectOf({ type, contactId, queueArn, ttl }: MessageMembers): string {
  const record = `contact ${contactId}, whether or not an event of it has arrived`;
  switch (type) {
    case 'signal':
      return queueArn === undefined
        ? `It is recorded for ${record}, and acts while a policy matches on it.`
        : `It goes to the contacts that wait in ${queueArn} when it arrives, and ${
            ttl === undefined ? 'not to those that come later' : `to those that enter it within ${ttl}`
          }.`;
    case 'override':
      return (
        `It is recorded for ${record}, and acts while the contact waits in a queue` +
        `${ttl === undefined ? ', until it is released' : ''}.`
      );
    case 'release':
      return `It ends the override of contact ${contactId}. Where none is in force, it changes nothing.`;
    default:
      return 'It has every contact that waits in a queue reconciled. Where nothing is due, it changes nothing.';
  }
}

/** The name or the telephone number of a customer. Ids of simulated contacts, such as `c-1`, are neither. */
const NAME_OR_NUMBER = /^(?:[a-z._-]+|\d+)$/i;

/** How a sender names what an override should have, and what to do about it. */
export interface OverrideNames {
  readonly ttl: string;
  readonly ttlAdvice: string;
  readonly actor: string;
}

const OPTION_NAMES: OverrideNames = {
  ttl: '--ttl',
  ttlAdvice: 'Pass for example --ttl 10m.',
  actor: '--actor',
};

/**
 * What the sender of a valid message probably forgot or mistook.
 *
 * @param names - default: those of options.
 */
export function warningsOf(members: MessageMembers, names = OPTION_NAMES): string[] {
  const { contactId, queueArn, signal } = repairAddressee(members);
  const isOdd = typeof contactId === 'string' && NAME_OR_NUMBER.test(contactId);
  return [
    ...(isOdd
      ? [
          `${contactId} does not look like the id of a contact, such as 11111111-2222-3333-4444-555555555555: ` +
            'the message reaches nobody if no contact has it.',
        ]
      : []),
    ...(typeof queueArn === 'string' ? queueWarnings(queueArn) : []),
    ...(typeof signal === 'string' ? signalWarnings(signal) : []),
    ...(members.type === 'override' ? overrideWarnings(members, names) : []),
  ];
}

/** Connect writes ids of queues in lower case. */
function queueWarnings(queueArn: string): string[] {
  const id = arnId(queueArn, 'queue') ?? '';
  return /[A-Z]/.test(id)
    ? [`${id} looks like the name of a queue, and its ARN ends with its id: the message reaches nobody.`]
    : [];
}

function signalWarnings(signal: string): string[] {
  const unlikely = unlikelyText(signal, true);
  return unlikely === undefined ? [] : [`the signal ${JSON.stringify(signal)} ${unlikely}`];
}

/**
 * What the sender of a signal to a queue mistook about its Region: contacts have the ARNs of the Region in which their
 * events are received, also with Global Resiliency.
 *
 * @param region - of the deployment; undefined where it is not known.
 */
export function regionWarnings(members: MessageMembers, region: string | undefined): string[] {
  const { queueArn } = repairAddressee(members);
  const named = typeof queueArn === 'string' ? queueArn.split(':')[3] : undefined;
  return named && region && named !== region
    ? [`the queue is one of ${named}, and the deployment is in ${region}: the message reaches nobody.`]
    : [];
}

function overrideWarnings({ ttl, actor }: MessageMembers, names: OverrideNames): string[] {
  const hasActor = typeof actor === 'string' && actor.trim() !== '';
  return [
    ...(ttl === undefined
      ? [`the override has no ${names.ttl}: it lasts until it is released. ${names.ttlAdvice}`]
      : []),
    ...(hasActor ? [] : [`the override has no ${names.actor}: nobody can tell later who sent it.`]),
  ];
}
