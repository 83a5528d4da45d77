import { type Candidate, NONE } from '../../sim/recommend/candidate.ts';
import type { FrontPoint } from '../../sim/recommend/front.ts';
import type { Recommendation } from '../../sim/recommend/recommendation.ts';
import { isDraft, shownPoints } from '../../sim/recommend/shown-points.ts';

/** A point of the front, or one that it is compared with. */
export interface MarkedPoint {
  /** `none`, `draft`, `best`, or nothing. */
  readonly mark: string;
  readonly point: FrontPoint;
}

/** About how many points of the front are shown. */
const MAX_POINTS = 8;

/** The points of the front with none, the draft and the best marked, from the least service on. */
export function markedFront(recommendation: Recommendation): MarkedPoint[] {
  const { best } = recommendation;
  const markOf = (candidate: Candidate) => {
    const { id } = candidate;
    const marks = [
      ...(id === NONE ? ['none'] : []),
      ...(isDraft(candidate) ? ['draft'] : []),
      ...(id === best.candidate.id ? ['best'] : []),
    ];
    return marks.join(', ');
  };
  return shownPoints(recommendation, (candidate) => markOf(candidate) !== '', MAX_POINTS)
    .map((point) => ({ mark: markOf(point.assessment.candidate), point }))
    .sort((a, b) => a.point.goal.found.value - b.point.goal.found.value);
}
