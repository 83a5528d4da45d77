import { stableHash } from '../stable-hash.ts';

/**
 * Returns whether a rollout includes a contact. The result is always the same for the same policy and
 * transfer chain, because a transferred contact keeps its initial contact id.
 *
 * @param percent - from 0 (no contact) to 100 (every contact); fractions count.
 */
export function isInRollout(policyName: string, initialContactId: string, percent: number): boolean {
  // A hash is less than 2 to the power of 32, so that 100 percent are all.
  return (stableHash(`${policyName}\u0000${initialContactId}`) / 2 ** 32) * 100 < percent;
}
