import { type ContactFacts, latestVisit } from './facts.ts';

const DAY_MS = 86_400_000;

/** The record of a contact that has left stays, so that late events find it, and a callback or transfer its predecessor. */
const AFTER_END_MS = 2 * DAY_MS;

/** Events that cannot be sent are kept as long as SQS keeps dead letters: somebody may have to grant access first. */
const UNSENT_MS = 14 * DAY_MS;

/**
 * How long a contact may wait or be served, by channel, with a week to spare: Connect lets chats wait for 7 days,
 * e-mails and tasks for 90. Of calls it says nothing; queued callbacks wait for days.
 */
const LONGEST_MS: Readonly<Record<string, number>> = { VOICE: 14 * DAY_MS, CHAT: 14 * DAY_MS };
const LONGEST_OTHERS_MS = 97 * DAY_MS;

/**
 * Until when the record of a contact that is written now must be kept, in milliseconds since the epoch: two days after
 * its end, or two weeks while events about it are not sent; else as long as Connect lets it wait.
 */
export function keptUntil(facts: ContactFacts | undefined, now: number, hasUnsentEvents = false): number {
  const afterEndMs = hasUnsentEvents ? UNSENT_MS : AFTER_END_MS;
  return now + (facts?.disconnectedAt === undefined ? longestMs(facts) : afterEndMs);
}

/**
 * True when the record would be deleted while its contact may wait: it was written when less was known of the contact,
 * or by a version that kept records for a shorter time.
 *
 * @param expiresAt - until when it is kept now, in milliseconds since the epoch.
 */
export function expiresTooSoon(facts: ContactFacts | undefined, expiresAt: number): boolean {
  const visit = latestVisit(facts);
  if (!visit || facts?.disconnectedAt !== undefined) return false;
  return expiresAt < visit.enqueuedAt + longestMs(facts);
}

function longestMs(facts: ContactFacts | undefined): number {
  return LONGEST_MS[facts?.channel ?? ''] ?? LONGEST_OTHERS_MS;
}
