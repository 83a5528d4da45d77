import type { LocalFunction } from './function.ts';
import { FunctionError } from './function-error.ts';

/** The schedule polls the clock, because a timer does not follow when the clock is advanced. */
const POLL_INTERVAL_MS = 1_000;

/** Invokes a function at a fixed rate. */
export interface Schedule {
  /** Ends the schedule, and resolves when the running invocation is finished. */
  stop(): Promise<void>;
}

/**
 * Invokes a function at a fixed rate in the time of the installed clock, as EventBridge Scheduler does
 * without retries. A failed invocation is in the function's log and does not end the schedule. While an
 * invocation runs, the schedule starts no other.
 *
 * @param intervalMs - also the time until the first invocation.
 */
export function startSchedule(fn: Pick<LocalFunction, 'invoke'>, intervalMs: number): Schedule {
  let nextAt = Date.now() + intervalMs;
  let running: Promise<void> | undefined;
  let timer = setTimeout(invokeWhenDue, POLL_INTERVAL_MS);

  function invokeWhenDue(): void {
    timer = setTimeout(invokeWhenDue, POLL_INTERVAL_MS);
    const overdueMs = Date.now() - nextAt;
    if (overdueMs < 0) return;
    // Skips the invocations that the clock has run past.
    nextAt += (Math.floor(overdueMs / intervalMs) + 1) * intervalMs;
    running ??= invoke().finally(() => {
      running = undefined;
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
      await running;
    },
  };
}
