/** A value of a metric. */
export interface MetricPoint {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly value: number;
}

/** The values of a period, in the order in which they came. There is one at least. */
export interface Datapoint {
  /** The start of the period, in milliseconds since the epoch. */
  readonly at: number;
  readonly values: readonly number[];
}

export type MetricName = Omit<MetricPoint, 'at' | 'value'>;

const MINUTE_MS = 60_000;

/** The metrics of the local CloudWatch, to the minute. */
export class MetricStore {
  /** Values by metric, then by minute. */
  readonly #minutes = new Map<string, Map<number, number[]>>();

  add({ at, value, ...metric }: MetricPoint): void {
    const key = keyOf(metric);
    const minutes = this.#minutes.get(key) ?? new Map<number, number[]>();
    this.#minutes.set(key, minutes);
    const minute = floor(at, MINUTE_MS);
    const values = minutes.get(minute) ?? [];
    minutes.set(minute, values);
    values.push(value);
  }

  /**
   * The periods that have values, in order of time. They begin at `from`, as those of CloudWatch do.
   *
   * @param from - a whole minute, inclusive; `to` is exclusive. Milliseconds since the epoch.
   * @param periodMs - a multiple of a minute.
   */
  read(metric: MetricName, from: number, to: number, periodMs: number): Datapoint[] {
    const periods = new Map<number, number[]>();
    for (const [minute, values] of this.#minutes.get(keyOf(metric)) ?? []) {
      if (minute < from || minute >= to) continue;
      const start = from + floor(minute - from, periodMs);
      periods.set(start, [...(periods.get(start) ?? []), ...values]);
    }
    return [...periods].map(([at, values]) => ({ at, values })).sort((a, b) => a.at - b.at);
  }
}

function keyOf({ namespace, name, dimensions }: MetricName): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, name, sorted]);
}

function floor(at: number, periodMs: number): number {
  return at - (at % periodMs);
}
