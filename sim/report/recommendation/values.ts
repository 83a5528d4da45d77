import { html } from 'ghtml';
import { type Cell, table } from '../components.ts';
import type { RecommendationTexts } from './texts.ts';

/** The values that were chosen, beside those of the draft. */
export function valuesSection({ values }: RecommendationTexts): string {
  const rows = values.map(({ policy, place, draft, chosen }): [Cell, ...Cell[]] => [
    [policy, place],
    draft,
    chosen ?? '–',
    chosen === undefined ? 'not used' : chosen === draft ? '' : 'changed',
  ]);
  return html`<section id="values"><h2>Chosen values</h2>
<article class="card">!${table('The free values of the draft, and what was chosen', ['Policy', 'Draft', 'Chosen', ''], rows)}</article></section>`;
}
