import * as Plot from '@observablehq/plot';
import type { Estimate } from '../simulation/result.ts';
import { renderChart } from './chart.ts';

/** A bar that starts at zero, with an interval. */
export interface IntervalBar {
  readonly name: string;
  readonly estimate: Estimate;
  /** The figure as a text, at the right above the bar. */
  readonly text: string;
  readonly color: string;
}

const ROW_HEIGHT = 44;
const MARGIN = 8;

/**
 * Horizontal bars with error bars, each below its name and figure.
 *
 * @param title - for screen readers.
 * @param domain - the values at both ends, including zero. Bars are clipped to it.
 * @param background - `track` shows the whole domain behind each bar.
 */
export function intervalBars(
  title: string,
  bars: readonly IntervalBar[],
  domain: readonly [number, number],
  background: 'track' | 'nothing' = 'nothing',
): string {
  const measured = bars.filter(({ estimate }) => Number.isFinite(estimate.value));
  const top = (bar: IntervalBar) => bars.indexOf(bar) * ROW_HEIGHT;
  const whiskers = measured.filter(({ estimate }) => estimate.low !== estimate.high);
  return renderChart({
    title,
    height: bars.length * ROW_HEIGHT + MARGIN,
    marginLeft: MARGIN,
    marginRight: MARGIN,
    x: { domain: [...domain], axis: null, clamp: true },
    y: { domain: [0, bars.length * ROW_HEIGHT], reverse: true, axis: null },
    marks: [
      Plot.rect(background === 'track' ? bars : [], {
        x1: domain[0],
        x2: domain[1],
        y1: (bar: IntervalBar) => top(bar) + 20,
        y2: (bar: IntervalBar) => top(bar) + 34,
        fill: 'var(--grid)',
        className: 'track',
      }),
      Plot.rect(measured, {
        x1: 0,
        x2: ({ estimate }: IntervalBar) => estimate.value,
        y1: (bar: IntervalBar) => top(bar) + 20,
        y2: (bar: IntervalBar) => top(bar) + 34,
        fill: 'color',
        className: 'bar',
      }),
      Plot.ruleX(bars, {
        x: 0,
        y1: (bar: IntervalBar) => top(bar) + 17,
        y2: (bar: IntervalBar) => top(bar) + 37,
        stroke: 'var(--ink)',
        className: 'zero',
      }),
      // A halo makes whiskers visible on bars of any color.
      ...whiskerMarks(whiskers, top, { stroke: 'var(--card)', strokeWidth: 4.5, className: 'halo' }),
      ...whiskerMarks(whiskers, top, { stroke: 'var(--ink)', strokeWidth: 1.5, className: 'whisker' }),
      Plot.text(bars, {
        frameAnchor: 'left',
        y: (bar: IntervalBar) => top(bar) + 10,
        text: 'name',
        fill: 'currentColor',
        lineWidth: 10,
        textOverflow: 'ellipsis',
        className: 'name',
      }),
      Plot.text(bars, {
        frameAnchor: 'right',
        y: (bar: IntervalBar) => top(bar) + 10,
        text: 'text',
        fill: 'currentColor',
        fontVariant: 'tabular-nums',
        className: 'figure',
      }),
    ],
  });
}

/** A line over the interval, with short lines across its ends. */
function whiskerMarks(
  whiskers: readonly IntervalBar[],
  top: (bar: IntervalBar) => number,
  style: { readonly stroke: string; readonly strokeWidth: number; readonly className: string },
): readonly Plot.Markish[] {
  return [
    Plot.link(whiskers, {
      x1: ({ estimate }: IntervalBar) => estimate.low,
      x2: ({ estimate }: IntervalBar) => estimate.high,
      y: (bar: IntervalBar) => top(bar) + 27,
      ...style,
    }),
    ...(['low', 'high'] as const).map((end) =>
      Plot.ruleX(whiskers, {
        x: ({ estimate }: IntervalBar) => estimate[end],
        y1: (bar: IntervalBar) => top(bar) + 22,
        y2: (bar: IntervalBar) => top(bar) + 32,
        ...style,
        className: `${style.className}-end`,
      }),
    ),
  ];
}

/** A domain that includes zero and all intervals; -1 to 1 when all are zero. */
export function domainAround(estimates: readonly Estimate[]): readonly [number, number] {
  const bounds = estimates.flatMap(({ value, low, high }) => [value, low, high]).filter(Number.isFinite);
  const low = Math.min(0, ...bounds);
  const high = Math.max(0, ...bounds);
  return low === high ? [-1, 1] : [low, high];
}
