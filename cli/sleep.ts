import { setTimeout } from 'node:timers/promises';

/**
 * Waits for a number of milliseconds, at most 24 days.
 *
 * @param signal - ends the wait early, without an error, when it is aborted.
 */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
