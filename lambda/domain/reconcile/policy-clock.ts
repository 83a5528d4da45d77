import { latestVisit } from '../contact/facts.ts';
import { endedAt, whenClockShows } from '../contact/pauses.ts';
import type { ContactRecord } from '../contact/record.ts';
import type { Policy } from '../policy/policy.ts';

/** When a policy's clock starts for a contact, in milliseconds since the epoch. */
export function clockStart({ clock }: Policy, { facts, chain }: ContactRecord): number {
  const enqueuedAt = latestVisit(facts)?.enqueuedAt ?? 0;
  switch (clock.from) {
    case 'enqueued':
      return enqueuedAt;
    case 'firstEnqueued':
      return Math.min(enqueuedAt, facts?.firstEnqueuedAt ?? enqueuedAt, chain?.firstEnqueuedAt ?? enqueuedAt);
    case 'initiated':
      return facts?.initiatedAt ?? enqueuedAt;
  }
}

/**
 * When a policy's clock shows a time.
 *
 * @param shownMs - milliseconds on the clock, 0 or more.
 * @param start - as `clockStart` says.
 * @returns milliseconds since the epoch; infinite where it never does.
 */
export function whenPolicyClockShows(
  shownMs: number,
  { pausedCounts, clock: { from, calendar } }: Policy,
  { facts, chain }: ContactRecord,
  start: number,
): number {
  if (pausedCounts) return whenClockShows(start, shownMs, { calendar });
  const before = from === 'firstEnqueued' && chain ? endedAt(chain, latestVisit(facts)?.enqueuedAt) : {};
  return whenClockShows(start, shownMs, { facts, before, calendar });
}
