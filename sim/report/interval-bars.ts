import * as Plot from '@observablehq/plot';
import type { Estimate } from '../simulation/result.ts';
import { renderChart } from './chart.ts';

/** A bar from zero with its interval. */
export interface IntervalBar {
  readonly name: string;
  readonly estimate: Estimate;
  /** The figure in words, at the right above the bar. */
  readonly text: string;
  readonly color: string;
}

const ROW_HEIGHT = 44;
const MARGIN = 8;

/**
 * Bars that lie, one below the other, with whiskers where the interval has a length; each has its name and figure
 * above it.
 *
 * @param title - for those who do not see it.
 * @param domain - the values at both ends, zero among them. What lies beyond is cut off.
 * @param behind - a track shows how far a bar could reach.
 */
export function intervalBars(
  title: string,
  bars: readonly IntervalBar[],
  domain: readonly [number, number],
  behind: 'track' | 'nothing' = 'nothing',
): string {
  const drawn = bars.filter(({ estimate }) => Number.isFinite(estimate.value));
  const top = (bar: IntervalBar) => bars.indexOf(bar) * ROW_HEIGHT;
  const whiskers = drawn.filter(({ estimate }) => estimate.low !== estimate.high);
  return renderChart({
    title,
    height: bars.length * ROW_HEIGHT + MARGIN,
    marginLeft: MARGIN,
    marginRight: MARGIN,
    x: { domain: [...domain], axis: null, clamp: true },
    y: { domain: [0, bars.length * ROW_HEIGHT], reverse: true, axis: null },
    marks: [
      Plot.rect(behind === 'track' ? bars : [], {
        x1: domain[0],
        x2: domain[1],
        y1: (bar: IntervalBar) => top(bar) + 20,
        y2: (bar: IntervalBar) => top(bar) + 34,
        fill: 'var(--grid)',
        className: 'track',
      }),
      Plot.rect(drawn, {
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
      // Whiskers end upon bars of any colour: a halo sets them off.
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

/** A line from end to end of the interval, and a short one across at both. */
function whiskerMarks(
  whiskers: readonly IntervalBar[],
  top: (bar: IntervalBar) => number,
  look: { readonly stroke: string; readonly strokeWidth: number; readonly className: string },
): readonly Plot.Markish[] {
  return [
    Plot.link(whiskers, {
      x1: ({ estimate }: IntervalBar) => estimate.low,
      x2: ({ estimate }: IntervalBar) => estimate.high,
      y: (bar: IntervalBar) => top(bar) + 27,
      ...look,
    }),
    ...(['low', 'high'] as const).map((end) =>
      Plot.ruleX(whiskers, {
        x: ({ estimate }: IntervalBar) => estimate[end],
        y1: (bar: IntervalBar) => top(bar) + 22,
        y2: (bar: IntervalBar) => top(bar) + 32,
        ...look,
        className: `${look.className}-end`,
      }),
    ),
  ];
}

/** Zero, and all that the intervals reach; a little of each side, where they reach nothing. */
export function domainAround(estimates: readonly Estimate[]): readonly [number, number] {
  const reached = estimates.flatMap(({ value, low, high }) => [value, low, high]).filter(Number.isFinite);
  const low = Math.min(0, ...reached);
  const high = Math.max(0, ...reached);
  return low === high ? [-1, 1] : [low, high];
}
