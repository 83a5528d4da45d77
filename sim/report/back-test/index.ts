import { html } from 'ghtml';
import { FIGURES, type FigureName, isWait } from '../../backtest/figures.ts';
import { shareOf } from '../../backtest/judge.ts';
import type { BackTestResult, Deviation, JudgedCell, JudgedFigure } from '../../backtest/result.ts';
import { formatStart } from '../clock.ts';
import { type Cell, details, figure, table } from '../components.ts';
import { formatCounted, formatShare, formatWait } from '../format.ts';
import { pageHtml } from '../page.ts';
import type { ChartTime } from '../time-axes.ts';
import { type BandPoint, bandChart } from './band-chart.ts';

const NAMES: Readonly<Record<FigureName, string>> = {
  meanWait: 'Mean wait',
  p90Wait: 'p90 wait',
  abandoned: 'Abandoned',
  serviceLevel: 'Service level',
};

/**
 * Renders a back-test as one self-contained HTML file: what was recorded over the bands of the runs.
 *
 * @returns the same bytes for the same result.
 */
export function backTestHtml(result: BackTestResult): string {
  const { tiers } = result;
  return pageHtml('Back-test report', [
    headSection(result),
    verdictSection(result),
    html`<section id="tiers"><h2>By half hour</h2>
<p>The line is what was recorded, the area the band in which nine of ten runs lie. A dot is a figure outside its band. Half hours with few contacts are pooled.</p>
!${tiers.map(({ tier, ...deviation }) => tierCard(tier, deviation, result))}</section>`,
  ]);
}

function headSection(result: BackTestResult): string {
  const { scenario, all, from, to, runs, policies, recordings } = result;
  return html`<header><p class="kicker">Back-test report</p>
<h1>${scenario.name}</h1>
<p class="facts">${formatCounted(all.contacts, 'contact')} of ${recordings.join(', ')} · ${formatStart(from)} to ${formatStart(to)} · ${formatCounted(runs, 'run')} · policies in force: ${policies}</p></header>`;
}

const VERDICTS: Readonly<Record<BackTestResult['verdict'], string>> = {
  trusted: 'The scenario is trusted',
  'not calibrated': 'The scenario is not calibrated',
  'too little to judge': 'There is too little to judge the scenario by',
};

function verdictSection({ verdict, reasons, notes, agents, all, tiers }: BackTestResult): string {
  const adjusted = agents === 1 ? '' : ` with ${Math.round(agents * 100)} % of its agents`;
  const list = (sentences: readonly string[]) =>
    sentences.length === 0 ? '' : html`<ul>!${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`;
  return html`<section id="verdict"><h2>Verdict</h2>
<article class="card"><p class="lead">${VERDICTS[verdict]}${adjusted}.</p>
!${list(reasons)}!${list(notes)}
!${table(
    'Recorded figures and the bands of the runs',
    ['Tier', ...FIGURES.map((name) => NAMES[name]), 'Within', 'Bias'],
    [...tiers, { tier: 'All', ...all }].map(({ tier, ...deviation }) => tierRow(tier, deviation)),
  )}</article></section>`;
}

function tierRow(tier: string, { contacts, figures, coverage, bias }: Deviation): [Cell, ...Cell[]] {
  return [
    [tier, formatCounted(contacts, 'contact')],
    ...FIGURES.map((name) => figureCell(name, figures[name])),
    coverage.of === 0 ? '–' : formatShare(shareOf(coverage)),
    formatShare(bias),
  ];
}

function tierCard(tier: string, { contacts }: Deviation, result: BackTestResult): string {
  const cells = result.cells.filter((cell) => cell.tier === tier);
  if (cells.length === 0) return '';
  const startsAt = Date.parse(result.from);
  const time = { startsAtLocal: result.from, hours: (Date.parse(result.to) - startsAt) / 3_600_000 };
  const rows = cells.map((cell): [Cell, ...Cell[]] => [
    `${cell.from.slice(0, 10)} ${cell.from.slice(11, 16)}`,
    String(cell.contacts),
    ...FIGURES.map((name) => figureCell(name, cell.figures[name])),
  ]);
  return html`<article class="card tier"><h3>${tier}<small> ${formatCounted(contacts, 'contact')}</small></h3>
<div class="charts">
!${FIGURES.map((name) => figure(titleOf(name), figureChart(tier, name, cells, startsAt, time)))}
</div>
!${details(`${tier} as a table`, table(`${tier} by half hour`, ['From', 'Contacts', ...FIGURES.map((name) => NAMES[name])], rows))}</article>`;
}

function figureChart(
  tier: string,
  name: FigureName,
  cells: readonly JudgedCell[],
  startsAt: number,
  time: ChartTime,
): string {
  const minuteOf = (text: string) => (Date.parse(text) - startsAt) / 60_000;
  const points = cells.flatMap(({ from, to, figures }): BandPoint[] => {
    const found = figures[name];
    return found ? [{ ...found, fromMinute: minuteOf(from), toMinute: minuteOf(to) }] : [];
  });
  const title = `${tier}: ${titleOf(name)}`;
  return isWait(name)
    ? bandChart(title, points.map(inMinutes), time, String)
    : bandChart(title, points, time, (share) => `${Math.round(share * 100)} %`);
}

function titleOf(name: FigureName): string {
  return isWait(name) ? `${NAMES[name]}, minutes` : NAMES[name];
}

/** So that the ticks of an axis are round. */
function inMinutes(point: BandPoint): BandPoint {
  const { observed, simulated, low, high } = point;
  return {
    ...point,
    observed: observed / 60,
    simulated: simulated / 60,
    low: low / 60,
    high: high / 60,
  };
}

function figureCell(name: FigureName, found: JudgedFigure | undefined): Cell {
  if (!found) return '–';
  const format = isWait(name) ? formatWait : formatShare;
  const { observed, low, high, isWithin } = found;
  return [format(observed), `(${format(low)} to ${format(high)})${isWithin ? '' : ' outside'}`];
}
