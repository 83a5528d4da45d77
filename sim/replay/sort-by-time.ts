import { Heap } from '../centre/heap.ts';

/** What has a place in time. */
export interface Timed {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Decides between those of one moment. */
  readonly identity: string;
}

/**
 * The same things in order of time. No more are held in memory than it takes: those within the disorder.
 *
 * @param disorderMs - how much earlier than one before it a thing may be, at most.
 */
export async function* sortByTime<T extends Timed>(
  things: AsyncIterable<T>,
  disorderMs: number,
): AsyncGenerator<T> {
  const held = new Heap<T>(compareTimes);
  let latest = Number.NEGATIVE_INFINITY;
  for await (const thing of things) {
    held.push(thing);
    latest = Math.max(latest, thing.at);
    for (let first = held.peek(); first && first.at < latest - disorderMs; first = held.peek()) {
      held.pop();
      yield first;
    }
  }
  for (let first = held.pop(); first; first = held.pop()) yield first;
}

/** Several sources, each in order of time, as one. */
export async function* mergeByTime<T extends Timed>(sources: readonly AsyncIterable<T>[]): AsyncGenerator<T> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  const heads = new Heap<{ readonly thing: T; readonly from: AsyncIterator<T> }>((a, b) =>
    compareTimes(a.thing, b.thing),
  );
  const pull = async (from: AsyncIterator<T>) => {
    const next = await from.next();
    if (!next.done) heads.push({ thing: next.value, from });
  };
  for (const iterator of iterators) await pull(iterator);
  for (let head = heads.pop(); head; head = heads.pop()) {
    yield head.thing;
    await pull(head.from);
  }
}

/** Measures how far out of order things come: feed it each one, in the order in which they come. */
export class Disorder {
  /** How much earlier than one before it a thing was, at most, in milliseconds. */
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
