import { type Random, seededRandom } from '../random.ts';

/** More values make no interval narrower that matters, and a recording of any length is to be fitted in bounded memory. */
export const SAMPLE_SIZE = 100_000;

/**
 * A random sample of values, each of which is in it with the same probability. The same values in the same order give the
 * same sample.
 *
 * Source: J. S. Vitter, "Random sampling with a reservoir", 1985, algorithm R.
 */
export class Sample<T> {
  readonly #values: T[] = [];
  readonly #size: number;
  readonly #random: Random;
  #seen = 0;

  /** @param size - the most values that are kept. */
  constructor(size = SAMPLE_SIZE, random = seededRandom(1)) {
    this.#size = size;
    this.#random = random;
  }

  /** All values, as long as these are few enough. In no order. */
  get values(): readonly T[] {
    return this.#values;
  }

  /** The number of values that were added. */
  get seen(): number {
    return this.#seen;
  }

  add(value: T): void {
    this.#seen += 1;
    if (this.#values.length < this.#size) {
      this.#values.push(value);
      return;
    }
    const place = Math.floor(this.#random() * this.#seen);
    if (place < this.#size) this.#values[place] = value;
  }
}
