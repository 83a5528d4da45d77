import { describe, expect, test } from '@jest/globals';
import { askThreads } from '../../../scripts/threads/ask-threads.ts';

const DOUBLING = new URL('./doubling-thread.ts', import.meta.url);

async function doubled(threads: number, numbers: Iterable<number>): Promise<number[]> {
  const answers: number[] = [];
  await askThreads(DOUBLING, threads, numbers, (answer: number, index) => {
    answers[index] = answer;
  });
  return answers;
}

describe('threads that answer requests', () => {
  test.each([1, 3])('of %d threads each answer has the position of its request', async (threads) => {
    expect(await doubled(threads, [50, 1, 7, 0])).toStrictEqual([100, 2, 14, 0]);
  });

  test('take a request when they are free, so that an answer decides whether there is another', async () => {
    let known = 1;
    function* requests() {
      while (known < 20) yield known;
    }
    await askThreads(DOUBLING, 1, requests(), (answer: number) => {
      known = answer;
    });
    expect(known).toBe(32);
  });

  test.each([1, 2])('of %d threads the error of one ends the work', async (threads) => {
    await expect(doubled(threads, [1, -1, 2])).rejects.toThrow('-1 is negative.');
  });

  test('have nothing to do without requests', async () => {
    expect(await doubled(2, [])).toStrictEqual([]);
  });
});
