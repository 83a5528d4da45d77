import { stableHash } from '../stable-hash.ts';

/**
 * Whether a contact is in the part of a rollout, always the same for the same policy and chain of contacts: a
 * transfer keeps its initial contact id, and so its arm.
 *
 * @param percent - 0 takes nobody in, 100 everybody; fractions count.
 */
export function isInRollout(policyName: string, initialContactId: string, percent: number): boolean {
  if (percent >= 100) return true;
  return (stableHash(`${policyName}\u0000${initialContactId}`) / 2 ** 32) * 100 < percent;
}
