import { TIMEOUT_MS } from '../../virtual/delivery.ts';

/** By how much the clocks of two processes may differ, and how long a request may be on its way, in milliseconds. */
const SLACK_MS = 10_000;

/**
 * Checks invariant 22: an update counts as under way for as long as a dispatch can take, and no longer. What wants to
 * send it meanwhile comes back later; once the process that began it has ended, nothing is in the way.
 */
export class UnderWayChecker {
  checks = 0;
  readonly #begunAt = new Map<string, number>();
  readonly #report: (message: string) => void;

  constructor(report: (message: string) => void) {
    this.#report = report;
  }

  /** A process begins an update. @param key - of its idempotency record. @param at - milliseconds since the epoch. */
  onBegun(key: string, at: number): void {
    this.#begunAt.set(key, at);
  }

  /** A process may not begin an update, which counts as under way. */
  onRefused(key: string, contactId: string, at: number): void {
    this.checks += 1;
    const begunAt = this.#begunAt.get(key);
    if (begunAt === undefined || at - begunAt <= TIMEOUT_MS.dispatch + SLACK_MS) return;
    this.#report(
      `an update of ${contactId} counts as under way, and began ${Math.round(at - begunAt)} ms ago`,
    );
  }
}
