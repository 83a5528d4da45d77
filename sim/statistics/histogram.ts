/** The number of buckets per doubling: the relative error of a quantile is at most 1.1 %. */
const BUCKETS_PER_DOUBLING = 32;

/** Smaller values share one bucket, in the unit of the values. */
const MIN_VALUE = 1 / 16;

const DOUBLINGS = 26;

const BUCKETS = DOUBLINGS * BUCKETS_PER_DOUBLING + 1;

// Read once: in the test environment a look-up of a global costs more than the call.
const { floor, log2, max, min } = Math;

/** The state of a histogram. */
export interface HistogramSnapshot {
  /** By bucket. */
  readonly counts: Float64Array;
  readonly max: number;
}

/**
 * Counts values of 0 or more in buckets whose width grows with the value, so that memory does not grow with
 * the number of values. For seconds, the range is from a sixteenth of a second to 48 days.
 */
export class Histogram {
  readonly #counts = new Float64Array(BUCKETS);
  #count = 0;
  #max = 0;

  /** The counts as data, which threads can exchange. */
  snapshot(): HistogramSnapshot {
    return { counts: this.#counts, max: this.#max };
  }

  /** Adds the values of another histogram. */
  absorb({ counts, max: otherMax }: HistogramSnapshot): void {
    for (const [bucket, count] of counts.entries()) {
      if (count === 0) continue;
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count;
      this.#count += count;
    }
    this.#max = max(this.#max, otherMax);
  }

  get count(): number {
    return this.#count;
  }

  get max(): number {
    return this.#max;
  }

  add(value: number): void {
    const bucket =
      value < MIN_VALUE ? 0 : min(BUCKETS - 1, 1 + floor(log2(value / MIN_VALUE) * BUCKETS_PER_DOUBLING));
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count += 1;
    this.#max = max(this.#max, value);
  }

  /**
   * The value that a share of all values does not exceed: the upper bound of its bucket, at most the maximum;
   * 0 without values.
   *
   * @param share - from 0 to 1.
   */
  quantile(share: number): number {
    let left = share * this.#count;
    for (const [bucket, count] of this.#counts.entries()) {
      left -= count;
      if (count > 0 && left <= 0) {
        return bucket === 0 ? 0 : min(this.#max, MIN_VALUE * 2 ** (bucket / BUCKETS_PER_DOUBLING));
      }
    }
    return this.#max;
  }
}
