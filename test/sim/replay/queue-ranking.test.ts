import { expect, test } from '@jest/globals';
import { compareRank } from '../../../sim/centre/contact.ts';
import { QueueRanking } from '../../../sim/replay/queue-ranking.ts';
import type { QueueVisit } from '../../../sim/replay/queue-tracker.ts';

const visit = (key: string, enqueuedAt: number, order: number) =>
  ({ key, enqueuedAt, order, queueArn: 'q' }) as QueueVisit;

function rankingOf(...visits: QueueVisit[]): QueueRanking {
  const ranking = new QueueRanking();
  for (const one of visits) ranking.put(one);
  return ranking;
}

test('a contact overtakes one that was enqueued before it', () => {
  const [first, second] = [visit('a', 0, 0), visit('b', 1, 1)];
  expect(rankingOf(first, second).applyChange(second, { priority: 1 })).toEqual([[second, first]]);
});

test('a contact does not overtake one that was enqueued at the same time, in whatever order events came', () => {
  const [first, second] = [visit('a', 0, 0), visit('b', 0, 1)];
  const ranking = rankingOf(first, second);
  expect(ranking.applyChange(second, { priority: 1 })).toEqual([]);
  expect(ranking.applyChange(first, { priority: 1 })).toEqual([]);
});

test('a contact that is lowered is overtaken by those between its ranks', () => {
  const [first, second, third] = [visit('a', 0, 0), visit('b', 1, 1), visit('c', 2, 2)];
  const ranking = rankingOf(first, second, third);
  ranking.applyChange(third, { priority: 9 });
  expect(ranking.applyChange(first, { priority: 7 })).toEqual([[second, first]]);
});

test('a rank survives a new fact of its visit, and not the visit', () => {
  const [first, second] = [visit('a', 0, 0), visit('b', 1, 1)];
  const ranking = rankingOf(first, second);
  ranking.applyChange(second, { priority: 1 });
  const moved = { ...second, enqueuedAt: 3 };
  ranking.put(moved);
  expect(ranking.applyChange(moved, { priority: 5 })).toEqual([[first, moved]]);
  ranking.applyChange(moved, { priority: 1 });
  ranking.remove(moved);
  expect(ranking.applyChange(moved, { priority: 5 })).toEqual([]);
  const again = visit('b', 4, 2);
  ranking.put(again);
  expect(ranking.applyChange(again, { priority: 1 })).toEqual([[again, first]]);
});

test.each([
  ['at the same time', () => 0],
  ['one after the other', (index: number) => index],
])('the work of a change does not grow with the queue, for contacts enqueued %s', (_, enqueuedAt) => {
  const comparisonsFor = (size: number): number => {
    let count = 0;
    const ranking = new QueueRanking((a, b) => {
      count += 1;
      return compareRank(a, b);
    });
    const visits = Array.from({ length: size }, (_, index) => visit(`c${index}`, enqueuedAt(index), index));
    for (const one of visits) ranking.put(one);
    for (const one of visits) ranking.applyChange(one, { priority: 1 });
    return count / size;
  };
  // Ten times the queue takes a few comparisons more, since they are found by bisection.
  expect(comparisonsFor(10_000)).toBeLessThan(2 * comparisonsFor(1_000));
});
