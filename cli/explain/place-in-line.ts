import { currentQueue, isOneQueue } from '../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { compareRanks } from '../state/queue-order.ts';
import { type RankSettings, rankOf } from '../state/rank.ts';

/** Where a contact stands in its queue, as far as the records tell. */
export interface PlaceInLine {
  /** From 1. */
  readonly place: number;
  /** Contacts that wait in the queue, this one included. */
  readonly waiting: number;
  /** Contacts among them whose routing in Connect is not known: its defaults are assumed. */
  readonly assumed: number;
  /** Whether the routing of this contact is one of these. */
  readonly isOwnAssumed: boolean;
  /** Whether more contacts wait in the queue than were looked at. */
  readonly isPartial: boolean;
}

/**
 * The place of a contact in its queue in the order in which Connect answers: by priority, then by time in queue plus age.
 * An update counts once it has taken effect.
 *
 * @param others - contacts that the table lists in the queue; this one may be among them.
 * @param now - milliseconds since the epoch.
 * @returns undefined where the contact waits in no queue.
 */
export function placeInLine(
  record: ContactRecord,
  others: readonly ContactRecord[],
  isPartial: boolean,
  settings: RankSettings,
  now: number,
): PlaceInLine | undefined {
  const queue = currentQueue(record.facts);
  if (!queue) return undefined;
  const line = others
    .filter(({ instanceId, contactId }) => instanceId !== record.instanceId || contactId !== record.contactId)
    .filter(({ facts, closedAt }) => {
      const arn = currentQueue(facts)?.arn;
      return closedAt === undefined && arn !== undefined && isOneQueue(arn, queue.arn);
    })
    .map((one) => rankOf(one, settings, now));
  const own = rankOf(record, settings, now);
  return {
    place: line.filter((other) => compareRanks(other, own) < 0).length + 1,
    waiting: line.length + 1,
    assumed: [own, ...line].filter(({ certainty }) => certainty !== 'known').length,
    isOwnAssumed: own.certainty !== 'known',
    isPartial,
  };
}
