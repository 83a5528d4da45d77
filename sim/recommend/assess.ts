import { type Goal, judgeGoals, shortfall } from '../goals/index.ts';
import { estimate } from '../simulation/estimate.ts';
import type { GoalResult } from '../simulation/result.ts';
import { type Candidate, stepCount } from './candidate.ts';
import {
  costByRun,
  estimateExtra,
  extraByRun,
  type OthersCost,
  otherTiers,
  type TierCost,
  tierCosts,
} from './cost.ts';
import type { Trials } from './trials.ts';

/** How a candidate does, by the runs so far. */
export interface Assessment {
  readonly candidate: Candidate;
  readonly runs: number;
  readonly goals: readonly GoalResult[];
  /** How far the goals are away; 0 where they would all be met if more runs showed the same. */
  readonly shortfall: number;
  /** The mean of {@link costByRun} for the tiers that no goal favours. */
  readonly cost: number;
  readonly costByRun: readonly number[];
  readonly tierCosts: readonly TierCost[];
  /** That of these tiers together. */
  readonly othersCost: OthersCost;
  /** Calls per run. */
  readonly calls: number;
  readonly steps: number;
}

/** What candidates are assessed by. */
export interface Criteria {
  readonly goals: readonly Goal[];
  /** The set without policies. */
  readonly none: Candidate;
  /** The number of runs by which a candidate is judged in the end. */
  readonly finalRuns: number;
  /** That of the intervals. Default: that of all figures. */
  readonly confidence?: number;
}

/** Assesses a candidate against none. Both have run in the trials, none at least as often. */
export function assess(candidate: Candidate, trials: Trials, criteria: Criteria): Assessment {
  const { goals, none, finalRuns, confidence } = criteria;
  const [tally, baseline] = [trials.tally(candidate), trials.tally(none)];
  const judged = {
    counts: tally.tiers,
    baseline: baseline.tiers,
    thresholds: trials.thresholds,
    ...(confidence !== undefined && { confidence }),
  };
  const others = otherTiers(goals, trials.scenario.tiers);
  const extra = extraByRun(others, tally, baseline);
  const costs = costByRun(extra);
  return {
    candidate,
    runs: trials.runCount(candidate),
    goals: judgeGoals(goals, judged),
    shortfall: shortfall(goals, judged, finalRuns),
    cost: estimate(costs).value,
    costByRun: costs,
    tierCosts: tierCosts(others, tally, baseline),
    othersCost: estimateExtra(extra),
    calls: estimate(tally.calls.madeByRun).value,
    steps: stepCount(candidate),
  };
}

/** Orders assessments: what reaches the goals first, then by cost to the others, calls and steps. */
export function compareAssessments(a: Assessment, b: Assessment): number {
  return a.shortfall - b.shortfall || a.cost - b.cost || a.calls - b.calls || a.steps - b.steps;
}
