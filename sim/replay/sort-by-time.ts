import { Heap } from '../centre/heap.ts';

/** An item with a time. */
export interface Timed {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Orders items with the same time. */
  readonly identity: string;
}

/**
 * Sorts items by time. Memory holds only the items within the disorder.
 *
 * @param disorderMs - the maximum time by which an item is earlier than a previous one.
 */
export async function* sortByTime<T extends Timed>(
  items: AsyncIterable<T>,
  disorderMs: number,
): AsyncGenerator<T> {
  const heap = new Heap<T>(compareTimes);
  let latest = Number.NEGATIVE_INFINITY;
  for await (const item of items) {
    heap.push(item);
    latest = Math.max(latest, item.at);
    for (let first = heap.peek(); first && first.at < latest - disorderMs; first = heap.peek()) {
      heap.pop();
      yield first;
    }
  }
  for (let first = heap.pop(); first; first = heap.pop()) yield first;
}

/** Merges several sorted sources. */
export async function* mergeByTime<T extends Timed>(sources: readonly AsyncIterable<T>[]): AsyncGenerator<T> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  const heads = new Heap<{ readonly item: T; readonly from: AsyncIterator<T> }>((a, b) =>
    compareTimes(a.item, b.item),
  );
  const pull = async (from: AsyncIterator<T>) => {
    const next = await from.next();
    if (!next.done) heads.push({ item: next.value, from });
  };
  for (const iterator of iterators) await pull(iterator);
  for (let head = heads.pop(); head; head = heads.pop()) {
    yield head.item;
    await pull(head.from);
  }
}

/** Measures the disorder of a sequence of items. */
export class Disorder {
  /** The maximum time by which an item is earlier than a previous one, in milliseconds. */
  ms = 0;
  #latest = Number.NEGATIVE_INFINITY;

  add({ at }: Pick<Timed, 'at'>): void {
    if (at < this.#latest) this.ms = Math.max(this.ms, this.#latest - at);
    else this.#latest = at;
  }
}

function compareTimes(a: Timed, b: Timed): number {
  return a.at - b.at || (a.identity < b.identity ? -1 : a.identity > b.identity ? 1 : 0);
}
