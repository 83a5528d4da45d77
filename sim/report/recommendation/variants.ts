import { html } from 'ghtml';
import type { Recommendation } from '../../recommend/recommendation.ts';
import type { StressResult } from '../../recommend/stress.ts';
import { type Cell, table } from '../components.ts';
import { figureCell } from '../format.ts';
import { goalFormat } from '../goal-figure.ts';

/** Whether the goals are met in scenarios that differ a little. */
export function variantsSection({ stress, best }: Recommendation): string {
  return html`<section id="variants"><h2>If the scenario is not quite right</h2>
<article class="card">!${
    stress === undefined
      ? html`<p>Not tried, since no set meets the goals in the scenario itself.</p>`
      : html`<p>${sentence(stress)}</p>!${table(
          'The goals in variants of the scenario',
          ['Variant', '', ...best.goals.map(({ tier, goal }) => `${tier}: ${goal}`)],
          stress.map(row),
        )}`
  }</article></section>`;
}

function sentence(stress: readonly StressResult[]): string {
  const failing = stress.filter(({ holds }) => !holds);
  if (failing.length === 0) return 'The goals are met in all variants.';
  return `The goals are not met with ${failing.map(({ variant }) => variant).join(', nor with ')}.`;
}

function row({ variant, holds, goals }: StressResult): [Cell, ...Cell[]] {
  return [
    variant,
    holds ? '✓ held' : '✗ not held',
    ...goals.map(
      (goal): Cell => (goal.contacts === 0 ? 'no contacts' : figureCell(goal.found, goalFormat(goal), 2)),
    ),
  ];
}
