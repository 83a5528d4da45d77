import { currentQueue, isOneQueue, queueVisitId } from '../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { DEFAULT_ROUTING } from '../../lambda/domain/routing/routing.ts';

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
 *
 * @param others - contacts that the table lists in the queue; this one may be among them.
 * @returns undefined where the contact waits in no queue.
 */
export function placeInLine(
  record: ContactRecord,
  others: readonly ContactRecord[],
  isPartial: boolean,
): PlaceInLine | undefined {
  const queue = currentQueue(record.facts);
  if (!queue) return undefined;
  const line = others
    .filter(({ instanceId, contactId }) => instanceId !== record.instanceId || contactId !== record.contactId)
    .filter(({ facts, closedAt }) => {
      const arn = currentQueue(facts)?.arn;
      return closedAt === undefined && arn !== undefined && isOneQueue(arn, queue.arn);
    })
    .map(rankOf);
  const own = rankOf(record);
  const isBefore = (other: Rank) =>
    other.priority !== own.priority ? other.priority < own.priority : other.rankedAt < own.rankedAt;
  return {
    place: line.filter(isBefore).length + 1,
    waiting: line.length + 1,
    assumed: [own, ...line].filter(({ isAssumed }) => isAssumed).length,
    isOwnAssumed: own.isAssumed,
    isPartial,
  };
}

/** What Connect orders by: the priority, then the time of enqueue less the age. */
interface Rank {
  readonly priority: number;
  /** Milliseconds since the epoch. */
  readonly rankedAt: number;
  readonly isAssumed: boolean;
}

function rankOf({ facts, status }: ContactRecord): Rank {
  const current = status && status.queueVisit === queueVisitId(facts) ? status : undefined;
  const { priority, ageSeconds } = { ...DEFAULT_ROUTING, ...current?.applied };
  const enqueuedAt = currentQueue(facts)?.enqueuedAt ?? 0;
  return {
    priority,
    rankedAt: enqueuedAt - ageSeconds * 1_000,
    isAssumed: !current?.isObserved || current.unconfirmed !== undefined,
  };
}
