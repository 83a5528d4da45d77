import type { Candidate } from '../../sim/recommend/candidate.ts';
import type { Recommendation } from '../../sim/recommend/recommendation.ts';
import type { GoalResult } from '../../sim/simulation/result.ts';
import { formatFound } from '../simulate/format-goals.ts';
import { staffingWords } from './words.ts';

/**
 * What came of a search, in sentences: the verdict first, then its reasons.
 *
 * @param wordsOf - the policies of a candidate in words; `none` without any.
 */
export function verdictSentences(
  { outcome, best, stress = [], staffing }: Recommendation,
  wordsOf: (candidate: Candidate) => string,
): [verdict: string, ...reasons: string[]] {
  const nearest = `The nearest: ${wordsOf(best.candidate)}.`;
  switch (outcome) {
    case 'recommended':
      return [`Recommended: ${wordsOf(best.candidate)}.`];
    case 'none-needed':
      return ['No policy is needed: the goals are met without any.'];
    case 'fragile': {
      const failing = stress.filter(({ holds }) => !holds).map(({ variant }) => variant);
      return [
        `Nothing is recommended: the goals are met in this scenario, but not with ${failing.join(', nor with ')}.`,
        nearest,
      ];
    }
    case 'starving':
      return [
        'Nothing is recommended: what meets the goals starves a tier.',
        ...best.starvation.map(({ reason }) => reason),
        nearest,
      ];
    case 'unreachable':
      return [...unmetSentences(best.goals), ...(staffing ? [staffingWords(staffing)] : []), nearest];
  }
}

/**
 * Why goals of the nearest set are not met. `missed`: the whole interval is on the wrong side of the limit, so more runs
 * change nothing; `unclear`: they may.
 */
function unmetSentences(goals: readonly GoalResult[]): [string, ...string[]] {
  const missed = goals.filter(({ verdict }) => verdict === 'missed');
  const unclear = goals.filter(({ verdict }) => verdict === 'unclear');
  const [first, ...more] = [...missedSentences(missed, goals.length), ...unclear.map(unclearSentence)];
  return [first ?? 'Nothing is recommended.', ...more];
}

function missedSentences(missed: readonly GoalResult[], goals: number): string[] {
  const [only] = missed;
  if (!only) return [];
  if (goals === 1) {
    return [
      `No policy of this draft reaches ${only.goal} for ${only.tier}: the best gets ${formatFound(only)}.`,
    ];
  }
  // Each goal may be in reach by itself, at the expense of another one.
  const each = missed.map((goal) => `${goal.tier} gets ${formatFound(goal)}, not ${goal.goal}`);
  return [`No policy of this draft reaches all goals: with the nearest, ${each.join('; ')}.`];
}

function unclearSentence(goal: GoalResult): string {
  if (goal.contacts === 0)
    return `Whether ${goal.goal} is reached for ${goal.tier} cannot be said: it has no contacts.`;
  return `It is unclear whether a policy of this draft reaches ${goal.goal} for ${goal.tier}: the nearest gets ${formatFound(goal)}, and the limit lies within that interval. A larger --budget narrows it.`;
}
