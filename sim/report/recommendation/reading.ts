import { html } from 'ghtml';
import type { Recommendation } from '../../recommend/recommendation.ts';
import { CONFIDENCE } from '../../simulation/estimate.ts';
import { fold } from '../components.ts';
import { formatCounted } from '../format.ts';
import type { RecommendationTexts } from './texts.ts';

/** How to read the page. */
export function readingSection(
  { finalRuns, runs, candidates }: Recommendation,
  { scenario, seed }: RecommendationTexts,
): string {
  return html`<section id="reading"><h2>How to read this report</h2>
!${fold(
    'Intervals, figures and inputs',
    html`<div class="cards"><article class="card"><ul>
<li>All sets have the same customers in each run, so a difference between sets is not caused by different customers.</li>
<li>The search and the picture use some runs; the verdict is by ${formatCounted(finalRuns, 'further run')}, with customers that the search never had, and with wider intervals because several sets are judged.</li>
<li>A goal is met when the whole interval is on the right side of its limit. Figures in brackets are intervals with a confidence of at least ${CONFIDENCE * 100} %.</li>
<li>In the variants, the figure alone must reach the goal, without regard to its interval.</li>
<li>Of sets whose costs differ by less than a standard error, the simplest is recommended.</li>
<li>This is a model of the centre. Push what is recommended in mode observe, and look at what it would do, before it is enforced.</li>
</ul></article>
<article class="card"><dl class="facts">
<dt>Scenario</dt><dd>${scenario}</dd>
<dt>Tried</dt><dd>${formatCounted(candidates, 'policy set')} in ${formatCounted(runs, 'run')}</dd>
<dt>Seed</dt><dd>${seed}: the same command gives the same report</dd>
</dl></article></div>`,
  )}</section>`;
}
