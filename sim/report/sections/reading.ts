import { html } from 'ghtml';
import type { SimulationResult } from '../../simulation/result.ts';
import { formatStart } from '../clock.ts';
import { fold, setName } from '../components.ts';
import { formatCounted, formatRate } from '../format.ts';
import type { SetTheme } from '../set-theme.ts';

/** The head of the report: what was simulated. */
export function headSection({ scenario, runs, sets }: SimulationResult): string {
  const names = sets.map(({ name }) => name).join(', ');
  return html`<header><p class="kicker">Simulation report</p>
<h1>${scenario.name}</h1>
!${scenario.description === undefined ? '' : html`<p>${scenario.description}</p>`}
<p class="facts">${formatCounted(scenario.agents, 'agent')} · ${formatCounted(scenario.queues.length, 'queue')} · ${scenario.hours} h from ${formatStart(scenario.startsAtLocal)} · ${formatCounted(runs, 'run')} · ${names}</p></header>`;
}

/** The quota, of each set where they differ. */
function quotas({ sets, grantedPerSecond }: SimulationResult): string {
  const managed = sets.filter(({ policies }) => policies.length > 0);
  const distinct = new Set(managed.map((set) => set.grantedPerSecond));
  return distinct.size > 1
    ? managed.map((set) => `${set.name} ${formatRate(set.grantedPerSecond)}`).join(', ')
    : formatRate([...distinct][0] ?? grantedPerSecond);
}

/** How to read the report, and its inputs. */
export function readingSection(result: SimulationResult, themes: readonly SetTheme[]): string {
  const { scenario, seed, runs, confidence, baseline, sets } = result;
  return html`<section id="reading"><h2>How to read this report</h2>
!${fold(
    'Intervals, figures and inputs',
    html`<div class="cards"><article class="card"><ul>
<li>All policy sets have the same customers in the same ${formatCounted(runs, 'run')}, so a difference between sets is not caused by different customers.</li>
<li>Whiskers and figures in brackets are ${Number((confidence * 100).toFixed(2))} % confidence intervals over the runs. When the interval of a change includes zero, these runs show no difference; more runs may show one. A few of many intervals miss the true value by chance.</li>
<li>The service level is the share of contacts answered within ${formatCounted(scenario.serviceLevelSeconds, 'second')}, without those that abandoned before that.</li>
<li>Waits are those of all contacts, answered or abandoned. Curves further up and left are shorter waits. The axis has a square root scale up to the p99 of the slowest set; the table shows the maximum.</li>
<li>A tier is starved when contacts of other tiers overtake it so often that it waits far longer, or that its contacts are never served.</li>
<li>This is a model, in which agents are equally fast and days are alike. Use it to compare policy sets, not to promise waits to customers.</li>
</ul></article>
<article class="card"><dl class="facts">
<dt>Scenario</dt><dd>${scenario.name}, ${scenario.hours} h from ${formatStart(scenario.startsAtLocal)}</dd>
<dt>Queues</dt><dd>${scenario.queues.join(', ')}</dd>
<dt>Agents</dt><dd>${scenario.agents}</dd>
<dt>Runs and seed</dt><dd>${runs}, seed ${seed}: the same command gives the same report</dd>
<dt>Confidence</dt><dd>${Number((confidence * 100).toFixed(2))} %</dd>
<dt>Quota</dt><dd>${quotas(result)} calls per second</dd>
<dt>Baseline</dt><dd>${baseline}</dd>
!${sets.map(
      ({ policies }, index) =>
        html`<dt>!${themes[index] ? setName(themes[index]) : ''}</dt><dd>!${
          policies.length === 0
            ? 'no policy'
            : html`<ul>!${policies.map(({ name, description }) => html`<li><b>${name}</b>${description === undefined ? '' : `: ${description}`}</li>`)}</ul>`
        }</dd>`,
    )}</dl></article></div>`,
  )}</section>`;
}
