import { html } from 'ghtml';
import type { HalfHourResult, SimulatedSetResult, SimulationResult } from '../../simulation/result.ts';
import { formatClock } from '../clock.ts';
import { type Cell, details, figure, setName, table } from '../components.ts';
import { type DayCurve, dayChart } from '../day-chart.ts';
import { mostUrgentTier } from '../findings/most-urgent.ts';
import { formatCount, formatShare } from '../format.ts';
import type { SetTheme } from '../set-theme.ts';

type TierFigures = HalfHourResult['tiers'][number];

/** A set with its half hours. */
interface Column {
  readonly set: SimulatedSetResult;
  readonly theme: SetTheme;
}

/** The figures that every planning tool shows by half hour: pictures, and the same as tables. */
export function halfHoursSection(result: SimulationResult, themes: readonly SetTheme[]): string {
  const columns = result.sets.flatMap((set, index) => {
    const theme = themes[index];
    return theme ? [{ set, theme }] : [];
  });
  const [first] = columns;
  if (!first || first.set.byHalfHour.length < 2) return '';
  const tiers = first.set.tiers.map(({ tier }) => tier);
  // The others are closed, so that the page is short on a phone and in print.
  const urgent = mostUrgentTier(result);
  return html`<section id="half-hours"><h2>By half hour</h2>
<p>Means over the runs. Contacts count in the half hour in which they came. The average speed of answer is the mean wait of those who were answered; the queue is the mean number of contacts that wait. Occupancy is the time that agents spend on contacts and after-contact work, as a share of their time for as many contacts as they may have at once.</p>
<p class="legend">!${columns.map(({ theme }) => html`<span>!${setName(theme)}</span>`)}</p>
!${agentsCard(result, columns, first)}
!${tiers.map((tier) => {
    const card = tierCard(tier, result, columns, first);
    return tier === urgent ? card : details(`${tier} by half hour`, card);
  })}
</section>`;
}

function agentsCard(result: SimulationResult, columns: readonly Column[], first: Column): string {
  const chart = (title: string, curves: readonly DayCurve[], format?: (value: number) => string) =>
    figure(title, dayChart(`All tiers: ${title}`, curves, result.scenario, format));
  const queueOf = ({ tiers }: HalfHourResult) => tiers.reduce((sum, { waiting }) => sum + waiting, 0);
  const rows = first.set.byHalfHour.map((slot, index): [Cell, ...Cell[]] => [
    clockOf(result, slot),
    slot.agents.toFixed(1),
    ...columns.flatMap(({ set }) => {
      const one = set.byHalfHour[index] ?? slot;
      return [share(one.occupancy), queueOf(one).toFixed(1)];
    }),
  ]);
  const heads = columns.flatMap(({ theme }) => [`${theme.letter} occupancy`, `${theme.letter} queue`]);
  return html`<article class="card"><h3>Agents</h3>
<div class="charts">
!${chart('Agents on shift', [curveOf(first, ({ agents }) => agents, 'var(--ink)')])}
!${chart(
    'Occupancy',
    columns.map((column) => curveOf(column, ({ occupancy }) => occupancy)),
    formatPercent,
  )}
!${chart(
    'Contacts in the queue',
    columns.map((column) => curveOf(column, queueOf)),
  )}
</div>
!${details('Agents by half hour as a table', table('Agents on shift, occupancy and contacts in the queue', ['From', 'Agents', ...heads], rows))}</article>`;
}

function tierCard(tier: string, result: SimulationResult, columns: readonly Column[], first: Column): string {
  const of = (slot: HalfHourResult) => slot.tiers.find((one) => one.tier === tier);
  const chart = (
    title: string,
    pick: (figures: TierFigures) => number | null,
    format?: (value: number) => string,
    some = columns,
  ) => {
    const curves = some.map((column) =>
      curveOf(
        column,
        (slot) => {
          const figures = of(slot);
          return figures ? pick(figures) : null;
        },
        some.length === 1 && columns.length > 1 ? 'var(--ink)' : undefined,
      ),
    );
    return figure(title, dayChart(`${tier} by half hour: ${title}`, curves, result.scenario, format));
  };
  const rows = first.set.byHalfHour.map((slot, index): [Cell, ...Cell[]] => [
    clockOf(result, slot),
    (of(slot)?.arrivals ?? 0).toFixed(1),
    ...columns.flatMap(({ set }) => {
      const figures = of(set.byHalfHour[index] ?? slot);
      return [
        share(figures?.serviceLevel),
        share(figures?.abandoned),
        formatCount(figures?.speedOfAnswerSeconds ?? Number.NaN),
      ];
    }),
  ]);
  const heads = columns.flatMap(({ theme: { letter } }) => [
    `${letter} service level`,
    `${letter} abandoned`,
    `${letter} speed of answer, s`,
  ]);
  return html`<article class="card"><h3>${tier}</h3>
<div class="charts">
!${chart('Arrivals', ({ arrivals }) => arrivals, undefined, columns.slice(0, 1))}
!${chart('Service level', ({ serviceLevel }) => serviceLevel, formatPercent)}
!${chart('Abandoned', ({ abandoned }) => abandoned, formatPercent)}
!${chart('Average speed of answer, seconds', ({ speedOfAnswerSeconds }) => speedOfAnswerSeconds)}
</div>
!${details(`${tier} by half hour as a table`, table(`${tier} by half hour`, ['From', 'Arrivals', ...heads], rows))}</article>`;
}

function curveOf(
  { set, theme }: Column,
  pick: (slot: HalfHourResult) => number | null,
  color = theme.color,
): DayCurve {
  return {
    color,
    dash: color === theme.color ? theme.dash : 'none',
    points: set.byHalfHour.map((slot) => ({
      fromMinute: slot.fromMinute,
      minutes: slot.minutes,
      value: pick(slot),
    })),
  };
}

/** The time of day, with the day where there are several. */
function clockOf(
  { scenario: { startsAtLocal, hours } }: SimulationResult,
  { fromMinute }: HalfHourResult,
): string {
  const time = formatClock(startsAtLocal, fromMinute, 24);
  return hours > 36 ? `${formatClock(startsAtLocal, fromMinute, hours)}, ${time}` : time;
}

function share(value: number | null | undefined): string {
  return formatShare(value ?? Number.NaN);
}

function formatPercent(value: number): string {
  return `${Math.round(value * 100)} %`;
}
