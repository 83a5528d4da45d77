import { html } from 'ghtml';
import type { Estimate, SetResult, SimulationResult, TierResult } from '../../simulation/result.ts';
import { type Difference, difference } from '../difference.ts';
import { around, intervalBars } from '../interval-bars.ts';
import type { Look } from '../look.ts';
import { figure, setName, table } from '../parts.ts';
import { BARE_POINTS, figureCell, WAIT_CHANGE, type Writing, withRange } from '../words.ts';

const ANSWERS: Readonly<Record<Difference, string>> = {
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

type Changed = TierResult & { readonly change: NonNullable<TierResult['change']> };

/** Who waits longer because of a set, and by how much. */
export function costSection(result: SimulationResult, looks: readonly Look[]): string {
  const { sets, baseline } = result;
  const domain = around(sets.flatMap(changed).map(({ change }) => change.meanWaitSeconds));
  const cards = sets.map((set, index) => costCard(set, looks[index], result, domain));
  return html`<section id="cost"><h2>What it costs the others</h2>
<p>The change of the mean wait against ${baseline}, contact by contact over the same arrivals. Bars to the right wait longer, bars to the left wait less; a bar is grey where the difference may be luck.</p>
<div class="cards">!${cards}</div></section>`;
}

function changed({ tiers }: SetResult): readonly Changed[] {
  return tiers.flatMap((tier) =>
    tier.change && tier.contacts > 0 ? [{ ...tier, change: tier.change }] : [],
  );
}

function costCard(
  set: SetResult,
  look: Look | undefined,
  { runs, baseline }: SimulationResult,
  domain: readonly [number, number],
): string {
  const tiers = changed(set);
  if (!look || tiers.length === 0) return '';
  const answer = ({ change }: Changed) => difference(change.meanWaitSeconds, runs);
  const bars = tiers.map((tier) => ({
    name: tier.tier,
    estimate: tier.change.meanWaitSeconds,
    text: withRange(tier.change.meanWaitSeconds, WAIT_CHANGE, runs),
    color: COLORS[answer(tier)],
  }));
  const cell = (estimate: Estimate, writing: Writing) => figureCell(estimate, writing, runs);
  return html`<article class="card cost"><h3>!${setName(look)}</h3>
!${figure('Change of the mean wait', intervalBars(`${set.name}: change of the mean wait of each tier against ${baseline}`, bars, domain))}
!${table(
    `${set.name} against ${baseline}`,
    ['Tier', 'Mean wait', 'In time, points', 'Hung up, points'],
    tiers.map((tier) => [
      [tier.tier, ANSWERS[answer(tier)]],
      cell(tier.change.meanWaitSeconds, WAIT_CHANGE),
      cell(tier.change.serviceLevel, BARE_POINTS),
      cell(tier.change.abandoned, BARE_POINTS),
    ]),
  )}</article>`;
}
