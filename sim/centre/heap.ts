/** A value in a heap, and the handle by which it can be removed. */
export interface HeapEntry<T> {
  readonly value: T;
  /** Its position in the heap; -1 after it was removed. */
  index: number;
}

/** A binary heap from which any entry can be removed. Every operation takes logarithmic time. */
export class Heap<T> {
  readonly #compare: (a: T, b: T) => number;
  readonly #entries: HeapEntry<T>[] = [];

  /** @param compare - negative where `a` comes first. The order of values in the heap must not change. */
  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#entries.length;
  }

  push(value: T): HeapEntry<T> {
    const entry = { value, index: this.#entries.length };
    this.#entries.push(entry);
    this.#siftUp(entry);
    return entry;
  }

  /** Returns the first value without removing it. */
  peek(): T | undefined {
    return this.#entries[0]?.value;
  }

  /** Removes and returns the first value. */
  pop(): T | undefined {
    const first = this.#entries[0];
    if (first) this.remove(first);
    return first?.value;
  }

  /** Removes an entry of this heap; has no effect if it was removed before. */
  remove(entry: HeapEntry<T>): void {
    const { index } = entry;
    if (index < 0) return;
    entry.index = -1;
    const last = this.#entries.pop();
    if (!last || last === entry) return;
    this.#setAt(last, index);
    this.#siftUp(last);
    this.#siftDown(last);
  }

  /** All values, in no particular order. */
  *values(): Generator<T> {
    for (const { value } of this.#entries) yield value;
  }

  #siftUp(entry: HeapEntry<T>): void {
    while (entry.index > 0) {
      const here = entry.index;
      const parent = this.#entries[(here - 1) >> 1];
      if (!parent || this.#compare(parent.value, entry.value) <= 0) return;
      this.#setAt(entry, parent.index);
      this.#setAt(parent, here);
    }
  }

  #siftDown(entry: HeapEntry<T>): void {
    for (;;) {
      const here = entry.index;
      const left = this.#entries[2 * here + 1];
      const right = this.#entries[2 * here + 2];
      const child = left && right && this.#compare(right.value, left.value) < 0 ? right : left;
      if (!child || this.#compare(entry.value, child.value) <= 0) return;
      this.#setAt(entry, child.index);
      this.#setAt(child, here);
    }
  }

  #setAt(entry: HeapEntry<T>, index: number): void {
    this.#entries[index] = entry;
    entry.index = index;
  }
}
