import { type ContactFacts, currentQueue, type QueueVisit, withExactTime } from '../contact/facts.ts';
import type { HowLeft } from '../outgoing-events/lines.ts';

/** The end of a visit to a queue. */
export interface Leaving {
  /** When the contact left, in milliseconds since the epoch. */
  readonly at: number;
  /** When it had entered the queue, likewise: exactly, where that became known. */
  readonly enqueuedAt: number;
  readonly how: HowLeft;
}

/** How a visit to a queue ended; undefined while it lasts, and where no fact says how it ended. */
export function leavingOf(
  visit: Pick<QueueVisit, 'arn' | 'enqueuedAt'>,
  facts: ContactFacts | undefined,
): Leaving | undefined {
  if (!facts) return undefined;
  const { enqueuedAt } = withExactTime(visit, facts);
  const { connectedAt, disconnectedAt } = facts;
  if (connectedAt !== undefined && connectedAt >= enqueuedAt) {
    return { at: connectedAt, enqueuedAt, how: 'answered' };
  }
  const next = currentQueue(facts);
  if (next && next.enqueuedAt > enqueuedAt) return { at: next.enqueuedAt, enqueuedAt, how: 'transferred' };
  if (disconnectedAt === undefined) return undefined;
  return { at: Math.max(disconnectedAt, enqueuedAt), enqueuedAt, how: 'abandoned' };
}
