import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { type QuotaLimits, refill } from '../../lambda/domain/routing/token-bucket.ts';
import type { QuotaState } from '../../lambda/flow/ports.ts';

/**
 * A part of invariant 13, for the end of a run, long after its faults: whatever throttled calls before, dispatch may use
 * the whole quota again.
 *
 * @param state - of the quotas, as dispatch stored it last.
 * @param limits - the part of each quota that may be used.
 * @returns what is wrong.
 */
export function rateProblems(
  state: QuotaState,
  limits: Readonly<Record<keyof QuotaState, QuotaLimits>>,
  now: number,
): string[] {
  return (['update', 'describe'] as const).flatMap((api) => {
    // As the next dispatch computes it.
    const { ratePerSecond } = refill(state[api], limits[api], now);
    const limit = limits[api].ratePerSecond;
    if (ratePerSecond >= limit) return [];
    return [
      `dispatch may make ${ratePerSecond.toFixed(3)} calls of ${api} a second; the quota grants ${limit}`,
    ];
  });
}

/** How long after the end of faults no contact is overdue any more, in milliseconds: a failed message is back by then. */
export const CAUGHT_UP_MS = 300_000;

/** A wake-up that was lost comes again within this time, in milliseconds: 90 seconds, and the requests of the sweep. */
const OVERDUE_MS = 120_000;

/**
 * A part of invariant 13, for {@link CAUGHT_UP_MS} after the end of faults: each contact was reconciled when it should
 * have been, also where its wake-up was lost.
 *
 * @returns what is wrong.
 */
export function overdueProblems(records: Iterable<ContactRecord>, now: number): string[] {
  return [...records].flatMap(({ contactId, wakeAt = now }) => {
    const overdueMs = now - wakeAt;
    if (overdueMs <= OVERDUE_MS) return [];
    return [`${contactId} should have been reconciled ${Math.round(overdueMs / 1_000)} s ago`];
  });
}

/** No change is left for so long while no dispatch runs, in milliseconds: the sweep starts one each minute. */
export const LEFT_MS = 90_000;
