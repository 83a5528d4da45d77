import { type Assessment, assess, type Criteria, compareAssessments } from '../assess.ts';
import { type Candidate, distinctCandidates } from '../candidate.ts';
import type { Trials } from '../trials.ts';
import type { WorkPlan } from '../work-plan.ts';
import { neighbours, type Point, type Space } from './space.ts';

export interface SearchOptions {
  readonly trials: Trials;
  readonly criteria: Criteria;
  readonly plan: WorkPlan;
  readonly space: Space;
  /** The candidates to begin with. */
  readonly candidates: readonly Candidate[];
  /** These stay to the last round, so that the result can be compared with them. */
  readonly kept: readonly Candidate[];
  /** The candidate of a point; undefined where its values do not make valid policies. */
  readonly candidateAt: (point: Point) => Candidate | undefined;
  /** Called before each round. */
  readonly onRound?: (words: string) => void;
}

/**
 * Searches for the candidates that reach the goals at the least cost: successive halving (Jamieson and Talwalkar,
 * AISTATS 2016), then steps along each coordinate around the best.
 *
 * @returns those with the runs of the last round, the best first.
 */
export async function search(options: SearchOptions): Promise<Assessment[]> {
  const { plan, kept } = options;
  let candidates = distinctCandidates([...kept, ...options.candidates]);
  let ranked: Assessment[] = [];
  for (const [round, runs] of plan.rounds.entries()) {
    options.onRound?.(`round ${round + 1} of ${plan.rounds.length}, ${candidates.length} candidates`);
    ranked = await ranking(candidates, runs, options);
    const half = Math.max(4, Math.ceil(ranked.length / 2));
    candidates = distinctCandidates([...ranked.slice(0, half).map(({ candidate }) => candidate), ...kept]);
  }
  return climb(ranked, options);
}

/** Tries the neighbours of the best candidate until none is better, or the plan has no more steps. */
async function climb(found: Assessment[], options: SearchOptions): Promise<Assessment[]> {
  const { plan, space, candidateAt } = options;
  const runs = plan.rounds.at(-1) ?? 1;
  let ranked = found;
  let left = plan.steps;
  for (;;) {
    const point = ranked.find(({ candidate }) => candidate.point)?.candidate.point;
    const untried = (point ? neighbours(point, space) : [])
      .flatMap((neighbour) => candidateAt(neighbour) ?? [])
      .filter(({ id }) => ranked.every(({ candidate }) => candidate.id !== id))
      .slice(0, left);
    if (untried.length === 0) return ranked;
    options.onRound?.(`around the best, ${untried.length} candidates`);
    left -= untried.length;
    const candidates = distinctCandidates([...ranked.map(({ candidate }) => candidate), ...untried]);
    ranked = await ranking(candidates, runs, options);
  }
}

async function ranking(
  candidates: readonly Candidate[],
  runs: number,
  { trials, criteria }: SearchOptions,
): Promise<Assessment[]> {
  await trials.ensure([criteria.none, ...candidates], runs);
  return candidates.map((candidate) => assess(candidate, trials, criteria)).sort(compareAssessments);
}
