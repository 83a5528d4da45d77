import type { Estimate } from '../simulation/result.ts';

/**
 * What a paired change tells: that something rose or fell; that these runs cannot show a difference (`unclear`); that
 * there is none at all (`none`); or, of one run, a difference that may be luck (`one-run`).
 */
export type Difference = 'rose' | 'fell' | 'unclear' | 'none' | 'one-run';

/** Reads a change with its interval: only one that leaves zero out shows a difference. */
export function difference(change: Estimate | undefined, runs: number): Difference {
  if (change === undefined || !Number.isFinite(change.value)) return 'unclear';
  if (change.low === 0 && change.high === 0) return 'none';
  if (runs < 2) return 'one-run';
  if (change.low > 0) return 'rose';
  return change.high < 0 ? 'fell' : 'unclear';
}
