import { backOffMs } from '../flow/back-off.ts';

/** Waits after so many conflicts, for a time of chance. */
export function backOff(conflicts: number): Promise<void> {
  return new Promise((done) => setTimeout(done, backOffMs(conflicts, Math.random())));
}
