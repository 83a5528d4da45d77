import { type Goal, isReached, judgeGoals } from '../goals/index.ts';
import type { GoalResult } from '../simulation/result.ts';
import type { Candidate } from './candidate.ts';
import type { Trials } from './trials.ts';
import type { Variant } from './variants.ts';

/** How a candidate does in a variant of the scenario. */
export interface StressResult {
  /** For people: `10 % more contacts`. */
  readonly variant: string;
  readonly goals: readonly GoalResult[];
  /** True if the figure of each goal is on the right side of its limit, without regard to the interval. */
  readonly holds: boolean;
}

/** The variants with their trials. */
export type StressTrials = readonly { readonly variant: Variant; readonly trials: Trials }[];

/** Tries a candidate in all variants. */
export async function stress(
  candidate: Candidate,
  none: Candidate,
  goals: readonly Goal[],
  stressTrials: StressTrials,
  runs: number,
): Promise<StressResult[]> {
  const results: StressResult[] = [];
  for (const { variant, trials } of stressTrials) {
    await trials.ensure([none, candidate], runs);
    const judged = judgeGoals(goals, {
      counts: trials.tally(candidate).tiers,
      baseline: trials.tally(none).tiers,
      thresholds: trials.thresholds,
    });
    results.push({ variant: variant.name, goals: judged, holds: judged.every(holds) });
  }
  return results;
}

function holds(result: GoalResult): boolean {
  return result.contacts === 0 || isReached(result, result.found.value);
}
