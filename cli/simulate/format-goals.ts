import { isShare, judgedSets } from '../../sim/goals/index.ts';
import type { GoalResult, SimulationResult } from '../../sim/simulation/index.ts';
import { formatEstimate, formatPercent, scaled } from './estimate-words.ts';

/** The goals of each judged set, each with a tick or a cross and the figure; none without goals. */
export function formatGoals(result: SimulationResult): string[] {
  return judgedSets(result).flatMap(({ name, goals = [] }) =>
    goals.length === 0 ? [] : ['', `Goals, with ${name}:`, ...goals.map((goal) => `  ${formatGoal(goal)}`)],
  );
}

/** `✓ gold: 90 % within 60s: 96 ± 0.8 %` */
export function formatGoal(result: GoalResult): string {
  const { tier, goal, verdict, contacts } = result;
  const mark = verdict === 'met' ? '✓' : '✗';
  const found = contacts === 0 ? 'no contacts' : formatFound(result);
  const doubt =
    verdict === 'unclear' && contacts > 0
      ? ' (unclear: the interval includes the limit; more runs narrow it)'
      : '';
  return `${mark} ${tier}: ${goal}: ${found}${doubt}`;
}

/** `96 ± 0.8 %`, `+2.6 ± 1.1 points` or `642 ± 34 s`. */
export function formatFound(result: GoalResult): string {
  const { isChange, found } = result;
  const words = wordsOf(result);
  return isChange && found.value > 0 ? `+${words}` : words;
}

function wordsOf(result: GoalResult): string {
  const { isChange, found } = result;
  if (!isShare(result)) return formatEstimate(found, 's');
  return isChange ? formatEstimate(scaled(found, 100), 'points') : formatPercent(found);
}
