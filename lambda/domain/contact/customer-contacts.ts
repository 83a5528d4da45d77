import { MAX_RECENT_CONTACTS } from '../policy/contact-view.ts';

/** The contacts of one customer that were queued within a day: one item of the table, at most 32 transfer chains. */
export type CustomerContacts = Readonly<Record<string, QueuedChain>>;

/** When contacts of a transfer chain were queued, in milliseconds since the epoch: the earliest and the latest. */
interface QueuedChain {
  readonly first: number;
  readonly last: number;
}

const DAY_MS = 86_400_000;

/** The contacts with one more, which was queued at that time. One that is added twice changes nothing. */
export function withQueuedContact(contacts: CustomerContacts, chainId: string, at: number): CustomerContacts {
  const known = contacts[chainId];
  const chain = { first: Math.min(known?.first ?? at, at), last: Math.max(known?.last ?? at, at) };
  const kept = Object.entries(contacts).filter(([id, { last }]) => id !== chainId && last >= at - DAY_MS);
  const latest = [...kept, [chainId, chain] as const].sort(([, a], [, b]) => b.last - a.last);
  return Object.fromEntries(latest.slice(0, MAX_RECENT_CONTACTS));
}

/** How many other transfer chains had a contact queued in the 24 hours before a time. */
export function chainsBefore(contacts: CustomerContacts, chainId: string, at: number): number {
  return Object.entries(contacts).filter(
    ([id, { first, last }]) => id !== chainId && first < at && last >= at - DAY_MS,
  ).length;
}

/** When no contact needs them any more, in milliseconds since the epoch. */
export function endOfContacts(contacts: CustomerContacts): number {
  return Math.max(0, ...Object.values(contacts).map(({ last }) => last)) + DAY_MS;
}
