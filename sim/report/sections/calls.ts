import { html } from 'ghtml';
import type { SetResult, SimulationResult } from '../../simulation/result.ts';
import { callsChart, stretches } from '../calls-chart.ts';
import { clock } from '../day.ts';
import type { Look } from '../look.ts';
import { figure, more, setName, table } from '../parts.ts';
import { COUNT, figureCell, rate, wait } from '../words.ts';

/** Calls per second over the time simulated, against the quota. */
export function callsSection(result: SimulationResult, looks: readonly Look[]): string {
  const { sets, callsPerSecondGranted: granted } = result;
  const peaks = sets.flatMap(({ calls }) => calls.byMinute.map(({ peak }) => peak));
  const top = peaks.reduce((most, peak) => Math.max(most, peak), granted) * 1.05;
  const silent = looks.filter((_, index) => sets[index]?.calls.made.value === 0);
  const cards = sets.map((set, index) => callsCard(set, looks[index], result, top));
  return html`<section id="calls"><h2>Calls against the quota</h2>
<p>Calls of UpdateContactRoutingData in the first run: the area is the mean per second, the line the busiest second. When more falls due than is granted, changes wait for their turn, the most urgent first.</p>
!${silent.length === 0 ? '' : html`<p class="legend">No calls: !${silent.map((look) => html`<span>!${setName(look)}</span>`)}</p>`}
<div class="cards">!${cards}</div></section>`;
}

function callsCard(set: SetResult, look: Look | undefined, result: SimulationResult, top: number): string {
  const { calls } = set;
  if (!look || calls.made.value === 0) return '';
  const { callsPerSecondGranted: granted, runs, scenario } = result;
  const busiest = calls.busiestSecond;
  const title = `${set.name}: calls per second over the day, at most ${rate(busiest)} of ${rate(granted)} granted`;
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
      [runs > 1 ? 'Busiest second of all runs' : 'Busiest second', `${rate(busiest)} of ${rate(granted)}`],
      ['Half of the changes late by at most', wait(calls.latenessSeconds.median)],
      ['99 in 100 late by at most', wait(calls.latenessSeconds.p99)],
      [
        'Changes never made, as the contact left or something else was wanted first',
        figureCell(calls.overtaken, COUNT, runs),
      ],
    ],
  )}
!${more('Calls by the hour', byHour(set, scenario.startsAtLocal, scenario.hours))}</article>`;
}

function byHour({ name, calls }: SetResult, startsAt: string, hours: number): string {
  const perHour = stretches(calls.byMinute, Math.ceil(hours * 60), 60);
  return table(
    `Calls of ${name} by the hour`,
    ['From', 'Mean per second', 'Busiest second'],
    perHour.map(({ minute, mean, peak }) => [clock(startsAt, minute, hours), rate(mean), rate(peak)]),
  );
}
