import type { Sample } from '../cli/state/recent-hour.ts';
import { linesOf, type Point } from './lines.ts';
import { shortTime } from './words.ts';

interface SparklineProps {
  readonly points: readonly Point[];
  /** What screen readers say. */
  readonly label: string;
}

/** The points of what this console saw. */
export function pointsOf(samples: readonly Sample[], of: 'waiting' | 'due'): Point[] {
  return samples.map((sample) => ({ at: sample.at, value: sample[of] }));
}

/** The course of a figure over the last hour. */
export function Sparkline({ points, label }: SparklineProps) {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < 2) return null;
  const values = points.flatMap(({ value }) => value ?? []);
  const words = `${label} since ${shortTime(first.at)}: from ${Math.min(...values)} to ${Math.max(...values)}`;
  return (
    <svg class="spark" viewBox="0 0 100 30" preserveAspectRatio="none" role="img" aria-label={words}>
      <title>{words}</title>
      {linesOf(points, { from: first.at, to: last.at, top: Math.max(1, ...values) }).map((line) => (
        <polyline key={line} points={line} />
      ))}
    </svg>
  );
}
