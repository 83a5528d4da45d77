import { html } from 'ghtml';
import type { Estimate, SimulatedSetResult, SimulationResult, TierResult } from '../../simulation/result.ts';
import { figure, setName, table } from '../components.ts';
import { type Difference, difference } from '../difference.ts';
import {
  BARE_POINTS,
  BARE_SECONDS_CHANGE,
  type FigureFormat,
  figureCell,
  formatWithInterval,
  SECONDS_CHANGE,
} from '../format.ts';
import { domainAround, intervalBars } from '../interval-bars.ts';
import type { SetTheme } from '../set-theme.ts';

const CHANGE_LABELS: Readonly<Record<Difference, string>> = {
  rose: '▲ longer wait',
  fell: '▼ shorter wait',
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

/** The change of the mean wait of all tiers. */
export function costSection(result: SimulationResult, themes: readonly SetTheme[]): string {
  const { sets, baseline } = result;
  const domain = domainAround(sets.flatMap(comparedTiers).map(({ change }) => change.meanWaitSeconds));
  const cards = sets.map((set, index) => costCard(set, themes[index], result, domain));
  return html`<section id="cost"><h2>Change of waits</h2>
<p>The change of the mean wait compared with ${baseline}, for the same contacts. Bars to the right are longer waits, bars to the left shorter ones. Grey bars may be chance.</p>
<div class="cards">!${cards}</div></section>`;
}

function comparedTiers({ tiers }: SimulatedSetResult): readonly ComparedTier[] {
  return tiers.flatMap((tier) =>
    tier.change && tier.contacts > 0 ? [{ ...tier, change: tier.change }] : [],
  );
}

function costCard(
  set: SimulatedSetResult,
  theme: SetTheme | undefined,
  { runs, baseline }: SimulationResult,
  domain: readonly [number, number],
): string {
  const tiers = comparedTiers(set);
  if (!theme || tiers.length === 0) return '';
  const differenceOf = ({ change }: ComparedTier) => difference(change.meanWaitSeconds, runs);
  const bars = tiers.map((tier) => ({
    name: tier.tier,
    estimate: tier.change.meanWaitSeconds,
    text: formatWithInterval(tier.change.meanWaitSeconds, SECONDS_CHANGE, runs),
    color: COLORS[differenceOf(tier)],
  }));
  const cell = (estimate: Estimate, format: FigureFormat) => figureCell(estimate, format, runs);
  return html`<article class="card cost"><h3>!${setName(theme)}</h3>
!${figure('Change of the mean wait', intervalBars(`${set.name}: change of the mean wait of each tier compared with ${baseline}`, bars, domain))}
!${table(
    `${set.name} compared with ${baseline}`,
    ['Tier', 'Mean wait, s', 'Service level, points', 'Abandoned, points'],
    tiers.map((tier) => [
      [tier.tier, CHANGE_LABELS[differenceOf(tier)]],
      cell(tier.change.meanWaitSeconds, BARE_SECONDS_CHANGE),
      cell(tier.change.serviceLevel, BARE_POINTS),
      cell(tier.change.abandoned, BARE_POINTS),
    ]),
  )}</article>`;
}
