import { expect, test } from '@jest/globals';
import { Fifo } from '../../../sim/escalation/fifo.ts';

test('returns items in the order in which they were added, over many items', () => {
  const fifo = new Fifo<number>();
  const left: (number | undefined)[] = [];
  // The queue is empty, long, and empty again; more items pass than it keeps room for.
  for (let joined = 1; joined <= 10_000; joined += 1) {
    fifo.push(joined);
    const leaving = joined % 3_000 < 1_500 ? 0 : 2;
    for (let count = 0; count < leaving && fifo.peek() !== undefined; count += 1) left.push(fifo.shift());
  }
  while (fifo.peek() !== undefined) left.push(fifo.shift());
  expect(left).toEqual(Array.from({ length: 10_000 }, (_, index) => index + 1));
  expect(fifo.shift()).toBeUndefined();
});
