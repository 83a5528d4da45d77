import { html } from 'ghtml';
import type { SimulatedSetResult, SimulationResult } from '../../simulation/result.ts';
import { callsChart, callsIntervals } from '../calls-chart.ts';
import { formatClock } from '../clock.ts';
import { details, figure, setName, table } from '../components.ts';
import { COUNT, figureCell, formatRate, formatWait } from '../format.ts';
import type { SetTheme } from '../set-theme.ts';

/** Calls per second over the time simulated, against the quota. */
export function callsSection(result: SimulationResult, looks: readonly SetTheme[]): string {
  const { sets, grantedPerSecond: granted } = result;
  const peaks = sets.flatMap(({ calls }) => calls.byMinute.map(({ peak }) => peak));
  const top = peaks.reduce((most, peak) => Math.max(most, peak), granted) * 1.05;
  const silent = looks.filter((_, index) => sets[index]?.calls.made.value === 0);
  const cards = sets.map((set, index) => callsCard(set, looks[index], result, top));
  return html`<section id="calls"><h2>Calls against the quota</h2>
<p>Calls of UpdateContactRoutingData in the first run: the area is the mean per second, the line the busiest second. When more falls due than is granted, changes wait for their turn, the most urgent first.</p>
!${silent.length === 0 ? '' : html`<p class="legend">No calls: !${silent.map((look) => html`<span>!${setName(look)}</span>`)}</p>`}
<div class="cards">!${cards}</div></section>`;
}

function callsCard(
  set: SimulatedSetResult,
  look: SetTheme | undefined,
  result: SimulationResult,
  top: number,
): string {
  const { calls } = set;
  if (!look || calls.made.value === 0) return '';
  const { grantedPerSecond: granted, runs, scenario } = result;
  const busiest = calls.peakPerSecond;
  const title = `${set.name}: calls per second over the day, at most ${formatRate(busiest)} of ${formatRate(granted)} granted`;
  return html`<article class="card calls"><h3>!${setName(look)}</h3>
!${figure(
    'Calls per second',
    callsChart(title, look, calls, {
      granted,
      top,
      startsAt: scenario.startsAtLocal,
      hours: scenario.hours,
    }),
  )}
!${table(
    `Calls of ${set.name}`,
    ['', 'In a run'],
    [
      ['Calls made', figureCell(calls.made, COUNT, runs)],
      [
        runs > 1 ? 'Busiest second of all runs' : 'Busiest second',
        `${formatRate(busiest)} of ${formatRate(granted)}`,
      ],
      ['Half of the changes late by at most', formatWait(calls.latenessSeconds.median)],
      ['99 in 100 late by at most', formatWait(calls.latenessSeconds.p99)],
      [
        'Changes never made, as the contact left or something else was wanted first',
        figureCell(calls.superseded, COUNT, runs),
      ],
    ],
  )}
!${details('Calls by the hour', byHour(set, scenario.startsAtLocal, scenario.hours))}</article>`;
}

function byHour({ name, calls }: SimulatedSetResult, startsAt: string, hours: number): string {
  const perHour = callsIntervals(calls.byMinute, Math.ceil(hours * 60), 60);
  return table(
    `Calls of ${name} by the hour`,
    ['From', 'Mean per second', 'Busiest second'],
    perHour.map(({ minute, mean, peak }) => [
      formatClock(startsAt, minute, hours),
      formatRate(mean),
      formatRate(peak),
    ]),
  );
}
