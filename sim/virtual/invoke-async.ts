import type { VirtualTime } from './virtual-time.ts';

/** Lambda tries a failed asynchronous invocation again after these times. */
const RETRIES_MS = [60_000, 120_000];

/**
 * Invokes a function as EventBridge does: nobody waits for it, and what fails is tried again.
 *
 * @param onDead - what to do when every try has failed.
 */
export function invokeAsync(
  invoke: () => Promise<unknown>,
  onDead: () => void,
  time: VirtualTime,
  attempt = 0,
): void {
  invoke().then(undefined, () => {
    const retryMs = RETRIES_MS[attempt];
    if (retryMs === undefined) onDead();
    else time.after(retryMs, () => invokeAsync(invoke, onDead, time, attempt + 1));
  });
}
