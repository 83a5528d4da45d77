import { html } from 'ghtml';
import type { SimulationResult } from '../../simulation/result.ts';
import { formatStart } from '../clock.ts';
import { setName } from '../components.ts';
import { formatCounted, formatRate } from '../format.ts';
import type { SetTheme } from '../set-theme.ts';

/** What was simulated: the head of the report. */
export function headSection({ scenario, runs, sets }: SimulationResult): string {
  const names = sets.map(({ name }) => name).join(', ');
  return html`<header><p class="kicker">What would these policies do to the queue?</p>
<h1>${scenario.name}</h1>
!${scenario.description === undefined ? '' : html`<p>${scenario.description}</p>`}
<p class="facts">${formatCounted(scenario.agents, 'agent')} · ${formatCounted(scenario.queues.length, 'queue')} · ${scenario.hours} h from ${formatStart(scenario.startsAtLocal)} · ${formatCounted(runs, 'run')} · ${names}</p></header>`;
}

/** How to read the report, and what it was made of. */
export function readingSection(result: SimulationResult, looks: readonly SetTheme[]): string {
  const {
    scenario,
    seed,
    runs,
    confidence,
    baseline,
    grantedPerSecond: callsPerSecondGranted,
    sets,
  } = result;
  return html`<section id="reading"><h2>How to read this</h2>
<div class="cards"><article class="card"><ul>
<li>Every set of policies met the same customers in the same ${formatCounted(runs, 'run')}: a difference between sets is not a difference of luck of the draw.</li>
<li>Whiskers and figures in brackets are ${Number((confidence * 100).toFixed(2))} % confidence intervals over the runs. Where the interval of a change holds zero, these runs show no difference; more runs may. Of many figures, a few miss their interval by chance.</li>
<li>“Answered within ${formatCounted(scenario.serviceLevelSeconds, 'second')}” is of all contacts that did not hang up before that.</li>
<li>Curves: the further up and left, the shorter the waits. Waits are on a square root scale, up to what 99 in 100 wait in the slowest set; the longest wait stands in the table.</li>
<li>A tier is starved when it waits beyond all bounds, since others are always served first.</li>
<li>It is a model: agents of one speed, days that are all alike. Compare sets by it; do not promise its waits to customers.</li>
</ul></article>
<article class="card"><dl class="facts">
<dt>Scenario</dt><dd>${scenario.name}, ${scenario.hours} h from ${formatStart(scenario.startsAtLocal)}</dd>
<dt>Queues</dt><dd>${scenario.queues.join(', ')}</dd>
<dt>Agents</dt><dd>${scenario.agents}</dd>
<dt>Runs and seed</dt><dd>${runs}, seed ${seed}: the same command gives the same report</dd>
<dt>Confidence</dt><dd>${Number((confidence * 100).toFixed(2))} %</dd>
<dt>Quota</dt><dd>${formatRate(callsPerSecondGranted)} calls a second</dd>
<dt>Held against</dt><dd>${baseline}</dd>
!${sets.map(
    ({ policies }, index) =>
      html`<dt>!${looks[index] ? setName(looks[index]) : ''}</dt><dd>!${
        policies.length === 0
          ? 'no policy'
          : html`<ul>!${policies.map(({ name, description }) => html`<li><b>${name}</b>${description === undefined ? '' : `: ${description}`}</li>`)}</ul>`
      }</dd>`,
  )}</dl></article></div></section>`;
}
