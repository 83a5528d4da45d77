import { currentQueue } from '../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { type QuotaLimits, refill } from '../../lambda/domain/routing/token-bucket.ts';
import { describeLimits, updateLimits } from '../../lambda/domain/settings.ts';
import type { QuotaState } from '../../lambda/flow/ports.ts';
import type { SimulatedAws } from './simulated-aws.ts';
import type { World } from './world.ts';

/** How long after the end of faults no contact is overdue any more, in milliseconds: a failed message is back by then. */
export const CAUGHT_UP_MS = 300_000;

/** Checks a part of invariant 13, {@link CAUGHT_UP_MS} after the end of faults: what they left behind is made up for. */
export function checkCaughtUp({ aws, withSweep }: World, now: number): void {
  const problems = [...leftProblems(aws), ...(withSweep ? overdueProblems(aws.table.records(), now) : [])];
  for (const problem of problems) aws.checker.reportViolation(13, problem);
}

/** Checks a part of invariant 13 at the end of a run: dispatch may use the whole quota again. */
export function checkRates({ aws, settings }: World, now: number): void {
  const quota = aws.table.loadQuota();
  if (!quota) return;
  const limits = { update: updateLimits(settings), describe: describeLimits(settings) };
  for (const problem of rateProblems(quota.state, limits, now)) aws.checker.reportViolation(13, problem);
}

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

/** A wake-up that was lost comes again within this time, in milliseconds: 90 seconds, and the requests of the sweep. */
const OVERDUE_MS = 120_000;

/**
 * A part of invariant 13, for {@link CAUGHT_UP_MS} after the end of faults: each contact was reconciled when it should
 * have been, also where its wake-up was lost.
 *
 * @returns what is wrong.
 */
export function overdueProblems(records: Iterable<ContactRecord>, now: number): string[] {
  return [...records].flatMap(({ contactId, facts, wakeAt = now }) => {
    const overdueMs = now - wakeAt;
    // Of a contact that left by an answer of Connect, a wake-up may be left that nobody needs.
    if (overdueMs <= OVERDUE_MS || (facts && !currentQueue(facts))) return [];
    return [`${contactId} should have been reconciled ${Math.round(overdueMs / 1_000)} s ago`];
  });
}

/** While no dispatch runs, no change is left for longer than this, in milliseconds: the sweep starts one each minute. */
const LEFT_MS = 90_000;

function leftProblems({ hasDeadLetters, dispatchIdleMs, checker }: SimulatedAws): string[] {
  // A notification among the dead letters starts no dispatch before it is redriven.
  if (hasDeadLetters || dispatchIdleMs <= LEFT_MS) return [];
  return checker.urgency
    .sendableFor(LEFT_MS)
    .map((contactId) => `${contactId} has a change that could be sent, and no dispatch runs`);
}
