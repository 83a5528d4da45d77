import { estimate } from '../simulation/estimate.ts';
import type { Starvation } from '../simulation/result.ts';
import { findStarvation } from '../simulation/starvation.ts';
import { sampleVariance } from '../statistics/index.ts';
import { type Assessment, assess, type Criteria, compareAssessments } from './assess.ts';
import type { Candidate } from './candidate.ts';
import type { Trials } from './trials.ts';

/** A finalist after the runs that the search never saw. */
export interface Finalist extends Assessment {
  /** True if every goal is met. */
  readonly meetsGoals: boolean;
  /** The tiers that it starves, against none. */
  readonly starvation: readonly Starvation[];
}

/**
 * Judges the finalists by new customers. The intervals are as wide as several looks ask (Bonferroni): with the given
 * confidence, none of the finalists meets its goals by chance.
 *
 * @returns the finalists in the order of the candidates.
 */
export async function judgeFinalists(
  candidates: readonly Candidate[],
  trials: Trials,
  criteria: Criteria,
): Promise<Finalist[]> {
  const { none, finalRuns } = criteria;
  await trials.ensure([none, ...candidates], finalRuns);
  return candidates.map((candidate) => {
    const assessment = assess(candidate, trials, criteria);
    const { serviceLevelSeconds } = trials.scenario;
    return {
      ...assessment,
      meetsGoals: assessment.goals.every(({ verdict }) => verdict === 'met'),
      starvation:
        candidate.id === none.id
          ? []
          : findStarvation(trials.tally(candidate), trials.tally(none), serviceLevelSeconds, none.id),
    };
  });
}

/**
 * The finalists that meet the goals and starve no tier, in the order in which they are to be recommended: those that
 * cost within one standard error of the cheapest are equal, and of these the simplest is first.
 */
export function inOrderOfChoice(finalists: readonly Finalist[]): Finalist[] {
  const qualified = finalists
    .filter(({ meetsGoals, starvation }) => meetsGoals && starvation.length === 0)
    .sort(compareAssessments);
  const [cheapest] = qualified;
  if (!cheapest) return [];
  const isEqual = (one: Finalist) => one.cost - cheapest.cost <= standardError(one, cheapest);
  const simplest = qualified
    .filter(isEqual)
    .sort((a, b) => a.steps - b.steps || a.calls - b.calls || a.cost - b.cost);
  return [...simplest, ...qualified.filter((one) => !isEqual(one))];
}

/** The standard error of the difference of two costs, paired by run. */
function standardError(a: Assessment, b: Assessment): number {
  const differences = a.costByRun.map((cost, run) => cost - (b.costByRun[run] ?? Number.NaN));
  const measured = differences.filter((value) => !Number.isNaN(value));
  if (measured.length < 2) return 0;
  const mean = estimate(measured).value;
  return Math.sqrt(sampleVariance(measured, mean) / measured.length);
}
