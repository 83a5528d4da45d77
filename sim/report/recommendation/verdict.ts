import { html } from 'ghtml';
import type { Outcome, Recommendation } from '../../recommend/recommendation.ts';
import { keyFigures } from '../components.ts';
import { formatCounted } from '../format.ts';
import { goalFigure } from '../goal-figure.ts';
import type { RecommendationTexts } from './texts.ts';

/** What came of the search in one sentence, its reasons, and the goals. */
export function verdictSection(
  { outcome, best, finalRuns }: Recommendation,
  { sentences: [verdict, ...reasons] }: RecommendationTexts,
): string {
  const figures = best.goals.map((goal) => goalFigure(goal, finalRuns));
  return html`<section id="verdict"><h2>Verdict</h2>
<article class="card"><p class="lead">${verdict}</p>
!${reasons.map((reason) => html`<p>${reason}</p>`)}
<p class="remark">${bestName(outcome, best.candidate.point !== undefined)}, by ${formatCounted(finalRuns, 'run')} whose customers the search never had:</p>
!${keyFigures(figures)}</article></section>`;
}

/** What the best candidate is called. */
export function bestName(outcome: Outcome, hasPolicies: boolean): string {
  if (!hasPolicies) return 'Without policies';
  return outcome === 'recommended' ? 'Recommended' : 'Nearest';
}
