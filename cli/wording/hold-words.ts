import type { Hold, WaitingContact } from '../state/waiting-contact.ts';

const HOLDS: Readonly<Record<Hold, string>> = {
  'calls-stopped': 'calls are stopped',
  rejected: 'Connect rejected a change',
  retry: 'will be tried again',
  question: 'waits for an answer of DescribeContact',
  turn: 'waits for its turn',
  ratchet: 'kept as urgent as it is',
  override: 'overridden',
};

/** What keeps a change back, in words. */
export function holdWords(hold: Hold, { override }: Pick<WaitingContact, 'override'>): string {
  return hold === 'override' && override?.actor ? `overridden by ${override.actor}` : HOLDS[hold];
}
