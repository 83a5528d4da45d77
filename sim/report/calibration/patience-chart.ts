import * as Plot from '@observablehq/plot';
import type { Patience } from '../../calibration/calibration.ts';
import type { WeibullFit } from '../../calibration/weibull-fit.ts';
import { formatWait } from '../format.ts';
import { fittedCurve, shareChart } from './share-chart.ts';

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
  const curve = (from: number, to: number) =>
    fit ? fittedCurve((seconds) => (1 - hangUps.value) * weibullShare(fit, seconds), from, to) : [];
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
    Plot.line(curve(0, longest), { ...line, className: 'fit' }),
    Plot.line(curve(longest, end), { ...line, strokeDasharray: '4 4', className: 'beyond' }),
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

/** The share of a Weibull distribution beyond a time. */
function weibullShare({ scaleSeconds, shape }: WeibullFit, seconds: number): number {
  return Math.exp(-((seconds / scaleSeconds) ** shape.value));
}
