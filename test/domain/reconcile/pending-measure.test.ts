import { describe, expect, test } from '@jest/globals';
import { measurePending } from '../../../lambda/domain/reconcile/pending-measure.ts';

const NOW = 1_000_000;
const ago = (seconds: number) => NOW - seconds * 1_000;

describe('pending changes are stuck for as long as they have been due and no call was made', () => {
  test.each([
    { name: 'nothing is pending', dueAt: [], lastCallAt: ago(900), oldest: 0, stuck: 0, count: 0 },
    {
      name: 'work that is never late',
      dueAt: [undefined],
      lastCallAt: ago(900),
      oldest: 0,
      stuck: 0,
      count: 0,
    },
    { name: 'nothing is due yet', dueAt: [ago(-5)], lastCallAt: ago(900), oldest: 0, stuck: 0, count: 0 },
    {
      name: 'due since the last call',
      dueAt: [ago(30), ago(200)],
      lastCallAt: ago(900),
      oldest: 200,
      stuck: 200,
      count: 2,
    },
    { name: 'due now', dueAt: [NOW], lastCallAt: ago(900), oldest: 0, stuck: 0, count: 1 },
    {
      name: 'parts of seconds are left out',
      dueAt: [ago(1.9)],
      lastCallAt: ago(1.5),
      oldest: 1,
      stuck: 1,
      count: 1,
    },
    { name: 'calls go on', dueAt: [ago(200)], lastCallAt: ago(1), oldest: 200, stuck: 1, count: 1 },
    { name: 'calls ended', dueAt: [ago(900)], lastCallAt: ago(130), oldest: 900, stuck: 130, count: 1 },
    {
      name: 'no call was ever made',
      dueAt: [ago(200)],
      lastCallAt: undefined,
      oldest: 200,
      stuck: 200,
      count: 1,
    },
    {
      name: 'the clock of dispatch is ahead',
      dueAt: [ago(200)],
      lastCallAt: ago(-2),
      oldest: 200,
      stuck: 0,
      count: 1,
    },
  ])('$name', ({ dueAt, lastCallAt, oldest, stuck, count }) => {
    expect(measurePending(dueAt, lastCallAt, NOW)).toEqual({
      count,
      oldestAgeSeconds: oldest,
      stuckSeconds: stuck,
    });
  });
});
