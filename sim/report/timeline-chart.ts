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
 * The wait of one contact as a bar with numbered moments above it.
 *
 * @param endSeconds - what the right end stands for: the same for all sets, so that bars can be compared.
 */
export function timelineChart(
  title: string,
  look: SetTheme,
  story: ContactTimeline,
  endSeconds: number,
): string {
  const end = Math.max(endSeconds, 1);
  const levels = levelsOf(story.moments.map(({ atSeconds }) => (atSeconds / end) * INNER_WIDTH));
  const height = (Math.max(-1, ...levels) + 1) * LEVEL_HEIGHT;
  const moments = story.moments.map(({ atSeconds }, index) => ({
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
      Plot.rect([story], {
        x1: 0,
        x2: 'waitedSeconds',
        y1: -5,
        y2: 5,
        fill: look.color,
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
      Plot.dot([story], {
        x: 'waitedSeconds',
        y: 0,
        r: 5,
        symbol: ENDS[story.waitEnd],
        fill: story.waitEnd === 'abandoned' ? 'none' : 'var(--ink)',
        stroke: 'var(--ink)',
        strokeWidth: 2,
        className: 'end',
      }),
    ],
  });
}

/** Puts numbers that would cover each other above one another. */
function levelsOf(xs: readonly number[]): readonly number[] {
  const lastAt: number[] = [];
  return xs.map((x) => {
    const free = Array.from({ length: MAX_LEVELS }, (_, level) => level).find(
      (level) => x - (lastAt[level] ?? Number.NEGATIVE_INFINITY) >= 18,
    );
    const level = free ?? MAX_LEVELS - 1;
    lastAt[level] = x;
    return level;
  });
}
