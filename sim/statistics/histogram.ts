/** Buckets for each doubling: a quantile is off by at most 1.1 %. */
const PER_DOUBLING = 32;

/** What lies below is told apart by no quantile, in the unit of the values. */
const LEAST = 1 / 16;

const DOUBLINGS = 26;

const BUCKETS = DOUBLINGS * PER_DOUBLING + 1;

// Taken once: where tests run in a realm of their own, looking a global up costs more than calling it.
const { floor, log2, max, min } = Math;

/**
 * Counts values of zero or more in buckets that grow with them, so that memory does not grow with their number. In
 * seconds it tells apart from a sixteenth to 48 days.
 */
export class Histogram {
  readonly #counts = new Float64Array(BUCKETS);
  #count = 0;
  #largest = 0;

  get count(): number {
    return this.#count;
  }

  get largest(): number {
    return this.#largest;
  }

  add(value: number): void {
    const bucket = value < LEAST ? 0 : min(BUCKETS - 1, 1 + floor(log2(value / LEAST) * PER_DOUBLING));
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count += 1;
    this.#largest = max(this.#largest, value);
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
        return bucket === 0 ? 0 : min(this.#largest, LEAST * 2 ** (bucket / PER_DOUBLING));
      }
    }
    return this.#largest;
  }
}
