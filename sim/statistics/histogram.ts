/** Buckets for each doubling: a quantile is off by at most 1.1 %. */
const BUCKETS_PER_DOUBLING = 32;

/** What lies below is told apart by no quantile, in the unit of the values. */
const MIN_VALUE = 1 / 16;

const DOUBLINGS = 26;

const BUCKETS = DOUBLINGS * BUCKETS_PER_DOUBLING + 1;

// Taken once: where tests run in a realm of their own, looking a global up costs more than calling it.
const { floor, log2, max, min } = Math;

/**
 * Counts values of zero or more in buckets that grow with them, so that memory does not grow with their number. In
 * seconds it tells apart from a sixteenth to 48 days.
 */
export class Histogram {
  readonly #counts = new Float64Array(BUCKETS);
  #count = 0;
  #max = 0;

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
   * The value that a share of all does not exceed: the upper end of its bucket, or the largest value; 0 without any.
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
