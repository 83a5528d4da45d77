import { CONFIDENCE } from '../simulation/estimate.ts';
import { interval, sampleVariance, studentQuantile } from '../statistics/index.ts';
import { goalFigures } from './figures.ts';
import { type Goal, isShare } from './goal.ts';
import type { Judged } from './judge.ts';

/** Seconds of a wait that weigh as much as a percentage point of a share. */
const SECONDS_PER_POINT = 5;

/**
 * How far the goals are away from being met, in percentage points: the sum over the goals of what the bound of the
 * interval misses. The interval is as wide as `finalRuns` runs would make it if they scattered as these do, so that a
 * few runs can be compared with many. 0 where all goals would be met.
 */
export function shortfall(goals: readonly Goal[], judged: Judged, finalRuns: number): number {
  return goals.reduce((sum, goal) => sum + shortfallOf(goal, judged, finalRuns), 0);
}

function shortfallOf(
  goal: Goal,
  { counts, baseline, thresholds, confidence = CONFIDENCE }: Judged,
  runs: number,
): number {
  const figures = goalFigures(goal, counts, thresholds);
  const before = goal.isChange ? goalFigures(goal, baseline, thresholds) : [];
  const values = figures.map((figure, run) => figure - (goal.isChange ? (before[run] ?? Number.NaN) : 0));
  const measured = values.filter((value) => !Number.isNaN(value));
  if (measured.length === 0) return 0;
  const { mean } = interval(measured, confidence);
  const margin = projectedMargin(measured, mean, confidence, runs);
  const missed = goal.figure === 'answered' ? goal.limit - (mean - margin) : mean + margin - goal.limit;
  return Math.max(0, missed * (isShare(goal) ? 100 : 1 / SECONDS_PER_POINT));
}

/** Half of the width of the interval that so many runs would give; 0 for a single value. */
function projectedMargin(values: readonly number[], mean: number, confidence: number, runs: number): number {
  if (values.length < 2 || runs < 2) return 0;
  return studentQuantile(confidence, runs - 1) * Math.sqrt(sampleVariance(values, mean) / runs);
}
