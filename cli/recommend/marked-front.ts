import { type Candidate, NONE } from '../../sim/recommend/candidate.ts';
import { type FrontPoint, frontPoint } from '../../sim/recommend/front.ts';
import type { Recommendation } from '../../sim/recommend/recommendation.ts';

/** A point of the front, or one that it is compared with. */
export interface MarkedPoint {
  /** `none`, `draft`, `best`, or nothing. */
  readonly mark: string;
  readonly point: FrontPoint;
}

/** About how many points of the front are shown. */
const MAX_POINTS = 8;

/** The points of the front with none, the draft and the best marked, from the least service on. */
export function markedFront({ searched, front, best }: Recommendation): MarkedPoint[] {
  const markOf = ({ id, point }: Candidate) => {
    const isDraft = point?.every((value) => value === 0) ?? false;
    const marks = [
      ...(id === NONE ? ['none'] : []),
      ...(isDraft ? ['draft'] : []),
      ...(id === best.candidate.id ? ['best'] : []),
    ];
    return marks.join(', ');
  };
  const marked = searched
    .filter(({ candidate }) => markOf(candidate) !== '')
    .flatMap((one) => frontPoint(one) ?? []);
  const every = Math.max(1, Math.ceil(front.length / MAX_POINTS));
  const shown = front.filter((_, index) => index % every === 0 || index === front.length - 1);
  const byId = new Map([...shown, ...marked].map((point) => [point.assessment.candidate.id, point]));
  return [...byId.values()]
    .map((point) => ({ mark: markOf(point.assessment.candidate), point }))
    .sort((a, b) => a.point.goal.found.value - b.point.goal.found.value);
}
