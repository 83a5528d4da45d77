import { NONE } from '../../recommend/candidate.ts';
import { type FrontPoint, frontPoint } from '../../recommend/front.ts';
import type { Recommendation } from '../../recommend/recommendation.ts';
import { bestName } from './verdict.ts';

/** A point of the picture. */
export interface Mark {
  readonly point: FrontPoint;
  /** `Recommended`, `Draft`, ...; none for another point of the front. */
  readonly names: readonly string[];
  /** On the point. */
  readonly letter: string;
  readonly className: 'best' | 'draft' | 'none' | 'more' | 'less' | 'other';
}

/** About how many points of the front are shown. */
const MAX_POINTS = 10;

/** The points that the picture names and some others of the front; what matters most is drawn last, above the rest. */
export function marksOf(recommendation: Recommendation): Mark[] {
  const { searched, front, best, outcome, alternatives } = recommendation;
  const every = Math.max(1, Math.ceil(front.length / MAX_POINTS));
  const others = front.filter((_, index) => index % every === 0 || index === front.length - 1);
  const named = new Map<string, Omit<Mark, 'point'>>();
  const name = (id: string | undefined, text: string, letter: string, className: Mark['className']) => {
    if (id === undefined) return;
    const known = named.get(id);
    named.set(id, known ? { ...known, names: [...known.names, text] } : { names: [text], letter, className });
  };
  const idOf = (point: FrontPoint | undefined) => point?.assessment.candidate.id;
  const draft = searched.find(({ candidate }) => candidate.point?.every((value) => value === 0));
  const hasPolicies = best.candidate.point !== undefined;
  name(best.candidate.id, bestName(outcome, hasPolicies), hasPolicies ? '★' : 'N', 'best');
  if (hasPolicies) name(NONE, 'No policies', 'N', 'none');
  name(draft?.candidate.id, 'Draft', 'D', 'draft');
  name(idOf(alternatives.more), 'More service', '+', 'more');
  name(idOf(alternatives.less), 'Less cost', '−', 'less');
  const points = searched
    .filter(({ candidate }) => named.has(candidate.id))
    .flatMap((one) => frontPoint(one) ?? []);
  const byId = new Map([...others, ...points].map((point) => [point.assessment.candidate.id, point]));
  return [...byId]
    .map(
      ([id, point]): Mark => ({ point, ...(named.get(id) ?? { names: [], letter: '', className: 'other' }) }),
    )
    .sort((a, b) => ORDER.indexOf(b.className) - ORDER.indexOf(a.className));
}

const ORDER: readonly Mark['className'][] = ['best', 'draft', 'none', 'more', 'less', 'other'];
