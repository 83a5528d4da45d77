import { CONFIDENCE, estimate, pairedEstimate, shareEstimate } from '../simulation/estimate.ts';
import type { Estimate, GoalResult } from '../simulation/result.ts';
import { contactsOf, goalFigures, type TierCounts } from './figures.ts';
import { type Goal, isReached, isShare } from './goal.ts';

/** What goals are judged by. */
export interface Judged {
  readonly counts: TierCounts;
  /** Those of the baseline, in the same runs. */
  readonly baseline: TierCounts;
  /** Those with which all counts were made. */
  readonly thresholds: readonly number[];
  /** The confidence of the interval that must clear the limit. Default: that of all figures. */
  readonly confidence?: number;
}

/** Judges each goal by the interval of its figure. */
export function judgeGoals(goals: readonly Goal[], judged: Judged): GoalResult[] {
  return goals.map((goal): GoalResult => {
    const { tier, text, figure, isChange, limit } = goal;
    const contacts = contactsOf(goal, judged.counts);
    const found = goalEstimate(goal, judged);
    return {
      tier,
      goal: text,
      figure,
      isChange,
      limit,
      contacts,
      found,
      verdict: verdictOf(goal, found, contacts),
    };
  });
}

/** The figure of a goal, or its difference to the baseline, with its interval. */
function goalEstimate(
  goal: Goal,
  { counts, baseline, thresholds, confidence = CONFIDENCE }: Judged,
): Estimate {
  const values = goalFigures(goal, counts, thresholds);
  if (goal.isChange) return pairedEstimate(values, goalFigures(goal, baseline, thresholds), confidence);
  return isShare(goal) ? shareEstimate(values, confidence) : estimate(values, confidence);
}

function verdictOf(goal: Goal, { low, high }: Estimate, contacts: number): GoalResult['verdict'] {
  if (contacts === 0) return 'unclear';
  const [worst, best] = goal.figure === 'answered' ? [low, high] : [high, low];
  if (isReached(goal, worst)) return 'met';
  return isReached(goal, best) ? 'unclear' : 'missed';
}
