import { type Goal, thresholdsOf } from '../goals/index.ts';
import { keyedRandoms } from '../random.ts';
import type { Scenario } from '../scenario/index.ts';
import { CONFIDENCE } from '../simulation/estimate.ts';
import type { Assessment, Criteria } from './assess.ts';
import { judgeBeside, type NamedCandidate } from './beside.ts';
import type { Candidate } from './candidate.ts';
import { type Finalist, inOrderOfChoice, judgeFinalists } from './finals.ts';
import { around, exchangeAt, frontOf, frontPoint } from './front.ts';
import type { Recommendation } from './recommendation.ts';
import { search } from './search/search.ts';
import { allPoints, distinct, latinHypercube, type Point, type Space } from './search/space.ts';
import { staffingAdvice } from './staffing.ts';
import { type StressResult, type StressTrials, stress } from './stress.ts';
import { type SimulateRuns, Trials } from './trials.ts';
import { stressVariants } from './variants.ts';
import { FINALISTS, planWork } from './work-plan.ts';

export interface RecommendOptions {
  readonly scenario: Scenario;
  /** At least one. */
  readonly goals: readonly Goal[];
  /** The number of values of each choice; the first point is the draft. */
  readonly space: Space;
  readonly none: Candidate;
  /** The candidate of a point; undefined where its values do not make valid policies. The same for the same point. */
  readonly candidateAt: (point: Point) => Candidate | undefined;
  /** Sets to compare the recommendation with. Default: none. */
  readonly beside?: readonly NamedCandidate[];
  readonly seed: number;
  /** The work that may be done, in seconds of two cores of an ordinary machine. */
  readonly budgetSeconds: number;
  readonly simulateRuns: SimulateRuns;
  /** Called before each part of the work. */
  readonly onPart?: (words: string) => void;
}

/** The numbers of the first runs: customers of the search, of the finals, and of the variants differ. */
const FIRST_RUN = { search: 0, finals: 1_000_000, variants: 2_000_000 };

/** Finalists that are tried in the variants. */
const MAX_STRESSED = 3;

/**
 * Searches a space of policy sets for the one that reaches the goals at the least cost to the other tiers. The same
 * options give the same result.
 */
export async function recommend(options: RecommendOptions): Promise<Recommendation> {
  const { scenario, goals, space, none, seed, budgetSeconds, onPart } = options;
  const plan = planWork(scenario, budgetSeconds);
  const thresholds = thresholdsOf(goals);
  let runs = 0;
  const simulateRuns: SimulateRuns = (trialRuns, onOutcome) => {
    runs += trialRuns.length;
    return options.simulateRuns(trialRuns, onOutcome);
  };
  const trialsOf = (one: Scenario, firstRun: number) =>
    new Trials(one, thresholds, { seed, firstRun }, simulateRuns);
  const tried = new Map<string, Candidate>([[none.id, none]]);
  const candidateAt = (point: Point) => {
    const candidate = options.candidateAt(point);
    if (candidate) tried.set(candidate.id, candidate);
    return candidate;
  };

  const criteria: Criteria = {
    goals,
    none,
    finalRuns: plan.finalRuns,
    confidence: finalConfidence(FINALISTS),
  };
  const draft = candidateAt(space.map(() => 0));
  const searched = await search({
    trials: trialsOf(scenario, FIRST_RUN.search),
    criteria,
    plan,
    space,
    candidates: firstPoints(space, plan.candidates, seed).flatMap((point) => candidateAt(point) ?? []),
    kept: draft ? [none, draft] : [none],
    candidateAt,
    onRound: (words) => onPart?.(`Searching: ${words}`),
  });

  onPart?.('Judging the finalists by new customers');
  const chosen = finalistsOf(searched);
  const finals = trialsOf(scenario, FIRST_RUN.finals);
  const finalists = await judgeFinalists(chosen, finals, criteria);
  const stressTrials = stressVariants(scenario).map((variant) => ({
    variant,
    trials: trialsOf(variant.scenario, FIRST_RUN.variants),
  }));
  const verdict = await verdictOf(finalists, none, goals, stressTrials, plan.stressRuns, onPart);

  let staffing: Recommendation['staffing'];
  if (verdict.outcome === 'unreachable') {
    onPart?.('Looking for the agents that would be enough');
    staffing = await staffingAdvice({
      candidate: verdict.best.candidate,
      scenario,
      criteria: { ...criteria, confidence: CONFIDENCE },
      runs: plan.stressRuns,
      trialsOf: (one) => trialsOf(one, FIRST_RUN.variants),
    });
  }
  const beside = await judgeBeside(options.beside ?? [], verdict.best, finals, criteria);
  const points = searched.flatMap((assessment) => frontPoint(assessment) ?? []);
  const front = frontOf(points);
  const bestPoint = points.find(({ assessment }) => assessment.candidate.id === verdict.best.candidate.id);
  const exchange = bestPoint && exchangeAt(bestPoint, front);
  return {
    ...verdict,
    candidates: tried.size,
    runs,
    finalRuns: plan.finalRuns,
    searched,
    front,
    alternatives: bestPoint ? around(bestPoint, front) : {},
    ...(exchange && { exchange }),
    ...(beside.length > 0 && { beside }),
    ...(staffing && { staffing }),
  };
}

/** All points, if there are few; otherwise a Latin hypercube with the extremes. */
function firstPoints(space: Space, count: number, seed: number): Point[] {
  const extremes = [space.map(() => 0), space.map((size) => size - 1)];
  return (
    allPoints(space, count) ??
    distinct([...extremes, ...latinHypercube(space, count, keyedRandoms('hypercube')(seed, 0))])
  );
}

/** The best of the search, and of the others the one with the most service, in case the best are too close to the limit. */
function finalistsOf(searched: readonly Assessment[]): Candidate[] {
  const best = searched.slice(0, FINALISTS - 1);
  const rest = searched.slice(FINALISTS - 1).flatMap((assessment) => frontPoint(assessment) ?? []);
  const safest = frontOf(rest).at(-1)?.assessment;
  return [...best, ...(safest ? [safest] : [])].map(({ candidate }) => candidate);
}

/** The confidence of each of several intervals which together have the usual one (Bonferroni). */
function finalConfidence(count: number): number {
  return 1 - (1 - CONFIDENCE) / count;
}

async function verdictOf(
  finalists: readonly Finalist[],
  none: Candidate,
  goals: readonly Goal[],
  stressTrials: StressTrials,
  runs: number,
  onPart: RecommendOptions['onPart'],
): Promise<Pick<Recommendation, 'outcome' | 'best' | 'stress'>> {
  const order = inOrderOfChoice(finalists);
  let first: { best: Finalist; stress: readonly StressResult[] } | undefined;
  for (const best of order.slice(0, MAX_STRESSED)) {
    onPart?.('Trying more and fewer contacts and agents, and other patience');
    const results = await stress(best.candidate, none, goals, stressTrials, runs);
    first ??= { best, stress: results };
    if (results.every(({ holds }) => holds)) {
      return {
        outcome: best.candidate.id === none.id ? 'none-needed' : 'recommended',
        best,
        stress: results,
      };
    }
  }
  if (first) return { outcome: 'fragile', ...first };
  const starving = finalists.find(({ meetsGoals }) => meetsGoals);
  if (starving) return { outcome: 'starving', best: starving };
  const [nearest] = [...finalists].sort((a, b) => a.shortfall - b.shortfall);
  if (!nearest) throw new RangeError('There are no finalists; expected at least the set without policies.');
  return { outcome: 'unreachable', best: nearest };
}
