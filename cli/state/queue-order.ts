import type { Rank } from './rank.ts';
import type { WaitingContact } from './waiting-contact.ts';

/** Negative where Connect answers the first one before the second: by priority, then by time in queue plus age. */
export function compareRanks(
  a: Pick<Rank, 'priority' | 'rankedAt'>,
  b: Pick<Rank, 'priority' | 'rankedAt'>,
): number {
  return a.priority - b.priority || a.rankedAt - b.rankedAt;
}

/** The contacts of a queue in the order in which Connect answers. Tasks that are paused come last. */
export function inOrder(contacts: readonly WaitingContact[]): WaitingContact[] {
  return contacts.toSorted(
    (a, b) =>
      Number(a.isPaused) - Number(b.isPaused) || compareRanks(a, b) || (a.contactId < b.contactId ? -1 : 1),
  );
}
