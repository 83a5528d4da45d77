import * as Plot from '@observablehq/plot';
import type { SimulatedCalls } from '../simulation/result.ts';
import { renderChart } from './chart.ts';
import { formatRate } from './format.ts';
import type { SetTheme } from './set-theme.ts';
import { timeAxes } from './time-axes.ts';

/** An interval of a run: the mean calls per second, and the maximum in one second. */
interface CallsInterval {
  readonly minute: number;
  readonly mean: number;
  readonly peak: number;
}

/** The maximum number of intervals that a phone can show. */
const MAX_INTERVALS = 240;

/**
 * Combines minutes into intervals, so that a week needs no more space than a day: means of means, maximum
 * peaks.
 */
export function callsIntervals(
  byMinute: SimulatedCalls['byMinute'],
  minutes: number,
  size = Math.max(1, Math.ceil(minutes / MAX_INTERVALS)),
): readonly CallsInterval[] {
  return Array.from({ length: Math.ceil(minutes / size) }, (_, index) => {
    const first = index * size;
    const minutesOfInterval = byMinute.filter(({ minute }) => minute >= first && minute < first + size);
    return {
      minute: first,
      mean: minutesOfInterval.reduce((sum, { mean }) => sum + mean, 0) / Math.min(size, minutes - first),
      peak: minutesOfInterval.reduce((most, { peak }) => Math.max(most, peak), 0),
    };
  });
}

/** Calls per second over the simulated time, below the quota. */
export function callsChart(
  title: string,
  theme: SetTheme,
  calls: SimulatedCalls,
  {
    grantedPerSecond,
    startsAt,
    hours,
    top,
  }: { grantedPerSecond: number; startsAt: string; hours: number; top: number },
): string {
  const intervals = callsIntervals(calls.byMinute, Math.ceil(hours * 60));
  return renderChart({
    title,
    height: 150,
    marginLeft: 32,
    marginRight: 20,
    marginTop: 20,
    marginBottom: 24,
    x: { domain: [0, hours * 60], axis: null },
    y: { domain: [0, top], axis: null },
    marks: [
      ...timeAxes({ startsAtLocal: startsAt, hours }, formatRate),
      Plot.areaY(intervals, {
        x: 'minute',
        y: 'mean',
        curve: 'step-after',
        fill: theme.color,
        className: 'mean',
      }),
      Plot.line(intervals, {
        x: 'minute',
        y: 'peak',
        curve: 'step-after',
        stroke: theme.color,
        strokeWidth: 1,
        className: 'peak',
      }),
      Plot.ruleY([0], { stroke: 'var(--ink)', className: 'base' }),
      Plot.ruleY([grantedPerSecond], {
        stroke: 'var(--bad)',
        strokeWidth: 1.5,
        strokeDasharray: '6 3',
        className: 'quota',
      }),
      Plot.text([`quota: ${formatRate(grantedPerSecond)} per second`], {
        frameAnchor: 'right',
        y: [grantedPerSecond],
        text: (text: string) => text,
        dy: -8,
        fill: 'var(--bad)',
      }),
    ],
  });
}
