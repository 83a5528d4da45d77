import { type PendingList, readInOrder } from '../../lambda/domain/reconcile/pending-order.ts';

/** A key and its sort key. */
interface SortedKey {
  readonly sortKey: string;
  readonly key: string;
}

/** Keys in the order of their sort keys, as in a DynamoDB index. */
export class SortedKeys {
  readonly #entries: SortedKey[] = [];
  readonly #sortOf = new Map<string, string>();

  get size(): number {
    return this.#entries.length;
  }

  /** Inserts or moves a key; removes it if `sort` is undefined. */
  put(key: string, sort: string | undefined): void {
    const before = this.#sortOf.get(key);
    if (before === sort) return;
    if (before !== undefined) this.#entries.splice(this.#indexOf(before, key), 1);
    if (sort === undefined) this.#sortOf.delete(key);
    else {
      this.#entries.splice(this.#indexOf(sort, key), 0, { sortKey: sort, key });
      this.#sortOf.set(key, sort);
    }
  }

  /**
   * The first keys of a range of sort keys, at most `limit`.
   *
   * @param from - the least sort key, inclusive.
   * @param to - the end of the range, exclusive; default: none.
   */
  first(limit: number, from = '', to?: string): readonly SortedKey[] {
    const start = this.#indexOf(from, '');
    const end = to === undefined ? this.#entries.length : this.#indexOf(to, '');
    return this.#entries.slice(start, Math.min(start + limit, end));
  }

  /** The first keys of a list of pending work, in the order that holds at a moment. */
  inOrder(list: PendingList, limit: number, now: number): readonly SortedKey[] {
    const reading = readInOrder<SortedKey>(list, limit, now);
    let step = reading.next();
    while (!step.done) step = reading.next(this.first(step.value.limit, step.value.from, step.value.to));
    return step.value;
  }

  /** The index at which an entry is or would be inserted. */
  #indexOf(sort: string, key: string): number {
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const entry = this.#entries[middle];
      if (entry && (entry.sortKey < sort || (entry.sortKey === sort && entry.key < key))) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
