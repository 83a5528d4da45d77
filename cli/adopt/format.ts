import { visibleLine } from '../../lambda/domain/visible-text.ts';
import type { FoundWaiting } from '../../lambda/flow/adopt.ts';
import { formatTime, plural } from '../format.ts';

/** What `escalator adopt` found and did. */
export interface Adoption {
  /** Contacts that wait, as far as SearchContacts tells. */
  readonly waiting: number;
  /** Those among them that the system does not know. */
  readonly unknown: readonly FoundWaiting[];
  readonly dryRun: boolean;
}

const CANNOT_BE_FOUND =
  'Calls that came in cannot be found this way: SearchContacts has them once they were connected or have ended. ' +
  'The next event of a call takes it in.';

/** @param now - milliseconds since the epoch. */
export function formatAdoption({ waiting, unknown, dryRun }: Adoption, now: number): string {
  const lines = [
    foundSentence(waiting, unknown.length),
    ...(dryRun ? unknown.map((contact) => formatContact(contact, now)) : []),
    ...(dryRun || unknown.length === 0
      ? []
      : [
          `${plural(unknown.length, 'message')} sent: the system asks Connect about each contact, within its budget of ` +
            'DescribeContact, and takes in those that wait.',
        ]),
    CANNOT_BE_FOUND,
  ];
  return `${lines.join('\n')}\n`;
}

function foundSentence(waiting: number, unknown: number): string {
  if (waiting === 0) return 'No contact was found that waits.';
  const known =
    unknown === 0 ? 'the system knows all of them' : `the system does not know ${unknown} of them`;
  return `${plural(waiting, 'contact')} found that ${waiting === 1 ? 'waits' : 'wait'}; ${known}.`;
}

/** The JSON document of `--json`. */
export function toAdoptionJson({ waiting, unknown, dryRun }: Adoption): object {
  return {
    waiting,
    unknown: unknown.map(({ instanceId, contactId, channel, queueId, enqueuedAt }) => ({
      instanceId,
      contactId,
      channel,
      queueId,
      enqueuedAt: enqueuedAt === undefined ? undefined : formatTime(enqueuedAt),
    })),
    sent: dryRun ? 0 : unknown.length,
    notFound: CANNOT_BE_FOUND,
  };
}

function formatContact({ contactId, channel, queueId, enqueuedAt = 0 }: FoundWaiting, now: number): string {
  const minutes = Math.floor(Math.max(0, now - enqueuedAt) / 60_000);
  return visibleLine(`  ${contactId}  ${channel ?? ''}  queue ${queueId ?? 'unknown'}  waits ${minutes} min`);
}
