import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Histogram } from '../../../sim/statistics/index.ts';

describe('a histogram', () => {
  test('knows every quantile to 2.2 %, and the largest value for certain', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0.5, 0.9, 0.99, 1),
        (values, share) => {
          const histogram = new Histogram();
          for (const value of values) histogram.add(value);
          const exact = values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? 0;
          const told = histogram.quantile(share);
          expect(told).toBeGreaterThanOrEqual(exact * (1 - 1e-9));
          expect(told).toBeLessThanOrEqual(exact * 1.022);
          expect(histogram.max).toBe(Math.max(...values));
        },
      ),
    );
  });

  test('says 0 where there is nothing, and for what is next to nothing', () => {
    const histogram = new Histogram();
    expect(histogram.quantile(0.5)).toBe(0);
    histogram.add(0);
    histogram.add(0.01);
    expect([histogram.quantile(0.9), histogram.count]).toEqual([0, 2]);
  });
});
