import { html } from 'ghtml';
import type { Estimate, SimulatedSetResult, SimulationResult, TierResult } from '../../simulation/result.ts';
import { type Cell, details, figure, setName, table } from '../components.ts';
import {
  figureCell,
  formatCount,
  formatCounted,
  formatShare,
  formatWait,
  formatWithInterval,
  SHARE,
  WAIT,
} from '../format.ts';
import { type IntervalBar, intervalBars } from '../interval-bars.ts';
import type { SetTheme } from '../set-theme.ts';
import { cumulative, type WaitCurve, waitsChart } from '../waits-chart.ts';

/** What each set does to each tier: charts, and the same numbers as a table. */
export function tiersSection(result: SimulationResult, looks: readonly SetTheme[]): string {
  const tiers = result.sets[0]?.tiers.map(({ tier }) => tier) ?? [];
  return html`<section id="tiers"><h2>What each tier feels</h2>
<p class="legend">!${looks.map((look) => html`<span>!${setName(look)}</span>`)}</p>
!${tiers.map((tier) => tierCard(tier, result, looks))}
</section>`;
}

/** One set's look and what it did to the tier. */
type Column = WaitCurve;

function tierCard(
  name: string,
  { sets, runs, scenario }: SimulationResult,
  looks: readonly SetTheme[],
): string {
  const columns = sets.flatMap((set, index) => columnOf(set, name, looks[index]));
  const within = `Answered within ${formatCounted(scenario.serviceLevelSeconds, 'second')}`;
  if (columns.every(({ tier }) => tier.contacts === 0)) {
    return html`<article class="card tier"><h3>${name}</h3><p>No contact of this tier came.</p></article>`;
  }
  const contacts = columns[0]?.tier.contacts ?? 0;
  return html`<article class="card tier"><h3>${name}<small> ${formatCounted(contacts, 'contact')} in ${formatCounted(runs, 'run')}</small></h3>
<div class="charts"><div>
!${bars(within, name, columns, runs, ({ serviceLevel }) => serviceLevel)}
!${bars('Hung up before an agent answered', name, columns, runs, ({ abandoned }) => abandoned)}
</div>
!${figure('Waited less than …', waitsChart(`${name}: share of contacts that waited less than so long`, columns, scenario.serviceLevelSeconds))}
</div>
!${numbers(name, within, columns, runs)}
!${details('The curves in numbers', curves(name, columns))}</article>`;
}

function columnOf(set: SimulatedSetResult, name: string, look: SetTheme | undefined): readonly Column[] {
  const tier = set.tiers.find(({ tier }) => tier === name);
  return tier && look ? [{ theme: look, tier }] : [];
}

function bars(
  title: string,
  name: string,
  columns: readonly Column[],
  runs: number,
  pick: (tier: TierResult) => Estimate,
): string {
  const rows = columns.map(
    ({ theme: look, tier }): IntervalBar => ({
      name: `${look.letter} ${look.set}`,
      estimate: pick(tier),
      text: formatWithInterval(pick(tier), SHARE, runs),
      color: look.color,
    }),
  );
  return figure(title, intervalBars(`${name}: ${title}`, rows, [0, 1], 'track'));
}

function numbers(name: string, within: string, columns: readonly Column[], runs: number): string {
  const row = (head: string, cell: (tier: TierResult) => Cell) =>
    [head, ...columns.map(({ tier }) => (tier.contacts === 0 ? '–' : cell(tier)))] as const;
  return table(
    `${name} in numbers`,
    ['', ...columns.map(({ theme: look }) => look)],
    [
      row('Contacts', ({ contacts }) => formatCount(contacts)),
      row(within, ({ serviceLevel }) => figureCell(serviceLevel, SHARE, runs)),
      row('Hung up', ({ abandoned }) => figureCell(abandoned, SHARE, runs)),
      row('Mean wait', ({ meanWaitSeconds }) => figureCell(meanWaitSeconds, WAIT, runs)),
      row('Half waited less than', ({ medianWaitSeconds }) => formatWait(medianWaitSeconds)),
      row('90 in 100 waited less than', ({ p90WaitSeconds }) => formatWait(p90WaitSeconds)),
      row('99 in 100 waited less than', ({ p99WaitSeconds }) => formatWait(p99WaitSeconds)),
      row('Longest wait', ({ maxWaitSeconds: longestWaitSeconds }) => formatWait(longestWaitSeconds)),
      row('Escalated', ({ escalated }) => figureCell(escalated, SHARE, runs)),
    ],
  );
}

/** The curves at every bound of which some set still has contacts above. */
function curves(name: string, columns: readonly Column[]): string {
  const points = columns.map(({ tier }) => cumulative(tier).slice(1));
  const bounds = [...new Set(points.flatMap((curve) => curve.map(({ seconds }) => seconds)))].sort(
    (a, b) => a - b,
  );
  const shares = bounds.map((seconds) =>
    points.map((curve) => curve.findLast((point) => point.seconds <= seconds)?.share ?? 0),
  );
  const full = shares.findIndex((row) => row.every((share) => share > 0.9999));
  return table(
    `${name}: share that waited less`,
    ['Than', ...columns.map(({ theme: look }) => look)],
    bounds
      .slice(0, full < 0 ? undefined : full + 1)
      .map((seconds, index) => [formatWait(seconds), ...(shares[index] ?? []).map(formatShare)]),
  );
}
