import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Histogram } from '../../../sim/statistics/index.ts';

describe('a histogram', () => {
  test('has quantiles that are exact to 2.2 %, and the exact maximum', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0.5, 0.9, 0.99, 1),
        (values, share) => {
          const histogram = new Histogram();
          for (const value of values) histogram.add(value);
          const exact = values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? 0;
          const estimated = histogram.quantile(share);
          expect(estimated).toBeGreaterThanOrEqual(exact * (1 - 1e-9));
          expect(estimated).toBeLessThanOrEqual(exact * 1.022);
          expect(histogram.max).toBe(Math.max(...values));
        },
      ),
    );
  });

  test('has quantiles of 0 without values and for values close to 0', () => {
    const histogram = new Histogram();
    expect(histogram.quantile(0.5)).toBe(0);
    histogram.add(0);
    histogram.add(0.01);
    expect([histogram.quantile(0.9), histogram.count]).toEqual([0, 2]);
  });
});
