import type { SimulatedSetResult, SimulationResult } from '../simulation/result.ts';

/** The sets that are judged by goals: those that are compared with the baseline, or the baseline alone. */
export function judgedSets({ sets }: SimulationResult): readonly SimulatedSetResult[] {
  return sets.length > 1 ? sets.slice(1) : sets;
}
