import * as Plot from '@observablehq/plot';
import type { Patience } from '../../calibration/calibration.ts';
import { formatWait } from '../format.ts';
import { shareChart } from './share-chart.ts';

const STEPS = 100;

/** The chart goes on beyond the longest wait by this factor, to show that the fit is extrapolated there. */
const BEYOND = 1.3;

/** The share of customers who would still wait: the estimate of Kaplan and Meier with its interval, and the Weibull fit. */
export function patienceChart(title: string, { survival, fit, hangUps }: Patience): string {
  const last = survival.at(-1)?.seconds ?? 1;
  const longest = fit?.longestSeconds ?? last;
  const end = Math.max(1, longest * (fit ? BEYOND : 1));
  const data = [{ seconds: 0, share: 1, low: 1, high: 1 }, ...survival];
  const tail = data.at(-1);
  const steps = tail ? [...data, { ...tail, seconds: longest }] : data;
  const share = (seconds: number) =>
    fit ? (1 - hangUps.value) * Math.exp(-((seconds / fit.scaleSeconds) ** fit.shape.value)) : 0;
  const curveOf = (from: number, to: number) =>
    fit
      ? Array.from({ length: STEPS + 1 }, (_, index) => from + (index / STEPS) * (to - from)).map(
          (seconds) => ({
            seconds,
            share: share(seconds),
          }),
        )
      : [];
  const line = { x: 'seconds', y: 'share', stroke: 'var(--set-1)', strokeWidth: 2 };
  return shareChart(title, end, [
    Plot.areaY(steps, {
      x: 'seconds',
      y1: 'low',
      y2: 'high',
      curve: 'step-after',
      fill: 'var(--set-0)',
      fillOpacity: 0.2,
      className: 'interval',
    }),
    Plot.line(steps, {
      x: 'seconds',
      y: 'share',
      curve: 'step-after',
      stroke: 'var(--set-0)',
      strokeWidth: 2,
      className: 'data',
    }),
    Plot.line(curveOf(0, longest), { ...line, className: 'fit' }),
    Plot.line(curveOf(longest, end), { ...line, strokeDasharray: '4 4', className: 'beyond' }),
    ...(fit
      ? [
          Plot.ruleX([longest], { stroke: 'var(--muted)', strokeDasharray: '1 3', className: 'longest' }),
          Plot.text([longest], {
            x: [longest],
            frameAnchor: 'top',
            text: [`longest wait ${formatWait(longest)}`],
            textAnchor: 'end',
            dx: -4,
            dy: -12,
            fill: 'var(--muted)',
          }),
        ]
      : []),
  ]);
}
