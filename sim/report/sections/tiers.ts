import { html } from 'ghtml';
import type { Estimate, SimulatedSetResult, SimulationResult, TierResult } from '../../simulation/result.ts';
import { type Cell, details, figure, fold, setName, table } from '../components.ts';
import { mostUrgentTier } from '../findings/most-urgent.ts';
import {
  BARE_SECONDS,
  figureCell,
  formatCount,
  formatCounted,
  formatSeconds,
  formatShare,
  formatWithInterval,
  SHARE,
} from '../format.ts';
import { type IntervalBar, intervalBars } from '../interval-bars.ts';
import type { SetTheme } from '../set-theme.ts';
import { cumulative, type WaitCurve, waitsChart } from '../waits-chart.ts';

/** The results of each tier: charts, and the same figures as a table. */
export function tiersSection(result: SimulationResult, themes: readonly SetTheme[]): string {
  const tiers = result.sets[0]?.tiers.map(({ tier }) => tier) ?? [];
  const urgent = mostUrgentTier(result);
  return html`<section id="tiers"><h2>Results by tier</h2>
<p class="legend">!${themes.map((theme) => html`<span>!${setName(theme)}</span>`)}</p>
!${tiers.map((tier) => tierCard(tier, tier === urgent, result, themes))}
</section>`;
}

function tierCard(
  name: string,
  isUrgent: boolean,
  { sets, runs, scenario }: SimulationResult,
  themes: readonly SetTheme[],
): string {
  const columns = sets.flatMap((set, index) => columnOf(set, name, themes[index]));
  const serviceLevelTitle = `Service level (${formatCounted(scenario.serviceLevelSeconds, 'second')})`;
  if (columns.every(({ tier }) => tier.contacts === 0)) {
    return html`<article class="card tier"><h3>${name}</h3><p>This tier had no contacts.</p></article>`;
  }
  const contacts = columns[0]?.tier.contacts ?? 0;
  const charts = html`<div class="charts"><div>
!${bars(serviceLevelTitle, name, columns, runs, ({ serviceLevel }) => serviceLevel)}
!${bars('Abandoned', name, columns, runs, ({ abandoned }) => abandoned)}
</div>
!${figure('Distribution of waits', waitsChart(`${name}: cumulative distribution of waits`, columns, scenario.serviceLevelSeconds))}
</div>`;
  return html`<article class="card tier"><h3>${name}<small> ${formatCounted(contacts, 'contact')} in ${formatCounted(runs, 'run')}</small></h3>
!${isUrgent ? charts : fold(`Pictures of ${name}`, charts)}
!${numbers(name, serviceLevelTitle, columns, runs)}
!${details('Distribution of waits as a table', curves(name, columns))}</article>`;
}

function columnOf(set: SimulatedSetResult, name: string, theme: SetTheme | undefined): readonly WaitCurve[] {
  const tier = set.tiers.find(({ tier }) => tier === name);
  return tier && theme ? [{ theme, tier }] : [];
}

function bars(
  title: string,
  name: string,
  columns: readonly WaitCurve[],
  runs: number,
  pick: (tier: TierResult) => Estimate,
): string {
  const rows = columns.map(
    ({ theme, tier }): IntervalBar => ({
      name: `${theme.letter} ${theme.set}`,
      estimate: pick(tier),
      text: formatWithInterval(pick(tier), SHARE, runs),
      color: theme.color,
    }),
  );
  return figure(title, intervalBars(`${name}: ${title}`, rows, [0, 1], 'track'));
}

function numbers(
  name: string,
  serviceLevelTitle: string,
  columns: readonly WaitCurve[],
  runs: number,
): string {
  const row = (head: string, cell: (tier: TierResult) => Cell) =>
    [head, ...columns.map(({ tier }) => (tier.contacts === 0 ? '–' : cell(tier)))] as const;
  return table(
    `${name} in numbers`,
    ['', ...columns.map(({ theme }) => theme)],
    [
      row('Contacts', ({ contacts }) => formatCount(contacts)),
      row(serviceLevelTitle, ({ serviceLevel }) => figureCell(serviceLevel, SHARE, runs)),
      row('Abandoned', ({ abandoned }) => figureCell(abandoned, SHARE, runs)),
      row('Mean wait, s', ({ meanWaitSeconds }) => figureCell(meanWaitSeconds, BARE_SECONDS, runs)),
      row('Median wait, s', ({ medianWaitSeconds }) => formatSeconds(medianWaitSeconds)),
      row('p90 wait, s', ({ p90WaitSeconds }) => formatSeconds(p90WaitSeconds)),
      row('p99 wait, s', ({ p99WaitSeconds }) => formatSeconds(p99WaitSeconds)),
      row(runs > 1 ? 'Longest wait of a run, on average, s' : 'Longest wait, s', ({ maxWaitSeconds }) =>
        formatSeconds(maxWaitSeconds),
      ),
      ...(columns.some(({ tier }) => tier.unserved > 0)
        ? [row('Served by nobody', ({ unserved }) => formatCount(unserved))]
        : []),
      row('Escalated', ({ escalated }) => figureCell(escalated, SHARE, runs)),
    ],
  );
}

/** The curves as a table, up to the bound below which all contacts of all sets are. */
function curves(name: string, columns: readonly WaitCurve[]): string {
  const points = columns.map(({ tier }) => cumulative(tier).slice(1));
  const bounds = [...new Set(points.flatMap((curve) => curve.map(({ seconds }) => seconds)))].sort(
    (a, b) => a - b,
  );
  const shares = bounds.map((seconds) =>
    points.map((curve) => curve.findLast((point) => point.seconds <= seconds)?.share ?? 0),
  );
  const full = shares.findIndex((row) => row.every((share) => share > 0.9999));
  return table(
    `${name}: share of contacts with a shorter wait`,
    ['Wait, s', ...columns.map(({ theme }) => theme)],
    bounds
      .slice(0, full < 0 ? undefined : full + 1)
      .map((seconds, index) => [formatSeconds(seconds), ...(shares[index] ?? []).map(formatShare)]),
  );
}
