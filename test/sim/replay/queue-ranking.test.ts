import { expect, test } from '@jest/globals';
import { QueueRanking } from '../../../sim/replay/queue-ranking.ts';
import type { QueueTracker, QueueVisit } from '../../../sim/replay/queue-tracker.ts';

const visit = (key: string, enqueuedAt: number, order: number) =>
  ({ key, enqueuedAt, order, queueArn: 'q' }) as QueueVisit;

const rankingOf = (...visits: QueueVisit[]) =>
  new QueueRanking({ visitsIn: () => visits } as unknown as QueueTracker);

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
