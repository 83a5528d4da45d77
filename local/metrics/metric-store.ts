/** A value of a metric. */
export interface MetricPoint {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly value: number;
}

/** The values of a period. */
export interface Datapoint {
  /** The start of the period, in milliseconds since the epoch. */
  readonly at: number;
  readonly sum: number;
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
}

export type MetricName = Omit<MetricPoint, 'at' | 'value'>;

const MINUTE_MS = 60_000;

/** The metrics of the local CloudWatch, to the minute. */
export class MetricStore {
  /** By metric, then by minute. */
  readonly #minutes = new Map<string, Map<number, Datapoint>>();

  add({ at, value, ...metric }: MetricPoint): void {
    const key = keyOf(metric);
    const minutes = this.#minutes.get(key) ?? new Map<number, Datapoint>();
    this.#minutes.set(key, minutes);
    const minute = floor(at, MINUTE_MS);
    const point = { at: minute, sum: value, count: 1, minimum: value, maximum: value };
    minutes.set(minute, combine(minutes.get(minute), point));
  }

  /**
   * The periods that have values, in order of time.
   *
   * @param from - inclusive; `to` is exclusive. Milliseconds since the epoch.
   * @param periodMs - a multiple of a minute.
   */
  read(metric: MetricName, from: number, to: number, periodMs: number): Datapoint[] {
    const periods = new Map<number, Datapoint>();
    for (const [minute, point] of this.#minutes.get(keyOf(metric)) ?? []) {
      if (minute < from || minute >= to) continue;
      const start = floor(minute, periodMs);
      periods.set(start, combine(periods.get(start), { ...point, at: start }));
    }
    return [...periods.values()].sort((a, b) => a.at - b.at);
  }
}

function combine(a: Datapoint | undefined, b: Datapoint): Datapoint {
  if (!a) return b;
  return {
    at: a.at,
    sum: a.sum + b.sum,
    count: a.count + b.count,
    minimum: Math.min(a.minimum, b.minimum),
    maximum: Math.max(a.maximum, b.maximum),
  };
}

function keyOf({ namespace, name, dimensions }: MetricName): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, name, sorted]);
}

function floor(at: number, periodMs: number): number {
  return at - (at % periodMs);
}
