import * as Plot from '@observablehq/plot';
import type { ContactTimeline } from '../simulation/result.ts';
import { FONT_SIZE, renderChart, WIDTH } from './chart.ts';
import type { SetTheme } from './set-theme.ts';
import { waitAxis } from './wait-axis.ts';

const MARGIN = 14;
const INNER_WIDTH = WIDTH - 2 * MARGIN;
const LEVEL_HEIGHT = 20;
const MAX_LEVELS = 4;
const ENDS = { answered: 'circle', abandoned: 'times', waiting: 'triangle' } as const;

/**
 * The wait of one contact as a bar with numbered events above it.
 *
 * @param endSeconds - the right end of the axis: the same for all sets, so that bars can be compared.
 */
export function timelineChart(
  title: string,
  theme: SetTheme,
  timeline: ContactTimeline,
  endSeconds: number,
): string {
  const end = Math.max(endSeconds, 1);
  const levels = levelsOf(timeline.moments.map(({ atSeconds }) => (atSeconds / end) * INNER_WIDTH));
  const height = (Math.max(-1, ...levels) + 1) * LEVEL_HEIGHT;
  const moments = timeline.moments.map(({ atSeconds }, index) => ({
    atSeconds,
    number: index + 1,
    y: 18 + (levels[index] ?? 0) * LEVEL_HEIGHT,
  }));
  return renderChart({
    title,
    height: height + 46,
    marginLeft: MARGIN,
    marginRight: MARGIN,
    marginBottom: 22,
    x: { domain: [0, end], axis: null },
    y: { domain: [-8, height + 14], axis: null },
    marks: [
      waitAxis((seconds) => (seconds / end) * INNER_WIDTH, INNER_WIDTH),
      Plot.ruleY([0], { stroke: 'var(--grid)' }),
      Plot.rect([timeline], {
        x1: 0,
        x2: 'waitedSeconds',
        y1: -5,
        y2: 5,
        fill: theme.color,
        className: 'waited',
      }),
      Plot.link(moments, { x: 'atSeconds', y1: 0, y2: 'y', stroke: 'var(--muted)' }),
      Plot.dot(moments, {
        x: 'atSeconds',
        y: 'y',
        r: 8,
        fill: 'var(--card)',
        stroke: 'var(--ink)',
        className: 'moment',
      }),
      Plot.text(moments, { x: 'atSeconds', y: 'y', text: 'number', fontSize: FONT_SIZE - 2 }),
      Plot.dot([timeline], {
        x: 'waitedSeconds',
        y: 0,
        r: 5,
        symbol: ENDS[timeline.waitEnd],
        fill: timeline.waitEnd === 'abandoned' ? 'none' : 'var(--ink)',
        stroke: 'var(--ink)',
        strokeWidth: 2,
        className: 'end',
      }),
    ],
  });
}

/** Assigns levels to numbers that would overlap. */
function levelsOf(xs: readonly number[]): readonly number[] {
  const lastAt: number[] = [];
  return xs.map((x) => {
    const freeLevel = Array.from({ length: MAX_LEVELS }, (_, level) => level).find(
      (level) => x - (lastAt[level] ?? Number.NEGATIVE_INFINITY) >= 18,
    );
    const level = freeLevel ?? MAX_LEVELS - 1;
    lastAt[level] = x;
    return level;
  });
}
