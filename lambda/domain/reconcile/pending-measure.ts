/** What a sweep measures of the pending changes. */
export interface PendingMeasure {
  /** Changes that are due now. */
  readonly count: number;
  /** Seconds since the oldest of them fell due; 0 without any. */
  readonly oldestAgeSeconds: number;
  /** Seconds for which changes have been due while dispatch made no call; 0 while none is due, or calls are made. */
  readonly stuckSeconds: number;
}

/**
 * Measures the pending changes at `now`. A backlog that is worked off is old, but not stuck: then the last call was
 * made just now.
 *
 * @param dueAt - when each fell due, in milliseconds since the epoch; undefined for work that is never late.
 * @param lastCallAt - when dispatch last took tokens for calls; undefined: never.
 */
export function measurePending(
  dueAt: readonly (number | undefined)[],
  lastCallAt: number | undefined,
  now: number,
): PendingMeasure {
  const due = dueAt.filter((at) => at !== undefined).filter((at) => at <= now);
  const oldestDueAt = Math.min(now, ...due);
  const secondsSince = (at: number) => Math.floor(Math.max(0, now - at) / 1_000);
  return {
    count: due.length,
    oldestAgeSeconds: secondsSince(oldestDueAt),
    stuckSeconds: secondsSince(Math.max(oldestDueAt, lastCallAt ?? oldestDueAt)),
  };
}
