import { formatSpan } from '../../lambda/domain/duration.ts';
import { DEFAULT_ROUTING } from '../../lambda/domain/routing/routing.ts';
import type { WaitingContact } from '../state/waiting-contact.ts';
import { causeWords } from './change-words.ts';

/**
 * Why a contact is answered before all others of its queue: `priority 3 (gold-callers, step 1) comes before 5`.
 *
 * @param second - who is answered after it; undefined where nobody is.
 */
export function firstInLineWords(first: WaitingContact, second: WaitingContact | undefined): string {
  const cause = causeWords(first.override ? { override: first.override } : first);
  // Until the routing lag is over, what was accepted does not count.
  const isRaised = first.priority !== DEFAULT_ROUTING.priority || first.ageSeconds !== 0;
  const by = first.isEscalated && isRaised && cause !== '' ? ` (${cause})` : '';
  if (!second || second.isPaused) return `the only one who waits, priority ${first.priority}${by}`;
  if (first.priority < second.priority)
    return `priority ${first.priority}${by} comes before ${second.priority}`;
  if (first.enqueuedAt <= second.enqueuedAt)
    return `has waited longest of those with priority ${first.priority}${by}`;
  return `priority ${first.priority} as others, and its age of ${formatSpan(first.ageSeconds)}${by} counts as waiting`;
}
