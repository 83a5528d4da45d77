import { html } from 'ghtml';
import type { Recommendation } from '../../recommend/recommendation.ts';
import { formatCounted } from '../format.ts';
import { pageHtml } from '../page.ts';
import { besideSection } from './beside.ts';
import { frontSection } from './front.ts';
import { payersSection } from './payers.ts';
import { proposalsSection } from './proposals.ts';
import { readingSection } from './reading.ts';
import type { RecommendationTexts } from './texts.ts';
import { valuesSection } from './values.ts';
import { variantsSection } from './variants.ts';
import { verdictSection } from './verdict.ts';

/**
 * Renders a recommendation as one self-contained HTML file, for light and dark mode, phones and print.
 *
 * @returns the same bytes for the same recommendation.
 */
export function recommendationHtml(recommendation: Recommendation, texts: RecommendationTexts): string {
  return pageHtml(`${texts.scenario}: recommendation`, [
    headSection(recommendation, texts),
    verdictSection(recommendation, texts),
    frontSection(recommendation, texts),
    proposalsSection(recommendation, texts),
    besideSection(recommendation),
    payersSection(recommendation),
    valuesSection(texts),
    variantsSection(recommendation),
    readingSection(recommendation, texts),
  ]);
}

function headSection({ candidates, runs }: Recommendation, { scenario, seed }: RecommendationTexts): string {
  return html`<header><p class="kicker">Recommendation</p>
<h1>${scenario}</h1>
<p class="facts">${formatCounted(candidates, 'policy set')} tried in ${formatCounted(runs, 'run')} · seed ${seed}</p></header>`;
}
