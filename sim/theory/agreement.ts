import { type Interval, interval } from '../statistics/index.ts';
import type { Figure } from './cases.ts';
import { type Model, type ModelRun, type RunLength, simulateModel } from './model.ts';

/** What independent runs showed of a figure, beside what theory says. */
export interface Agreement extends Interval {
  readonly figure: Figure;
  /** True when theory lies within the confidence interval of the runs. */
  readonly agrees: boolean;
}

/** Independent runs of a model: `run` 0, 1, 2 … of one seed. */
export function runModel(
  model: Model,
  length: RunLength,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): ModelRun[] {
  return Array.from({ length: runs }, (_, run) => simulateModel(model, length, { seed, run }));
}

/** Holds runs against theory. */
export function checkAgreement(figure: Figure, runs: readonly ModelRun[], confidence: number): Agreement {
  const { mean, halfWidth } = interval(runs.map(figure.of), confidence);
  return { figure, mean, halfWidth, agrees: Math.abs(mean - figure.theory) <= halfWidth };
}
