import { html } from 'ghtml';
import type { Recommendation } from '../../recommend/recommendation.ts';
import { keyFigures } from '../components.ts';
import { formatCounted } from '../format.ts';
import { goalFigure } from '../goal-figure.ts';
import { bestName } from './best-words.ts';
import type { RecommendationTexts } from './texts.ts';

/** What came of the search in one sentence, its reasons, and the goals. */
export function verdictSection(
  recommendation: Recommendation,
  { sentences: [verdict, ...reasons] }: RecommendationTexts,
): string {
  const { best, finalRuns } = recommendation;
  const figures = best.goals.map((goal) => goalFigure(goal, finalRuns));
  return html`<section id="verdict"><h2>Verdict</h2>
<article class="card"><p class="lead">${verdict}</p>
!${reasons.map((reason) => html`<p>${reason}</p>`)}
<p class="remark">${bestName(recommendation)}, by ${formatCounted(finalRuns, 'run')} whose customers the search never had:</p>
!${keyFigures(figures)}</article></section>`;
}
