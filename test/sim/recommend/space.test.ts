import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { seededRandom } from '../../../sim/random.ts';
import { allPoints, distinct, latinHypercube, neighbours } from '../../../sim/recommend/search/space.ts';

const space = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 });

test('all points are each combination of values once', () => {
  expect(allPoints([2, 3], 6)).toStrictEqual([
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0],
    [1, 1],
    [1, 2],
  ]);
  expect(allPoints([2, 3], 5)).toBeUndefined();
});

describe('a Latin hypercube', () => {
  test('has each value of each choice equally often', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        (size, times, seed) => {
          // One choice has as many values as points, so that no two points are equal.
          const count = size * times;
          const points = latinHypercube([size, count], count, seededRandom(seed));
          const counts = Array.from(
            { length: size },
            (_, value) => points.filter(([one]) => one === value).length,
          );
          expect(counts).toStrictEqual(Array.from({ length: size }, () => times));
        },
      ),
    );
  });

  test('is within the space, without repeats, and the same for the same seed', () => {
    fc.assert(
      fc.property(space, fc.integer({ min: 1, max: 40 }), fc.nat(), (sizes, count, seed) => {
        const points = latinHypercube(sizes, count, seededRandom(seed));
        expect(
          points.every((point) => point.every((value, choice) => value >= 0 && value < (sizes[choice] ?? 0))),
        ).toBe(true);
        expect(distinct(points)).toStrictEqual(points);
        expect(points.length).toBeLessThanOrEqual(count);
        expect(latinHypercube(sizes, count, seededRandom(seed))).toStrictEqual(points);
      }),
    );
  });
});

test('neighbours differ in one choice by one value', () => {
  expect(neighbours([0, 1], [2, 3])).toStrictEqual([
    [1, 1],
    [0, 0],
    [0, 2],
  ]);
  expect(neighbours([0], [1])).toStrictEqual([]);
});
