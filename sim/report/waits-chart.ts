import * as Plot from '@observablehq/plot';
import type { TierResult } from '../simulation/result.ts';
import { FONT_SIZE, renderChart, WIDTH } from './chart.ts';
import type { SetTheme } from './set-theme.ts';
import { waitAxis } from './wait-axis.ts';

/** What one set did to the waits of a tier. */
export interface WaitCurve {
  readonly theme: SetTheme;
  readonly tier: TierResult;
}

const MARGIN_LEFT = 48;
const MARGIN_RIGHT = 14;
const INNER_WIDTH = WIDTH - MARGIN_LEFT - MARGIN_RIGHT;

/** A point of a cumulative curve: that share waited less than so many seconds. */
interface Point {
  readonly seconds: number;
  readonly share: number;
}

/** The share of contacts that waited less than so long, up to all of them. */
export function cumulative({
  waitHistogram: waits,
  contacts,
}: Pick<TierResult, 'waitHistogram' | 'contacts'>): readonly Point[] {
  let sum = 0;
  return [
    { seconds: 0, share: 0 },
    ...waits.upToSeconds.map((seconds, index) => {
      sum += waits.counts[index] ?? 0;
      return { seconds, share: contacts === 0 ? 0 : sum / contacts };
    }),
  ];
}

/**
 * Curves of the share that waited less than so long, one for each set. Waits lie on a square root scale, so that the
 * first seconds can be seen beside an hour.
 */
export function waitsChart(title: string, lines: readonly WaitCurve[], serviceLevelSeconds: number): string {
  const drawn = lines.filter(({ tier }) => tier.contacts > 0);
  const end = Math.max(2 * serviceLevelSeconds, ...drawn.map(({ tier }) => tier.p99WaitSeconds));
  const curves = drawn.map(({ theme: look, tier }) => ({ look, points: clipCurve(cumulative(tier), end) }));
  return renderChart({
    title,
    height: 220,
    marginLeft: MARGIN_LEFT,
    marginRight: MARGIN_RIGHT,
    marginTop: 18,
    marginBottom: 24,
    x: { type: 'sqrt', domain: [0, end], axis: null },
    y: { domain: [0, 1], axis: null },
    marks: [
      Plot.gridY([0, 0.25, 0.5, 0.75, 1], { stroke: 'var(--grid)', strokeOpacity: 1 }),
      Plot.axisY([0, 0.25, 0.5, 0.75, 1], {
        tickFormat: (share: number) => `${share * 100} %`,
        tickSize: 0,
        label: null,
      }),
      waitAxis((seconds) => Math.sqrt(seconds / end) * INNER_WIDTH, INNER_WIDTH),
      Plot.ruleX([serviceLevelSeconds], {
        stroke: 'var(--muted)',
        strokeDasharray: '1 3',
        className: 'target',
      }),
      Plot.text([serviceLevelSeconds], {
        x: [serviceLevelSeconds],
        frameAnchor: 'top',
        text: ['in time'],
        textAnchor: Math.sqrt(serviceLevelSeconds / end) > 0.7 ? 'end' : 'start',
        dy: -14,
        fill: 'var(--muted)',
      }),
      ...curves.map(({ look, points }) =>
        Plot.line(points, {
          x: 'seconds',
          y: 'share',
          stroke: look.color,
          strokeWidth: 2.5,
          strokeDasharray: look.dash,
          className: `curve ${look.className}`,
        }),
      ),
      ...curves.flatMap(({ look, points }, index) => badge(look, pointAt(points, 0.8 - 0.17 * (index % 4)))),
    ],
  });
}

/** The letter of a set upon its curve. */
function badge(look: SetTheme, point: Point): readonly Plot.Markish[] {
  return [
    Plot.dot([point], {
      x: 'seconds',
      y: 'share',
      r: 8,
      fill: look.color,
      stroke: 'var(--card)',
      className: 'badge',
    }),
    Plot.text([point], {
      x: 'seconds',
      y: 'share',
      text: [look.letter],
      fill: 'var(--on-set)',
      fontWeight: 700,
      fontSize: FONT_SIZE - 1,
      className: 'letter',
    }),
  ];
}

/** Where a curve reaches a share, or its end. */
function pointAt(points: readonly Point[], share: number): Point {
  const next = points.findIndex((point) => point.share >= share);
  const after = points[next];
  const before = points[next - 1];
  if (!after || !before) return points.at(-1) ?? { seconds: 0, share: 0 };
  const part = (share - before.share) / (after.share - before.share);
  return { seconds: before.seconds + part * (after.seconds - before.seconds), share };
}

/** The part of a curve that lies within the chart. */
function clipCurve(points: readonly Point[], end: number): readonly Point[] {
  const within = points.filter(({ seconds }) => seconds <= end);
  const before = within.at(-1);
  const after = points[within.length];
  if (!before || !after || before.seconds === end) return within;
  const part = (end - before.seconds) / (after.seconds - before.seconds);
  return [...within, { seconds: end, share: before.share + part * (after.share - before.share) }];
}
