import { html } from 'ghtml';
import type { Estimate, SimulatedSetResult, SimulationResult, TierResult } from '../../simulation/result.ts';
import { figure, setName, table } from '../components.ts';
import { type Difference, difference } from '../difference.ts';
import { BARE_POINTS, type FigureFormat, figureCell, formatWithInterval, WAIT_CHANGE } from '../format.ts';
import { domainAround, intervalBars } from '../interval-bars.ts';
import type { SetTheme } from '../set-theme.ts';

const CHANGE_LABELS: Readonly<Record<Difference, string>> = {
  rose: '▲ waits longer',
  fell: '▼ waits less',
  unclear: '? no clear difference',
  none: '= the same',
  'one-run': '? one run',
};

const COLORS: Readonly<Record<Difference, string>> = {
  rose: 'var(--bad)',
  fell: 'var(--good)',
  unclear: 'var(--open)',
  none: 'var(--open)',
  'one-run': 'var(--open)',
};

type ComparedTier = TierResult & { readonly change: NonNullable<TierResult['change']> };

/** Who waits longer because of a set, and by how much. */
export function costSection(result: SimulationResult, looks: readonly SetTheme[]): string {
  const { sets, baseline } = result;
  const domain = domainAround(sets.flatMap(comparedTiers).map(({ change }) => change.meanWaitSeconds));
  const cards = sets.map((set, index) => costCard(set, looks[index], result, domain));
  return html`<section id="cost"><h2>What it costs the others</h2>
<p>The change of the mean wait against ${baseline}, contact by contact over the same arrivals. Bars to the right wait longer, bars to the left wait less; a bar is grey where the difference may be luck.</p>
<div class="cards">!${cards}</div></section>`;
}

function comparedTiers({ tiers }: SimulatedSetResult): readonly ComparedTier[] {
  return tiers.flatMap((tier) =>
    tier.change && tier.contacts > 0 ? [{ ...tier, change: tier.change }] : [],
  );
}

function costCard(
  set: SimulatedSetResult,
  look: SetTheme | undefined,
  { runs, baseline }: SimulationResult,
  domain: readonly [number, number],
): string {
  const tiers = comparedTiers(set);
  if (!look || tiers.length === 0) return '';
  const answer = ({ change }: ComparedTier) => difference(change.meanWaitSeconds, runs);
  const bars = tiers.map((tier) => ({
    name: tier.tier,
    estimate: tier.change.meanWaitSeconds,
    text: formatWithInterval(tier.change.meanWaitSeconds, WAIT_CHANGE, runs),
    color: COLORS[answer(tier)],
  }));
  const cell = (estimate: Estimate, writing: FigureFormat) => figureCell(estimate, writing, runs);
  return html`<article class="card cost"><h3>!${setName(look)}</h3>
!${figure('Change of the mean wait', intervalBars(`${set.name}: change of the mean wait of each tier against ${baseline}`, bars, domain))}
!${table(
    `${set.name} against ${baseline}`,
    ['Tier', 'Mean wait', 'In time, points', 'Hung up, points'],
    tiers.map((tier) => [
      [tier.tier, CHANGE_LABELS[answer(tier)]],
      cell(tier.change.meanWaitSeconds, WAIT_CHANGE),
      cell(tier.change.serviceLevel, BARE_POINTS),
      cell(tier.change.abandoned, BARE_POINTS),
    ]),
  )}</article>`;
}
