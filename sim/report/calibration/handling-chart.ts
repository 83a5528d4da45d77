import * as Plot from '@observablehq/plot';
import type { Handling } from '../../calibration/calibration.ts';
import { normalShare } from '../../calibration/log-normal-fit.ts';
import { fittedCurve, shareChart } from './share-chart.ts';

/** The share of contacts that were handled by a time: the recording as a broad line, the log-normal fit as a line. */
export function handlingChart(title: string, { typical, fit, values }: Handling): string {
  const count = typical.length;
  const end = Math.max(1, (typical[Math.ceil(count * 0.98) - 1] ?? 1) * 1.1);
  const data = [
    { seconds: 0, share: 0 },
    ...typical.map((seconds, index) => ({ seconds, share: (index + 0.5) / count })),
  ].filter(({ seconds }) => seconds <= end);
  const curve =
    fit && !values ? fittedCurve(logNormalShare(fit.meanSeconds.value, fit.variation.value), 0, end) : [];
  return shareChart(title, end, [
    Plot.line(data, {
      x: 'seconds',
      y: 'share',
      stroke: 'var(--set-0)',
      strokeWidth: 4,
      strokeOpacity: 0.6,
      className: 'data',
    }),
    Plot.line(curve, { x: 'seconds', y: 'share', stroke: 'var(--set-1)', strokeWidth: 2, className: 'fit' }),
  ]);
}

function logNormalShare(mean: number, variation: number): (seconds: number) => number {
  const sigma = Math.sqrt(Math.log1p(variation ** 2));
  const location = Math.log(mean) - sigma ** 2 / 2;
  return (seconds) => normalShare((Math.log(seconds) - location) / sigma);
}
