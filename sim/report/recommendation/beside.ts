import { html } from 'ghtml';
import type { Assessment } from '../../recommend/assess.ts';
import type { Beside } from '../../recommend/beside.ts';
import type { Recommendation } from '../../recommend/recommendation.ts';
import { type Cell, SIGNS, table } from '../components.ts';
import { BARE_POINTS, BARE_SECONDS_CHANGE, figureCell, formatCount, POINTS, WAIT_CHANGE } from '../format.ts';
import { goalFigure } from '../goal-figure.ts';
import { bestName, bestWords } from './best-words.ts';

/** The best set and those that it is compared with, for the same customers; empty without any. */
export function besideSection(recommendation: Recommendation): string {
  const { best, beside = [], finalRuns } = recommendation;
  if (beside.length === 0) return '';
  const columns: readonly Assessment[] = [best, ...beside.map(({ assessment }) => assessment)];
  const row = (head: Cell, cell: (assessment: Assessment) => Cell) => [head, ...columns.map(cell)] as const;
  const goalRows = best.goals.map((goal, index) =>
    row(`${goal.tier}: ${goal.goal}`, ({ goals }) => {
      const found = goals[index];
      if (!found) return '–';
      const { value, detail, tone } = goalFigure(found, finalRuns);
      return [`${SIGNS[tone]} ${value}`, `(${detail})`];
    }),
  );
  return html`<section id="beside"><h2>Compared with ${beside.map(({ name }) => name).join(', ')}</h2>
<p>All sets have the same customers, which the search never had. The other tiers count by their contacts, against no policies.</p>
<article class="card">!${beside.map((one) => html`<p>${sentence(one, bestWords(recommendation))}</p>`)}
!${table(
    'Compared for the same customers',
    ['', bestName(recommendation), ...beside.map(({ name }) => name)],
    [
      ...goalRows,
      row('Other tiers: mean wait, s', ({ othersCost }) =>
        figureCell(othersCost.extraWaitSeconds, BARE_SECONDS_CHANGE, finalRuns),
      ),
      row('Other tiers: abandoned, points', ({ othersCost }) =>
        figureCell(othersCost.extraAbandoned, BARE_POINTS, finalRuns),
      ),
      row('Calls a run', ({ calls }) => formatCount(calls)),
      row('Steps', ({ steps }) => formatCount(steps)),
    ],
  )}</article></section>`;
}

function sentence({ name, assessment, withBest }: Beside, instead: string): string {
  const starved = assessment.starvation.map(({ tier }) => tier);
  const { extraWaitSeconds: wait, extraAbandoned: abandoned } = withBest;
  return [
    `With ${instead} instead of ${name}, the mean wait of the other tiers changes by ${WAIT_CHANGE.value(wait.value)} (${WAIT_CHANGE.bound(wait.low)} to ${WAIT_CHANGE.bound(wait.high)}), and the share that abandons by ${POINTS.value(abandoned.value)} (${POINTS.bound(abandoned.low)} to ${POINTS.bound(abandoned.high)}).`,
    ...(starved.length > 0 ? [`${name} starves ${starved.join(', ')}.`] : []),
    ...(assessment.calls === 0
      ? [`${name} made no calls: its policies observe, are off, or govern no contact.`]
      : []),
  ].join(' ');
}
