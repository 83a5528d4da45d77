import * as Plot from '@observablehq/plot';
import type { JudgedFigure } from '../../backtest/result.ts';
import { renderChart } from '../chart.ts';
import { type ChartTime, timeAxes } from '../time-axes.ts';

/** A recorded figure with its band. */
export interface BandPoint extends JudgedFigure {
  /** Counted from the start of the chart. */
  readonly fromMinute: number;
  readonly toMinute: number;
}

/**
 * Recorded figures as lines over the bands of the runs. What lies outside its band has a dot.
 *
 * @param title - for screen readers.
 * @param points - in order of time; where time passes between two of them is a gap.
 * @param format - of the ticks of the vertical axis.
 */
export function bandChart(
  title: string,
  points: readonly BandPoint[],
  time: ChartTime,
  format: (value: number) => string,
): string {
  const top = points.reduce((most, { high, observed }) => Math.max(most, high, observed), 0) * 1.05 || 1;
  const steps = points.flatMap((point, index) => stepOf(point, points[index + 1]));
  return renderChart({
    title,
    height: 130,
    marginLeft: 52,
    marginRight: 20,
    marginTop: 10,
    marginBottom: 24,
    x: { domain: [0, time.hours * 60], axis: null },
    y: { domain: [0, top], axis: null },
    marks: [
      ...timeAxes(time, format),
      Plot.areaY(steps, {
        x: 'minute',
        y1: 'low',
        y2: 'high',
        fill: 'var(--set-1)',
        fillOpacity: 0.25,
        className: 'band',
      }),
      Plot.line(steps, {
        x: 'minute',
        y: 'observed',
        stroke: 'var(--ink)',
        strokeWidth: 1.5,
        className: 'recorded',
      }),
      Plot.dot(
        points.filter(({ isWithin }) => !isWithin),
        {
          x: ({ fromMinute, toMinute }: BandPoint) => (fromMinute + toMinute) / 2,
          y: 'observed',
          r: 3,
          fill: 'var(--bad)',
          className: 'outside',
        },
      ),
      Plot.ruleY([0], { stroke: 'var(--ink)', className: 'base' }),
    ],
  });
}

/** Both ends of a step, and a gap where the next one does not follow. */
function stepOf({ fromMinute, toMinute, observed, low, high }: BandPoint, next: BandPoint | undefined) {
  const ends = [fromMinute, toMinute].map((minute) => ({ minute, observed, low, high }));
  const isGap = next !== undefined && next.fromMinute > toMinute;
  const nothing = { observed: Number.NaN, low: Number.NaN, high: Number.NaN };
  return isGap ? [...ends, { minute: toMinute, ...nothing }] : ends;
}
