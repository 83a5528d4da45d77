import * as Plot from '@observablehq/plot';
import { renderChart } from './chart.ts';
import { formatClock } from './clock.ts';

/** A figure over the time of a scenario. */
export interface DayCurve {
  /** A colour, or a custom property of the page. */
  readonly color: string;
  /** The SVG attribute stroke-dasharray. */
  readonly dash: string;
  /** In order of time, counted from the start; a value of null is a gap. */
  readonly points: readonly {
    readonly fromMinute: number;
    readonly minutes: number;
    readonly value: number | null;
  }[];
}

const DAY_MINUTES = 1_440;

/** The minutes between two ticks of a time axis, for at most six of them. */
export function tickMinutes(hours: number): number {
  const step = [15, 30, 60, 120, 180, 240, 360, 480, 720, DAY_MINUTES].find(
    (minutes) => (hours * 60) / minutes <= 6,
  );
  return step ?? Math.ceil((hours * 60) / 6 / DAY_MINUTES) * DAY_MINUTES;
}

/**
 * Figures by half hour as steps, from zero on.
 *
 * @param title - for screen readers.
 * @param format - of the ticks of the vertical axis.
 * @param formatTick - of the ticks of the time axis, in minutes from the start. Default: the time of day, or the day.
 * @param step - the minutes between two ticks of the time axis. Default: for at most six of them.
 */
export function dayChart(
  title: string,
  curves: readonly DayCurve[],
  { startsAtLocal, hours }: { readonly startsAtLocal: string; readonly hours: number },
  format: (value: number) => string,
  formatTick = (minute: number) => formatClock(startsAtLocal, minute, hours),
  step = tickMinutes(hours),
): string {
  const values = curves.flatMap(({ points }) => points.map(({ value }) => value ?? 0));
  const top = values.reduce((most, value) => Math.max(most, value), 0) * 1.05 || 1;
  const ticks = Array.from({ length: Math.floor((hours * 60) / step) + 1 }, (_, index) => index * step);
  return renderChart({
    title,
    height: 130,
    marginLeft: 52,
    marginRight: 20,
    marginTop: 10,
    marginBottom: 24,
    x: { domain: [0, hours * 60], axis: null },
    y: { domain: [0, top], axis: null },
    marks: [
      Plot.axisY({ ticks: 4, tickSize: 0, label: null, tickFormat: format }),
      Plot.gridY({ ticks: 4, stroke: 'var(--grid)', strokeOpacity: 1 }),
      Plot.axisX(ticks, {
        tickFormat: formatTick,
        tickSize: 4,
        label: null,
      }),
      ...curves.map(({ points, color, dash }) =>
        Plot.line(stepsOf(points), {
          x: 'minute',
          y: 'value',
          stroke: color,
          strokeWidth: 2,
          strokeDasharray: dash,
          className: 'curve',
        }),
      ),
      Plot.ruleY([0], { stroke: 'var(--ink)', className: 'base' }),
    ],
  });
}

/** Both ends of each step. */
function stepsOf(points: DayCurve['points']): { readonly minute: number; readonly value: number }[] {
  return points.flatMap(({ fromMinute, minutes, value }) =>
    [fromMinute, fromMinute + minutes].map((minute) => ({ minute, value: value ?? Number.NaN })),
  );
}
