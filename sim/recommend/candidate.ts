import type { RunConfiguration } from '../simulation/index.ts';
import type { Point } from './search/space.ts';

/** A policy set that may be recommended. */
export interface Candidate {
  /** Unique: `none`, or the indexes of its values. */
  readonly id: string;
  /** Undefined for the set without policies. */
  readonly point?: Point;
  readonly set: RunConfiguration;
}

/** The id of the set without policies. */
export const NONE = 'none';

/** The candidates without repeats. */
export function distinctCandidates(candidates: readonly Candidate[]): Candidate[] {
  return [...new Map(candidates.map((candidate) => [candidate.id, candidate])).values()];
}

/** The number of steps of a candidate: how much there is to understand. */
export function stepCount({ set }: Candidate): number {
  return set.policies.policies.reduce((sum, { steps }) => sum + steps.length, 0);
}
