import { expect, test } from '@jest/globals';
import { interval, studentQuantile } from '../../../sim/statistics/index.ts';

// Abramowitz and Stegun, table 26.10, and the table of R's qt.
test.each([
  [0.95, 1, 12.706],
  [0.95, 2, 4.303],
  [0.95, 9, 2.262],
  [0.99, 4, 4.604],
  [0.999, 9, 4.781],
  [0.999, 10, 4.587],
  [0.95, 30, 2.042],
  [0.95, 120, 1.98],
])('with probability %d and %d degrees of freedom |t| is at most %d', (probability, degrees, expected) => {
  expect(studentQuantile(probability, degrees)).toBeCloseTo(expected, 3);
});

test('the width of an interval follows from the scatter of the values', () => {
  const { mean, halfWidth } = interval([1, 2, 3, 4], 0.95);
  expect(mean).toBe(2.5);
  // 3.182 standard errors of sqrt(5 / 3 / 4).
  expect(halfWidth).toBeCloseTo(3.18245 * Math.sqrt(5 / 12), 4);
  expect(interval([7], 0.95)).toEqual({ mean: 7, halfWidth: Number.POSITIVE_INFINITY });
});
