import type { Sample } from '../cli/state/recent-hour.ts';
import { shortTime } from './words.ts';

interface SparklineProps {
  readonly samples: readonly Sample[];
  readonly of: 'waiting' | 'due';
  /** What screen readers say. */
  readonly label: string;
  readonly isLarge?: boolean;
}

/** The course of a figure over the last hour, as far as it was seen. */
export function Sparkline({ samples, of, label, isLarge = false }: SparklineProps) {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last || samples.length < 2) return null;
  const values = samples.map((sample) => sample[of]);
  const top = Math.max(1, ...values);
  const points = samples.map(({ at, ...sample }) => {
    const x = (100 * (at - first.at)) / (last.at - first.at);
    return `${x.toFixed(2)},${(29 - (28 * sample[of]) / top).toFixed(2)}`;
  });
  const words = `${label} since ${shortTime(first.at)}: from ${Math.min(...values)} to ${Math.max(...values)}`;
  return (
    <svg
      class={isLarge ? 'spark large' : 'spark'}
      viewBox="0 0 100 30"
      preserveAspectRatio="none"
      role="img"
      aria-label={words}
    >
      <title>{words}</title>
      <polygon points={`0,30 ${points.join(' ')} 100,30`} />
      <polyline points={points.join(' ')} />
    </svg>
  );
}
