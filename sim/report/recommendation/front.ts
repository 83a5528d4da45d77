import { html } from 'ghtml';
import { ABANDONED_SECONDS } from '../../recommend/cost.ts';
import { type FrontPoint, frontPoint } from '../../recommend/front.ts';
import type { Recommendation } from '../../recommend/recommendation.ts';
import { type Cell, details, figure, table } from '../components.ts';
import { BARE_SECONDS_CHANGE, formatWait, POINTS, WAIT_CHANGE } from '../format.ts';
import { goalFormat } from '../goal-figure.ts';
import { policyLine } from './candidate-words.ts';
import { frontChart } from './front-chart.ts';
import { type Mark, marksOf } from './marks.ts';
import type { RecommendationTexts } from './texts.ts';

/** What service costs the other tier that pays most: a picture, and the same as a table. */
export function frontSection(recommendation: Recommendation, texts: RecommendationTexts): string {
  const { searched, front } = recommendation;
  const points = searched.flatMap((assessment) => frontPoint(assessment) ?? []);
  const [first] = points;
  if (!first) return '';
  const { tier, goal, isChange, limit } = first.goal;
  const marks = marksOf(recommendation);
  const title = `${tier}: ${goal}, against the cost to the other tier that pays most`;
  const { svg, placed } = frontChart(title, points, front, marks, isChange ? undefined : limit);
  const spots = placed.map(
    ({ mark, left, top }) =>
      html`<li><span class="spot" role="img" tabindex="0" aria-label="${tipText(mark, texts).join('. ')}" style="left: ${left}%; top: ${top}%"></span>!${tip(tipText(mark, texts))}</li>
`,
  );
  const named = marks.filter(({ names }) => names.length > 0).reverse();
  return html`<section id="front"><h2>What it costs the others</h2>
<p>Up is more for ${tier} (${goal}), right is more cost to the other tier that pays most: its extra mean wait against no policies, where each further customer who abandons counts like ${formatWait(ABANDONED_SECONDS)} of waiting. On the line are the sets that no other one beats in both. Figures are those of the search.</p>
<article class="card">
<p class="legend">!${named.map(({ names, letter, className }) => html`<span><span class="badge ${className}" aria-hidden="true">${letter}</span> ${names.join(', ')}</span>`)}</p>
<div class="front">
!${figure(`${tier}: ${goal}`, html`<div class="spotted">!${svg}<ol class="spots">!${spots}</ol></div><p class="axis">Cost to the other tier that pays most, a contact</p><p class="hint">Point at a dot, or go there by the tab key, to see its policies.</p>`)}
</div>
!${details('The sets of the picture as a table', frontTable(marks, texts))}</article></section>`;
}

/** A set of the front without a name. */
const ANOTHER = 'Another set';

/** What a dot shows under the pointer, and with the focus. */
function tip([title, figures, policies]: TipText): string {
  return html`<span class="tip" aria-hidden="true"><b>${title}</b>: ${figures}<br>${policies}</span>`;
}

type TipText = readonly [title: string, figures: string, policies: string];

function tipText({ names, point }: Mark, texts: RecommendationTexts): TipText {
  const { goal, worst, assessment } = point;
  const service = `${goal.tier} ${goalFormat(goal).value(goal.found.value)}`;
  return [
    names.join(', ') || ANOTHER,
    `${service}; ${payerWords(worst)}`,
    policyLine(assessment.candidate, texts),
  ];
}

function payerWords({ tier, seconds, extraWaitSeconds, extraAbandoned }: FrontPoint['worst']): string {
  if (seconds <= 0) return 'no other tier pays';
  return `${tier} ${WAIT_CHANGE.value(extraWaitSeconds.value)} mean wait, ${POINTS.value(extraAbandoned.value)} abandoned`;
}

function frontTable(marks: readonly Mark[], texts: RecommendationTexts): string {
  const rows = [...marks]
    .sort((a, b) => a.point.worst.seconds - b.point.worst.seconds)
    .map(({ names, point: { goal, worst, assessment } }): [Cell, ...Cell[]] => [
      [names.join(', ') || ANOTHER, policyLine(assessment.candidate, texts)],
      goalFormat(goal).value(goal.found.value),
      worst.seconds > 0 ? worst.tier : '–',
      BARE_SECONDS_CHANGE.value(worst.extraWaitSeconds.value),
      POINTS.bound(worst.extraAbandoned.value),
    ]);
  const { goal } = marks[0]?.point ?? {};
  return table(
    'Service, and what the other tier pays that pays most',
    ['Policies', `${goal?.tier}: ${goal?.goal}`, 'Pays most', 'Mean wait, s', 'Abandoned, points'],
    rows,
  );
}
