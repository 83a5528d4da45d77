import { html } from 'ghtml';
import type { Recommendation } from '../../recommend/recommendation.ts';
import { type Cell, figure, table } from '../components.ts';
import { difference } from '../difference.ts';
import {
  BARE_POINTS,
  BARE_SECONDS_CHANGE,
  figureCell,
  formatWithInterval,
  SECONDS_CHANGE,
} from '../format.ts';
import { domainAround, intervalBars } from '../interval-bars.ts';
import { bestName } from './best-words.ts';

const COLORS = {
  rose: 'var(--bad)',
  fell: 'var(--good)',
  unclear: 'var(--open)',
  none: 'var(--open)',
  'one-run': 'var(--open)',
} as const;

/** What each other tier pays or gains with the best set; empty where no policies are best. */
export function payersSection(recommendation: Recommendation): string {
  const { best, finalRuns } = recommendation;
  const { tierCosts, othersCost, candidate } = best;
  if (!candidate.point || tierCosts.length === 0) return '';
  const waits = tierCosts.map(({ extraWaitSeconds }) => extraWaitSeconds);
  const bars = tierCosts.map(({ tier, extraWaitSeconds }) => ({
    name: tier,
    estimate: extraWaitSeconds,
    text: formatWithInterval(extraWaitSeconds, SECONDS_CHANGE, finalRuns),
    color: COLORS[difference(extraWaitSeconds, finalRuns)],
  }));
  const rows = [...tierCosts, ...(tierCosts.length > 1 ? [{ tier: 'All of them', ...othersCost }] : [])].map(
    ({ tier, extraWaitSeconds, extraAbandoned }): [string, ...Cell[]] => [
      tier,
      figureCell(extraWaitSeconds, BARE_SECONDS_CHANGE, finalRuns),
      figureCell(extraAbandoned, BARE_POINTS, finalRuns),
    ],
  );
  const name = bestName(recommendation);
  return html`<section id="payers"><h2>What the others pay</h2>
<p>${name}, compared with no policies, for the same customers. Bars to the right are longer waits, bars to the left shorter ones. Grey bars may be chance. All of them together count by their contacts.</p>
<article class="card"><div class="charts">
!${figure('Change of the mean wait', intervalBars(`${name}: change of the mean wait of each other tier`, bars, domainAround(waits)))}
!${table('Compared with no policies', ['Tier', 'Mean wait, s', 'Abandoned, points'], rows)}
</div></article></section>`;
}
