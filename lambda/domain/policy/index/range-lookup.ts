import type { Found } from './found.ts';

/** A range with both its bounds, and what is stored under it. */
export interface Ranged<T> {
  readonly low: number;
  readonly high: number;
  readonly value: T;
}

/** A look-up as JSON, which has no infinite numbers: they are texts. */
export type WrittenRanges<W> = readonly [
  bounds: readonly (number | string)[],
  nodes: readonly (readonly [node: number, value: W])[],
];

/**
 * Finds what is stored under the ranges in which a number lies. The bounds of the ranges cut the line of numbers into
 * positions: each bound, and each gap between two of them. A segment tree over the positions holds every range in few
 * nodes: the root is 1, and below n are 2n and 2n + 1.
 */
export class RangeLookup<T> {
  readonly #bounds: readonly number[];
  readonly #nodes: ReadonlyMap<number, T>;

  private constructor(bounds: readonly number[], nodes: ReadonlyMap<number, T>) {
    this.#bounds = bounds;
    this.#nodes = nodes;
  }

  /** @param merged - makes one of all that is stored under a node, in the order of the ranges. */
  static of<S, T>(ranges: readonly Ranged<S>[], merged: (values: readonly S[]) => T): RangeLookup<T> {
    const bounds = [...new Set(ranges.flatMap(({ low, high }) => [low, high]))].sort((a, b) => a - b);
    const nodes = new Map<number, S[]>();
    const add = (node: number, value: S) => {
      const values = nodes.get(node);
      if (values) values.push(value);
      else nodes.set(node, [value]);
    };
    for (const { low, high, value } of ranges) {
      let first = leafOf(low, bounds);
      let end = leafOf(high, bounds) + 1;
      for (; first < end; first >>= 1, end >>= 1) {
        if (first % 2 === 1) add(first++, value);
        if (end % 2 === 1) add(--end, value);
      }
    }
    return new RangeLookup(bounds, new Map([...nodes].map(([node, values]) => [node, merged(values)])));
  }

  static read<W, T>([bounds, nodes]: WrittenRanges<W>, read: (value: W) => T): RangeLookup<T> {
    return new RangeLookup(bounds.map(Number), new Map(nodes.map(([node, value]) => [node, read(value)])));
  }

  written<W>(write: (value: T) => W): WrittenRanges<W> {
    return [
      this.#bounds.map((bound) => (Number.isFinite(bound) ? bound : String(bound))),
      [...this.#nodes].map(([node, value]) => [node, write(value)]),
    ];
  }

  /** Adds to `found` what is stored under the ranges in which the number lies. */
  find(value: number, found: Found<T>): void {
    for (let node = leafOf(value, this.#bounds); node > 0; node >>= 1) {
      const stored = this.#nodes.get(node);
      if (stored !== undefined) found.push(stored);
    }
  }
}

/** The leaf of a number: position 2i is the gap before bound i, and position 2i + 1 the bound. */
function leafOf(value: number, bounds: readonly number[]): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bounds[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  const positions = 2 * bounds.length + 1;
  return positions + 2 * low + (bounds[low] === value ? 1 : 0);
}
