import { repairAddressee } from '../../lambda/domain/messages/addressee.ts';
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
        : `It goes to the contacts that wait in ${queueArn} when it arrives, and not to those that come later.`;
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

/** What the sender of a valid message probably forgot or mistook. */
export function warningsOf(members: MessageMembers): string[] {
  const { contactId } = repairAddressee(members);
  const isOdd = typeof contactId === 'string' && NAME_OR_NUMBER.test(contactId);
  return [
    ...(isOdd
      ? [
          `${contactId} does not look like the id of a contact, such as 11111111-2222-3333-4444-555555555555: ` +
            'the message reaches nobody if no contact has it.',
        ]
      : []),
    ...(members.type === 'override' ? overrideWarnings(members) : []),
  ];
}

function overrideWarnings({ ttl, actor }: MessageMembers): string[] {
  const hasActor = typeof actor === 'string' && actor.trim() !== '';
  return [
    ...(ttl === undefined
      ? ['the override has no --ttl: it lasts until it is released. Pass for example --ttl 10m.']
      : []),
    ...(hasActor ? [] : ['the override has no --actor: nobody can tell later who sent it.']),
  ];
}
