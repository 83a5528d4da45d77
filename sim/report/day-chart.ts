import * as Plot from '@observablehq/plot';
import { renderChart } from './chart.ts';
import { type ChartTime, timeAxes } from './time-axes.ts';

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

/**
 * Figures by half hour as steps, from zero on.
 *
 * @param title - for screen readers.
 * @param format - of the ticks of the vertical axis.
 */
export function dayChart(
  title: string,
  curves: readonly DayCurve[],
  time: ChartTime,
  format: (value: number) => string = String,
): string {
  const minutes = time.hours * 60;
  const values = curves.flatMap(({ points }) => points.map(({ value }) => value ?? 0));
  const top = values.reduce((most, value) => Math.max(most, value), 0) * 1.05 || 1;
  return renderChart({
    title,
    height: 130,
    marginLeft: 52,
    marginRight: 20,
    marginTop: 10,
    marginBottom: 24,
    x: { domain: [0, minutes], axis: null },
    y: { domain: [0, top], axis: null },
    marks: [
      ...timeAxes(time, format),
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
