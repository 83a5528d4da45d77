import * as Plot from '@observablehq/plot';
import { renderChart, WIDTH } from '../chart.ts';
import { waitAxis } from '../wait-axis.ts';

const MARGIN_LEFT = 48;
const MARGIN_RIGHT = 20;
/** The steps by which a fit is drawn. */
const STEPS = 100;
const SHARES = [0, 0.25, 0.5, 0.75, 1];

/**
 * A chart of shares over a time.
 *
 * @param title - for screen readers.
 * @param end - of the axis, in seconds.
 * @param marks - with `seconds` and `share`.
 */
export function shareChart(title: string, end: number, marks: readonly Plot.Markish[]): string {
  const width = WIDTH - MARGIN_LEFT - MARGIN_RIGHT;
  return renderChart({
    title,
    height: 180,
    marginLeft: MARGIN_LEFT,
    marginRight: MARGIN_RIGHT,
    marginTop: 22,
    marginBottom: 24,
    x: { domain: [0, end], axis: null },
    y: { domain: [0, 1], axis: null },
    marks: [
      Plot.gridY(SHARES, { stroke: 'var(--grid)', strokeOpacity: 1 }),
      Plot.axisY(SHARES, { tickFormat: (share: number) => `${share * 100} %`, tickSize: 0, label: null }),
      waitAxis((seconds) => (seconds / end) * width, width),
      ...marks,
    ],
  });
}

/** Points of a fit for `shareChart`. @param share - by seconds. */
export function fittedCurve(
  share: (seconds: number) => number,
  from: number,
  to: number,
): { readonly seconds: number; readonly share: number }[] {
  return Array.from({ length: STEPS + 1 }, (_, index) => {
    const seconds = from + (index / STEPS) * (to - from);
    return { seconds, share: share(seconds) };
  });
}
