import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Disorder, mergeByTime, sortByTime, type Timed } from '../../../sim/replay/sort-by-time.ts';

async function* streamed<T>(things: readonly T[], onTaken: () => void = () => {}): AsyncGenerator<T> {
  for (const thing of things) {
    onTaken();
    yield thing;
  }
}

const things = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 50 }),
    rank: fc.integer({ min: 0, max: 2 }),
    identity: fc.string({ maxLength: 2 }),
  }),
);
const sorted = (list: readonly Timed[]) =>
  [...list].sort(
    (a, b) =>
      a.at - b.at ||
      (a.rank ?? 0) - (b.rank ?? 0) ||
      (a.identity < b.identity ? -1 : a.identity > b.identity ? 1 : 0),
  );

function disorderOf(list: readonly Timed[]): number {
  const disorder = new Disorder();
  for (const thing of list) disorder.add(thing);
  return disorder.ms;
}

describe('sorting by time', () => {
  test('several unsorted sources give all items in order of time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(things, { maxLength: 4 }), async (sources) => {
        const sources_ = sources.map((list) => sortByTime(streamed(list), disorderOf(list)));
        const given: Timed[] = [];
        for await (const thing of mergeByTime(sources_)) given.push(thing);
        expect(given).toEqual(sorted(sources.flat()));
      }),
    );
  });

  test('a source is opened when the merge reaches its start, and only one of many that follow one another', async () => {
    let [open, most] = [0, 0];
    async function* file(start: number): AsyncGenerator<Timed> {
      open += 1;
      most = Math.max(most, open);
      for (let at = start; at < start + 10; at++) yield { at, identity: '' };
      open -= 1;
    }
    const starts = Array.from({ length: 100 }, (_, index) => (99 - index) * 10);
    const given: number[] = [];
    for await (const { at } of mergeByTime(starts.map(file), starts)) given.push(at);
    expect(given).toEqual(Array.from({ length: 1_000 }, (_, at) => at));
    expect(most).toBe(1);
  });

  test('memory holds only the items within the disorder', async () => {
    const list = Array.from({ length: 10_000 }, (_, index) => ({
      at: index + (index % 2) * 10,
      identity: '',
    }));
    let [taken, given, most] = [0, 0, 0];
    const source = streamed(list, () => {
      taken += 1;
      most = Math.max(most, taken - given);
    });
    expect(disorderOf(list)).toBe(9);
    for await (const _ of sortByTime(source, 9)) given += 1;
    expect(given).toBe(10_000);
    expect(most).toBeLessThan(25);
  });
});
