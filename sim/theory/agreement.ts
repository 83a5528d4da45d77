import { type Interval, interval } from '../statistics/index.ts';
import type { Figure } from './cases.ts';
import { type Model, type ModelRun, type RunLength, simulateModel } from './model.ts';

/** The confidence interval of a figure over independent runs, compared with theory. */
interface Agreement extends Interval {
  readonly figure: Figure;
  /** True when the theoretical value is within the interval. */
  readonly agrees: boolean;
  /** True when the interval is narrow enough to reject wrong values. */
  readonly isNarrow: boolean;
}

/** The maximum half width of an interval: 6 % of the contacts, or a third of a mean wait. */
const MAX_SHARE_HALF_WIDTH = 0.06;
const MAX_RELATIVE_WAIT_HALF_WIDTH = 1 / 3;

/** Simulates independent runs of a model: runs 0, 1, 2 and so on of one seed. */
export function runModel(
  model: Model,
  length: RunLength,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): ModelRun[] {
  return Array.from({ length: runs }, (_, run) => simulateModel(model, length, { seed, run }));
}

/** Compares runs with theory. */
export function checkAgreement(figure: Figure, runs: readonly ModelRun[], confidence: number): Agreement {
  const { mean, halfWidth } = interval(runs.map(figure.of), confidence);
  const maxHalfWidth =
    figure.unit === 'share' ? MAX_SHARE_HALF_WIDTH : MAX_RELATIVE_WAIT_HALF_WIDTH * figure.theory;
  return {
    figure,
    mean,
    halfWidth,
    agrees: Math.abs(mean - figure.theory) <= halfWidth,
    isNarrow: halfWidth <= maxHalfWidth,
  };
}
