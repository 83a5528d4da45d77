import { html } from 'ghtml';
import type { SimulatedSetResult, SimulationResult } from '../../simulation/result.ts';
import { callsChart, callsIntervals } from '../calls-chart.ts';
import { formatClock } from '../clock.ts';
import { details, figure, fold, setName, table } from '../components.ts';
import { COUNT, figureCell, formatRate, formatSeconds } from '../format.ts';
import type { SetTheme } from '../set-theme.ts';

/** Calls per second over the simulated time, and the quota. */
export function callsSection(result: SimulationResult, themes: readonly SetTheme[]): string {
  const { sets } = result;
  const peaks = sets.flatMap(({ calls }) => calls.byMinute.map(({ peak }) => peak));
  const granted = sets.map(({ grantedPerSecond }) => grantedPerSecond);
  const top = [...peaks, ...granted].reduce((most, one) => Math.max(most, one), 0) * 1.05;
  const idleThemes = themes.filter((_, index) => sets[index]?.calls.made.value === 0);
  const cards = sets.map((set, index) => callsCard(set, themes[index], result, top));
  return html`<section id="calls"><h2>Calls and quota</h2>
<p>Calls of UpdateContactRoutingData in the first run: the area shows the mean per second, the line the peak second. When more changes are due than the quota permits, the least urgent ones wait.</p>
!${idleThemes.length === 0 ? '' : html`<p class="legend">No calls: !${idleThemes.map((theme) => html`<span>!${setName(theme)}</span>`)}</p>`}
!${fold('Calls of each set', html`<div class="cards">!${cards}</div>`)}</section>`;
}

function callsCard(
  set: SimulatedSetResult,
  theme: SetTheme | undefined,
  result: SimulationResult,
  top: number,
): string {
  const { calls, grantedPerSecond } = set;
  if (!theme || calls.made.value === 0) return '';
  const { runs, scenario } = result;
  const peak = calls.peakPerSecond;
  const title = `${set.name}: calls per second, peak ${formatRate(peak)} of ${formatRate(grantedPerSecond)}`;
  return html`<article class="card calls"><h3>!${setName(theme)}</h3>
!${figure(
    'Calls per second',
    callsChart(title, theme, calls, {
      grantedPerSecond,
      top,
      startsAt: scenario.startsAtLocal,
      hours: scenario.hours,
    }),
  )}
!${table(
    `Calls of ${set.name}`,
    ['', 'Per run'],
    [
      ['Calls', figureCell(calls.made, COUNT, runs)],
      [
        runs > 1 ? 'Peak per second, all runs' : 'Peak per second',
        `${formatRate(peak)} of ${formatRate(grantedPerSecond)}`,
      ],
      ['Median lateness, s', formatSeconds(calls.latenessSeconds.median)],
      ['p99 lateness, s', formatSeconds(calls.latenessSeconds.p99)],
      ['Superseded changes', figureCell(calls.superseded, COUNT, runs)],
    ],
  )}
!${details('Calls by hour', byHour(set, scenario.startsAtLocal, scenario.hours))}</article>`;
}

function byHour({ name, calls }: SimulatedSetResult, startsAt: string, hours: number): string {
  const perHour = callsIntervals(calls.byMinute, Math.ceil(hours * 60), 60);
  return table(
    `Calls of ${name} by hour`,
    ['From', 'Mean per second', 'Peak per second'],
    perHour.map(({ minute, mean, peak }) => [
      formatClock(startsAt, minute, hours),
      formatRate(mean),
      formatRate(peak),
    ]),
  );
}
