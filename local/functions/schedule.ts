import type { LocalFunction } from './function.ts';
import { FunctionError } from './function-error.ts';

/** A timer's real delay is fixed when it is set, so the clock is looked at as often: it may have become faster. */
const POLL_INTERVAL_MS = 1_000;

/** Invokes a function again and again. */
export interface Schedule {
  /** Ends it, and resolves when the invocation under way is done. */
  stop(): Promise<void>;
}

/**
 * Invokes a function at a fixed rate in the time of the installed clock, as the EventBridge Scheduler does without
 * retries: one that fails is written to the function's log, and the next comes at its time. While one is under way
 * none is added.
 *
 * @param intervalMs - also the time until the first invocation.
 */
export function startSchedule(fn: Pick<LocalFunction, 'invoke'>, intervalMs: number): Schedule {
  let nextAt = Date.now() + intervalMs;
  let underWay: Promise<void> | undefined;
  let timer = setTimeout(invokeWhenDue, POLL_INTERVAL_MS);

  function invokeWhenDue(): void {
    timer = setTimeout(invokeWhenDue, POLL_INTERVAL_MS);
    const overdueMs = Date.now() - nextAt;
    if (overdueMs < 0) return;
    // What the clock has run past is not made up for.
    nextAt += (Math.floor(overdueMs / intervalMs) + 1) * intervalMs;
    underWay ??= invoke().finally(() => {
      underWay = undefined;
    });
  }

  async function invoke(): Promise<void> {
    try {
      await fn.invoke({});
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
    }
  }

  return {
    async stop() {
      clearTimeout(timer);
      await underWay;
    },
  };
}
