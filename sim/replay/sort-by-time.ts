import { Heap } from '../centre/heap.ts';

/** An item with a time. */
export interface Timed {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Orders items with the same time, lower first. Default: 0. */
  readonly rank?: number;
  /** Orders items with the same time and rank. */
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

/**
 * Merges several sorted sources. A source is read from when the merge reaches its start, so that of many files that
 * follow one another only one is open.
 *
 * @param startsAt - when the first item of each source is, in milliseconds since the epoch. Default: unknown.
 */
export async function* mergeByTime<T extends Timed>(
  sources: readonly AsyncIterable<T>[],
  startsAt: readonly number[] = [],
): AsyncGenerator<T> {
  const waiting = sources
    .map((source, index) => ({ source, at: startsAt[index] ?? Number.NEGATIVE_INFINITY }))
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  const heads = new Heap<{ readonly item: T; readonly from: AsyncIterator<T> }>((a, b) =>
    compareTimes(a.item, b.item),
  );
  const pull = async (from: AsyncIterator<T>) => {
    const next = await from.next();
    if (!next.done) heads.push({ item: next.value, from });
  };
  for (;;) {
    const head = heads.peek();
    const next = waiting.at(-1);
    if (next && (!head || next.at <= head.item.at)) {
      waiting.pop();
      await pull(next.source[Symbol.asyncIterator]());
    } else if (head) {
      heads.pop();
      yield head.item;
      await pull(head.from);
    } else return;
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
  return (
    a.at - b.at ||
    (a.rank ?? 0) - (b.rank ?? 0) ||
    (a.identity < b.identity ? -1 : a.identity > b.identity ? 1 : 0)
  );
}
