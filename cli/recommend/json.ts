import { formatPath } from '../../lambda/domain/validation/problem.ts';
import type { Assessment } from '../../sim/recommend/assess.ts';
import type { Recommendation } from '../../sim/recommend/recommendation.ts';
import type { Scenario } from '../../sim/scenario/index.ts';
import type { DraftSet } from './draft-set.ts';

/** The JSON output of `escalator recommend --json`. */
export function toJson(
  recommendation: Recommendation,
  set: DraftSet,
  { name }: Scenario,
  seed: number,
): object {
  const {
    outcome,
    best,
    candidates,
    runs,
    finalRuns,
    searched,
    front,
    alternatives,
    exchange,
    stress,
    staffing,
    beside,
  } = recommendation;
  return {
    version: 1,
    scenario: name,
    seed,
    candidates,
    runs,
    finalRuns,
    outcome,
    best: { ...assessmentJson(best, set), starvation: best.starvation },
    alternatives: {
      ...(alternatives.more && { more: assessmentJson(alternatives.more.assessment, set) }),
      ...(alternatives.less && { less: assessmentJson(alternatives.less.assessment, set) }),
    },
    ...(exchange && { exchange }),
    ...(stress && { stress }),
    ...(staffing && { staffing }),
    ...(beside && {
      beside: beside.map(({ name, assessment, withBest }) => {
        const { id: _id, values: _values, ...figures } = assessmentJson(assessment, set);
        return { set: name, ...figures, starvation: assessment.starvation, withBest };
      }),
    }),
    front: front.map(({ assessment }) => assessment.candidate.id),
    searched: searched.map((assessment) => assessmentJson(assessment, set)),
  };
}

function assessmentJson(
  { candidate, runs, goals, cost, tierCosts, othersCost, calls, steps }: Assessment,
  { choices }: DraftSet,
) {
  const { id, point = [] } = candidate;
  const values = point.map((index, choice) => {
    const { policy = '', path = [], values: all = [] } = choices[choice] ?? {};
    return { policy, path: formatPath(path), value: all[index] };
  });
  return { id, values, runs, goals, costSeconds: cost, tierCosts, othersCost, calls, steps };
}
