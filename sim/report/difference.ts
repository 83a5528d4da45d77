import type { Estimate } from '../simulation/result.ts';

/**
 * The meaning of a paired change: it rose or fell; the runs show no difference (`unclear`); there is none
 * (`none`); or one run has a difference that may be chance (`one-run`).
 */
export type Difference = 'rose' | 'fell' | 'unclear' | 'none' | 'one-run';

/** Interprets a change: it is a difference only when its interval excludes zero. */
export function difference(change: Estimate | undefined, runs: number): Difference {
  if (change === undefined || !Number.isFinite(change.value)) return 'unclear';
  if (change.low === 0 && change.high === 0) return 'none';
  if (runs < 2) return 'one-run';
  if (change.low > 0) return 'rose';
  return change.high < 0 ? 'fell' : 'unclear';
}
