import { linesOf, type Point } from '../lines.ts';
import { shortTime } from '../words.ts';

/** A line of a chart. */
export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
  /** Whether it is a limit, which is no figure itself. */
  readonly isLimit?: boolean;
}

interface HourChartProps {
  readonly title: string;
  readonly series: readonly Series[];
  /** How a value is written. */
  readonly format: (value: number) => string;
  /** Where the figures come from. */
  readonly source: string;
}

/** The course of figures over the last hour. */
export function HourChart({ title, series, format, source }: HourChartProps) {
  const times = series.flatMap(({ points }) => points.map(({ at }) => at));
  const values = series.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
  if (values.length === 0) return null;
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const top = Math.max(...values) || 1;
  const words = series.map((one) => seriesWords(one, format));
  return (
    <figure class="chart">
      <figcaption>
        {title} <span class="muted">{source}</span>
      </figcaption>
      <div class="plot">
        <span class="top-value muted">{format(top)}</span>
        <svg
          viewBox="0 0 100 30"
          preserveAspectRatio="none"
          role="img"
          aria-label={`${title}, ${shortTime(from)} to ${shortTime(to)}: ${words.join('; ')}`}
        >
          {series.map(({ name, points, isLimit }, index) => (
            <g key={name} class={isLimit ? 'limit' : `line-${index}`}>
              {linesOf(points, { from, to, top }).map((line) => (
                <polyline key={line} points={line} />
              ))}
            </g>
          ))}
        </svg>
      </div>
      <div class="axis muted">
        <span>{shortTime(from)}</span>
        <span>{shortTime(to)}</span>
      </div>
      <ul class="keys">
        {series.map(({ name, isLimit }, index) => (
          <li key={name} class={isLimit ? 'limit' : `line-${index}`}>
            {words[index]}
          </li>
        ))}
      </ul>
    </figure>
  );
}

function seriesWords({ name, points }: Series, format: HourChartProps['format']): string {
  const values = points.flatMap(({ value }) => value ?? []);
  const last = values.at(-1);
  return last === undefined
    ? `${name}: none`
    : `${name}: last ${format(last)}, at most ${format(Math.max(...values))}`;
}
