import { html } from 'ghtml';
import { judgedSets } from '../../goals/index.ts';
import type { SimulatedSetResult, SimulationResult } from '../../simulation/result.ts';
import { keyFigures, setName } from '../components.ts';
import { formatCounted } from '../format.ts';
import { goalFigure } from '../goal-figure.ts';
import type { SetTheme } from '../set-theme.ts';

/** Which goals each judged set meets; empty without goals. */
export function goalsSection(result: SimulationResult, themes: readonly SetTheme[]): string {
  const cards = judgedSets(result).map((set) => card(set, result, themes));
  if (cards.every((one) => one === '')) return '';
  return html`<section id="goals"><h2>Goals</h2>
!${cards}</section>`;
}

function card(
  set: SimulatedSetResult,
  { runs, sets }: SimulationResult,
  themes: readonly SetTheme[],
): string {
  const { goals = [] } = set;
  const theme = themes[sets.indexOf(set)];
  if (goals.length === 0 || !theme) return '';
  return html`<article class="card goals"><h3>!${setName(theme)}</h3>
<p class="lead">${sentenceOf(goals)}</p>
!${keyFigures(goals.map((goal) => goalFigure(goal, runs)))}</article>`;
}

function sentenceOf(goals: NonNullable<SimulatedSetResult['goals']>): string {
  const count = (one: string) => goals.filter(({ verdict }) => verdict === one).length;
  const [met, missed, unclear] = [count('met'), count('missed'), count('unclear')];
  if (goals.length === 1) {
    if (unclear > 0) return 'These runs do not show whether the goal is met.';
    return met > 0 ? 'The goal is met.' : 'The goal is missed.';
  }
  const all = formatCounted(goals.length, 'goal');
  if (met === goals.length) return `All ${all} are met.`;
  const parts = [
    ...(met > 0 ? [`${met} met`] : []),
    ...(missed > 0 ? [`${missed} missed`] : []),
    ...(unclear > 0 ? [`${unclear} unclear`] : []),
  ];
  return `Of ${all}: ${parts.join(', ')}.`;
}
