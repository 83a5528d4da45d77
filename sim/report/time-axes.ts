import * as Plot from '@observablehq/plot';
import { formatClock } from './clock.ts';

const DAY_MINUTES = 1_440;

/** The time that a chart shows. */
export interface ChartTime {
  /** The start, with its offset from UTC. */
  readonly startsAtLocal: string;
  readonly hours: number;
  /** The minutes between two ticks. Default: for at most six of them. */
  readonly step?: number;
  /** The text of a tick, in minutes from the start. Default: the time of day, or the day. */
  readonly formatTick?: (minute: number) => string;
}

/**
 * The axes of a chart of figures over the minutes from a start, with a grid.
 *
 * @param format - of the ticks of the vertical axis.
 */
export function timeAxes(time: ChartTime, format: (value: number) => string): readonly Plot.Markish[] {
  const { startsAtLocal, hours, step = tickMinutes(hours) } = time;
  const { formatTick = (minute) => formatClock(startsAtLocal, minute, hours) } = time;
  const ticks = Array.from({ length: Math.floor((hours * 60) / step) + 1 }, (_, index) => index * step);
  return [
    Plot.axisY({ ticks: 4, tickSize: 0, label: null, tickFormat: format }),
    Plot.gridY({ ticks: 4, stroke: 'var(--grid)', strokeOpacity: 1 }),
    Plot.axisX(ticks, { tickFormat: formatTick, tickSize: 4, label: null }),
  ];
}

function tickMinutes(hours: number): number {
  const step = [15, 30, 60, 120, 180, 240, 360, 480, 720, DAY_MINUTES].find(
    (minutes) => (hours * 60) / minutes <= 6,
  );
  return step ?? Math.ceil((hours * 60) / 6 / DAY_MINUTES) * DAY_MINUTES;
}
