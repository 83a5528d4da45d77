import type { VirtualTime } from './virtual-time.ts';

/** The delays before Lambda retries a failed asynchronous invocation. */
const RETRIES_MS = [60_000, 120_000];

/**
 * Invokes a function asynchronously, as EventBridge does, and retries it on failure.
 *
 * @param onDeadLetter - runs when all attempts have failed.
 */
export function invokeAsync(
  invoke: () => Promise<unknown>,
  onDeadLetter: () => void,
  time: VirtualTime,
  attempt = 0,
): void {
  invoke().then(undefined, () => {
    const retryMs = RETRIES_MS[attempt];
    if (retryMs === undefined) onDeadLetter();
    else time.after(retryMs, () => invokeAsync(invoke, onDeadLetter, time, attempt + 1));
  });
}
