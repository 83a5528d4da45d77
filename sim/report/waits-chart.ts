import * as Plot from '@observablehq/plot';
import type { TierResult } from '../simulation/result.ts';
import { FONT_SIZE, renderChart, WIDTH } from './chart.ts';
import type { SetTheme } from './set-theme.ts';
import { waitAxis } from './wait-axis.ts';

/** The waits of a tier under one policy set. */
export interface WaitCurve {
  readonly theme: SetTheme;
  readonly tier: TierResult;
}

const MARGIN_LEFT = 48;
const MARGIN_RIGHT = 14;
const INNER_WIDTH = WIDTH - MARGIN_LEFT - MARGIN_RIGHT;

/** A point of a cumulative curve: this share of the contacts waited less than `seconds`. */
interface Point {
  readonly seconds: number;
  readonly share: number;
}

/** The cumulative distribution of waits. */
export function cumulative({
  waitHistogram,
  contacts,
}: Pick<TierResult, 'waitHistogram' | 'contacts'>): readonly Point[] {
  let sum = 0;
  return [
    { seconds: 0, share: 0 },
    ...waitHistogram.upToSeconds.map((seconds, index) => {
      sum += waitHistogram.counts[index] ?? 0;
      return { seconds, share: contacts === 0 ? 0 : sum / contacts };
    }),
  ];
}

/**
 * The cumulative distributions of waits, one curve per policy set. The axis of waits has a square root scale,
 * so that seconds are visible next to an hour.
 */
export function waitsChart(title: string, lines: readonly WaitCurve[], serviceLevelSeconds: number): string {
  const measured = lines.filter(({ tier }) => tier.contacts > 0);
  const end = Math.max(2 * serviceLevelSeconds, ...measured.map(({ tier }) => tier.p99WaitSeconds));
  const curves = measured.map(({ theme, tier }) => ({ theme, points: clipCurve(cumulative(tier), end) }));
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
        text: ['target'],
        textAnchor: Math.sqrt(serviceLevelSeconds / end) > 0.7 ? 'end' : 'start',
        dy: -14,
        fill: 'var(--muted)',
      }),
      ...curves.map(({ theme, points }) =>
        Plot.line(points, {
          x: 'seconds',
          y: 'share',
          stroke: theme.color,
          strokeWidth: 2.5,
          strokeDasharray: theme.dash,
          className: `curve ${theme.className}`,
        }),
      ),
      ...curves.flatMap(({ theme, points }, index) =>
        badge(theme, pointAt(points, 0.8 - 0.17 * (index % 4))),
      ),
    ],
  });
}

/** The letter of a policy set on its curve. */
function badge(theme: SetTheme, point: Point): readonly Plot.Markish[] {
  return [
    Plot.dot([point], {
      x: 'seconds',
      y: 'share',
      r: 8,
      fill: theme.color,
      stroke: 'var(--card)',
      className: 'badge',
    }),
    Plot.text([point], {
      x: 'seconds',
      y: 'share',
      text: [theme.letter],
      fill: 'var(--on-set)',
      fontWeight: 700,
      fontSize: FONT_SIZE - 1,
      className: 'letter',
    }),
  ];
}

/** The point at which a curve reaches a share, or its end. */
function pointAt(points: readonly Point[], share: number): Point {
  const next = points.findIndex((point) => point.share >= share);
  const after = points[next];
  const before = points[next - 1];
  if (!after || !before) return points.at(-1) ?? { seconds: 0, share: 0 };
  const part = (share - before.share) / (after.share - before.share);
  return { seconds: before.seconds + part * (after.seconds - before.seconds), share };
}

/** Clips a curve at the right end of the chart. */
function clipCurve(points: readonly Point[], end: number): readonly Point[] {
  const within = points.filter(({ seconds }) => seconds <= end);
  const before = within.at(-1);
  const after = points[within.length];
  if (!before || !after || before.seconds === end) return within;
  const part = (end - before.seconds) / (after.seconds - before.seconds);
  return [...within, { seconds: end, share: before.share + part * (after.share - before.share) }];
}
