import { pairedEstimate } from '../simulation/estimate.ts';
import type { Assessment, Criteria } from './assess.ts';
import type { Candidate } from './candidate.ts';
import { extraByRun, type OthersCost, otherTiers } from './cost.ts';
import { type Finalist, judgeFinalists } from './finals.ts';
import type { Trials } from './trials.ts';

/** A policy set with the name that its owner gave it. */
export interface NamedCandidate {
  /** Unique. */
  readonly name: string;
  readonly candidate: Candidate;
}

/** A policy set that the recommendation is compared with. */
export interface Beside {
  readonly name: string;
  /** Judged by the customers of the finals, as the recommendation is. */
  readonly assessment: Finalist;
  /** What the other tiers have with the best instead of this set, paired by run. */
  readonly withBest: OthersCost;
}

/** Judges sets by the same customers as the best, and compares what both cost the other tiers. */
export async function judgeBeside(
  sets: readonly NamedCandidate[],
  best: Assessment,
  trials: Trials,
  criteria: Criteria,
): Promise<Beside[]> {
  const finalists = await judgeFinalists(
    sets.map(({ candidate }) => candidate),
    trials,
    criteria,
  );
  const tiers = otherTiers(criteria.goals, trials.scenario.tiers);
  const extraOf = (candidate: Candidate) =>
    extraByRun(tiers, trials.tally(candidate), trials.tally(criteria.none));
  const ofBest = extraOf(best.candidate);
  return sets.flatMap(({ name, candidate }, index) => {
    const assessment = finalists[index];
    if (!assessment) return [];
    const ofSet = extraOf(candidate);
    return {
      name,
      assessment,
      withBest: {
        extraWaitSeconds: pairedEstimate(ofBest.waitSeconds, ofSet.waitSeconds),
        extraAbandoned: pairedEstimate(ofBest.abandoned, ofSet.abandoned),
      },
    };
  });
}
