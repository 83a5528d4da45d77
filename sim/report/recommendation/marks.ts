import { NONE } from '../../recommend/candidate.ts';
import type { FrontPoint } from '../../recommend/front.ts';
import type { Recommendation } from '../../recommend/recommendation.ts';
import { isDraft, shownPoints } from '../../recommend/shown-points.ts';
import { bestName } from './best-words.ts';

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
  const { searched, best, alternatives } = recommendation;
  const named = new Map<string, Omit<Mark, 'point'>>();
  const name = (id: string | undefined, text: string, letter: string, className: Mark['className']) => {
    if (id === undefined) return;
    const known = named.get(id);
    named.set(id, known ? { ...known, names: [...known.names, text] } : { names: [text], letter, className });
  };
  const idOf = (point: FrontPoint | undefined) => point?.assessment.candidate.id;
  const draft = searched.find(({ candidate }) => isDraft(candidate));
  const hasPolicies = best.candidate.point !== undefined;
  name(best.candidate.id, bestName(recommendation), hasPolicies ? '★' : 'N', 'best');
  if (hasPolicies) name(NONE, 'No policies', 'N', 'none');
  name(draft?.candidate.id, 'Draft', 'D', 'draft');
  name(idOf(alternatives.more), 'More service', '+', 'more');
  name(idOf(alternatives.less), 'Less cost', '−', 'less');
  return shownPoints(recommendation, ({ id }) => named.has(id), MAX_POINTS)
    .map((point): Mark => ({ point, ...(named.get(point.assessment.candidate.id) ?? OTHER) }))
    .sort((a, b) => ORDER.indexOf(b.className) - ORDER.indexOf(a.className));
}

const OTHER = { names: [], letter: '', className: 'other' } as const;

const ORDER: readonly Mark['className'][] = ['best', 'draft', 'none', 'more', 'less', 'other'];
