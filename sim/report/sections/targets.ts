import { html } from 'ghtml';
import type { SimulatedSetResult, SimulationResult } from '../../simulation/result.ts';
import { type Cell, setName, table } from '../components.ts';
import { BARE_SECONDS, COUNT, figureCell, formatCounted, SHARE } from '../format.ts';
import type { SetTheme } from '../set-theme.ts';

/** How often targets were met, and how often conditions held; empty where no set has any. */
export function targetsSection({ sets, runs }: SimulationResult, themes: readonly SetTheme[]): string {
  const cards = sets.map((set, index) => card(set, themes[index], runs)).filter((one) => one !== '');
  if (cards.length === 0) return '';
  return html`<section id="targets"><h2>Targets and conditions</h2>
<p>The share of contacts that were answered before they were due by the target of the policy that governed them, without those that abandoned before. Conditions are those of all queues together.</p>
<div class="cards">!${cards}</div></section>`;
}

function card(
  { name, targets = [], conditions = [] }: SimulatedSetResult,
  theme: SetTheme | undefined,
  runs: number,
): string {
  if (!theme || targets.length + conditions.length === 0) return '';
  const targetRows = targets.map(({ policy, contacts, inTime }): [string, ...Cell[]] => [
    policy,
    contacts === 0 ? '–' : figureCell(inTime, SHARE, runs),
    formatCounted(contacts, 'contact'),
  ]);
  const conditionRows = conditions.map((condition): [string, ...Cell[]] => [
    condition.name,
    figureCell(condition.begun, COUNT, runs),
    figureCell(condition.heldSeconds, BARE_SECONDS, runs),
  ]);
  return html`<article class="card"><h3>!${setName(theme)}</h3>
!${targets.length === 0 ? '' : table(`Targets of ${name}`, ['Policy', 'Answered within the target', 'Of'], targetRows)}
!${conditions.length === 0 ? '' : table(`Conditions of ${name}, per run`, ['Condition', 'Begins', 'Holds for, s'], conditionRows)}</article>`;
}
