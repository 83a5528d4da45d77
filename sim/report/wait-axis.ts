import * as Plot from '@observablehq/plot';
import { formatWait } from './format.ts';

const TICK_SECONDS = [
  0, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 2_700, 3_600, 5_400, 7_200, 14_400, 28_800, 43_200,
  86_400, 172_800, 604_800,
];

/** The minimum distance of two ticks: a little more than the longest label. */
const MIN_TICK_DISTANCE = 40;

/**
 * An axis of waits with as many round ticks as fit.
 *
 * @param at - the position of a wait on the axis, from 0.
 * @param length - of the axis.
 */
export function waitAxis(at: (seconds: number) => number, length: number): Plot.Markish {
  const ticks: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const seconds of TICK_SECONDS) {
    const x = at(seconds);
    if (x > length || x - last < MIN_TICK_DISTANCE) continue;
    ticks.push(seconds);
    last = x;
  }
  return Plot.axisX(ticks, {
    tickFormat: (seconds: number) => formatWait(seconds),
    tickSize: 4,
    label: null,
  });
}
