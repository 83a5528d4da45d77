import * as Plot from '@observablehq/plot';
import type { FrontPoint } from '../../recommend/front.ts';
import { FONT_SIZE, renderChart, WIDTH } from '../chart.ts';
import { formatWait } from '../format.ts';
import { goalFormat } from '../goal-figure.ts';
import type { Mark } from './marks.ts';

const HEIGHT = 260;
const MARGIN = { left: 54, right: 18, top: 26, bottom: 26 };

const COLORS: Readonly<Record<Mark['className'], string>> = {
  best: 'var(--good)',
  draft: 'var(--set-1)',
  none: 'var(--set-0)',
  more: 'var(--set-4)',
  less: 'var(--set-2)',
  other: 'var(--open)',
};

/** A mark with its place in the chart. */
interface Placed {
  readonly mark: Mark;
  /** From the left and from the top, in percent of the chart. */
  readonly left: number;
  readonly top: number;
}

/** The picture, and where its marks are. */
interface FrontChart {
  readonly svg: string;
  readonly placed: readonly Placed[];
}

/**
 * Service against cost: better is up, cheaper is left.
 *
 * @param searched - all points, drawn faintly.
 * @param front - those that no other beats in both, as a line.
 * @param limit - of the goal; undefined where the goal is a change.
 */
export function frontChart(
  title: string,
  searched: readonly FrontPoint[],
  front: readonly FrontPoint[],
  marks: readonly Mark[],
  limit: number | undefined,
): FrontChart {
  const costs = searched.map(({ worst }) => worst.seconds);
  const values = [...searched.map(({ goal }) => goal.found.value), ...(limit === undefined ? [] : [limit])];
  const [goal] = searched.map((point) => point.goal);
  const x = widened(Math.min(0, ...costs), Math.max(0, ...costs));
  const y = widened(Math.min(...values), Math.max(...values));
  const isLessBetter = goal?.figure !== 'answered';
  const format = goal ? goalFormat(goal).value : String;
  const at = ({ goal, worst }: FrontPoint) => ({ cost: worst.seconds, value: goal.found.value });
  const dots = marks.map(({ point, ...mark }) => ({ ...mark, ...at(point), color: COLORS[mark.className] }));
  const channels = { x: 'cost', y: 'value' };
  const svg = renderChart({
    title,
    height: HEIGHT,
    marginLeft: MARGIN.left,
    marginRight: MARGIN.right,
    marginTop: MARGIN.top,
    marginBottom: MARGIN.bottom,
    // Radii are pixels.
    r: { type: 'identity' },
    x: { domain: x, axis: null },
    y: { domain: y, reverse: isLessBetter, axis: null },
    marks: [
      Plot.gridY({ ticks: 5, stroke: 'var(--grid)', strokeOpacity: 1 }),
      Plot.axisY({ ticks: 5, tickSize: 0, label: null, tickFormat: format }),
      Plot.axisX({
        ticks: 5,
        tickSize: 4,
        label: null,
        tickFormat: (seconds: number) => formatWait(seconds),
      }),
      ...(limit === undefined
        ? []
        : [
            Plot.ruleY([limit], {
              stroke: 'var(--bad)',
              strokeWidth: 1.5,
              strokeDasharray: '6 3',
              className: 'limit',
            }),
            Plot.text([limit], {
              frameAnchor: 'right',
              y: [limit],
              text: ['goal'],
              textAnchor: 'end',
              dy: -8,
              fill: 'var(--bad)',
            }),
          ]),
      Plot.dot(searched.map(at), {
        ...channels,
        r: 2,
        fill: 'var(--muted)',
        fillOpacity: 0.5,
        className: 'searched',
      }),
      Plot.line(front.map(at), {
        ...channels,
        stroke: 'var(--ink)',
        strokeWidth: 1.5,
        className: 'curve front',
      }),
      Plot.dot(dots, {
        ...channels,
        r: ({ className }: { className: string }) => (className === 'other' ? 4 : 9),
        fill: 'color',
        stroke: 'var(--card)',
        className: 'mark',
      }),
      Plot.text(dots, {
        ...channels,
        text: 'letter',
        fill: 'var(--on-set)',
        fontWeight: 700,
        fontSize: FONT_SIZE - 1,
        className: 'letter',
      }),
    ],
  });
  const share = (value: number, [low, high]: readonly [number, number]) => (value - low) / (high - low);
  const placed = marks.map((mark): Placed => {
    const { cost, value } = at(mark.point);
    const up = isLessBetter ? 1 - share(value, y) : share(value, y);
    return {
      mark,
      left: percent(MARGIN.left + share(cost, x) * (WIDTH - MARGIN.left - MARGIN.right), WIDTH),
      top: percent(MARGIN.top + (1 - up) * (HEIGHT - MARGIN.top - MARGIN.bottom), HEIGHT),
    };
  });
  return { svg, placed };
}

function percent(value: number, whole: number): number {
  return Number(((value / whole) * 100).toFixed(2));
}

/** A domain with a margin for what is drawn on its ends. */
function widened(low: number, high: number): readonly [number, number] {
  const margin = (high - low || Math.abs(high) || 1) * 0.06;
  return [low - margin, high + margin];
}
