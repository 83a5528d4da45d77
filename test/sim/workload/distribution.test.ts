import { describe, expect, test } from '@jest/globals';
import { seededRandom } from '../../../sim/random.ts';
import { gamma } from '../../../sim/statistics/gamma.ts';
import { type Distribution, sampler } from '../../../sim/workload/distribution.ts';

const DRAWS = 200_000;

/** With a fixed seed. */
function momentsOf(distribution: Distribution) {
  const random = seededRandom(7);
  const draw = sampler(distribution);
  const values = Float64Array.from({ length: DRAWS }, () => draw(random)).sort();
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / DRAWS;
  return { mean, variation: Math.sqrt(variance) / mean, median: values[DRAWS / 2] ?? Number.NaN };
}

describe('distributions', () => {
  test.each<{ distribution: Distribution; mean: number; variation: number; median: number }>([
    { distribution: { kind: 'constant', ms: 5 }, mean: 5, variation: 0, median: 5 },
    { distribution: { kind: 'exponential', meanMs: 100 }, mean: 100, variation: 1, median: 100 * Math.LN2 },
    {
      distribution: { kind: 'log-normal', meanMs: 300, variation: 0.8 },
      mean: 300,
      variation: 0.8,
      median: 300 / Math.sqrt(1 + 0.8 ** 2),
    },
    {
      distribution: { kind: 'log-normal', medianMs: 60, sigma: 0.5 },
      mean: 60 * Math.exp(0.125),
      variation: Math.sqrt(Math.exp(0.25) - 1),
      median: 60,
    },
    {
      distribution: { kind: 'weibull', meanMs: 90, shape: 1 },
      mean: 90,
      variation: 1,
      median: 90 * Math.LN2,
    },
    {
      distribution: { kind: 'weibull', meanMs: 90, shape: 2 },
      mean: 90,
      variation: Math.sqrt(4 / Math.PI - 1),
      median: 90 * Math.sqrt((4 * Math.LN2) / Math.PI),
    },
  ])('$distribution', ({ distribution, mean, variation, median }) => {
    const drawn = momentsOf(distribution);
    expect(Math.abs(drawn.mean - mean)).toBeLessThanOrEqual(0.01 * mean);
    expect(Math.abs(drawn.variation - variation)).toBeLessThanOrEqual(0.02);
    expect(Math.abs(drawn.median - median)).toBeLessThanOrEqual(0.01 * median);
  });

  test('"never" is infinite', () => {
    expect(sampler({ kind: 'never' })(() => 0.5)).toBe(Number.POSITIVE_INFINITY);
  });

  test.each<[Distribution, string]>([
    [
      { kind: 'exponential', meanMs: -1 },
      '"meanMs" of the exponential distribution is -1; it must be a number from 0.',
    ],
    [
      { kind: 'weibull', meanMs: 1, shape: 0 },
      '"shape" of the weibull distribution is 0; it must be a number from 0.1.',
    ],
    [
      { kind: 'constant', ms: Number.NaN },
      '"ms" of the constant distribution is NaN; it must be a number from 0.',
    ],
  ])('%j is rejected', (distribution, message) => {
    expect(() => sampler(distribution)).toThrow(new RangeError(message));
  });

  test('a list of values gives each as often as the others, and must have numbers from 0', () => {
    const draw = sampler({ kind: 'values', values: [0, 10, 20, 30] });
    const random = seededRandom(3);
    const drawn = Array.from({ length: 8_000 }, () => draw(random));
    for (const value of [0, 10, 20, 30]) {
      expect(drawn.filter((one) => one === value).length / 8_000).toBeCloseTo(0.25, 1);
    }
    for (const values of [[], [1, -1], [Number.NaN]]) {
      expect(() => sampler({ kind: 'values', values })).toThrow('they must be at least one number from 0');
    }
  });

  test('a share of customers hangs up within five seconds, and the others have their patience', () => {
    const patience = { kind: 'weibull', meanMs: 500_000, shape: 2 } as const;
    const draw = sampler({ ...patience, hangUps: 0.25 });
    const random = seededRandom(5);
    const drawn = Array.from({ length: 20_000 }, () => draw(random));
    const others = drawn.filter((ms) => ms >= 5_000);
    expect(1 - others.length / drawn.length).toBeCloseTo(0.25, 1);
    const mean = others.reduce((sum, ms) => sum + ms, 0) / others.length;
    expect(mean / 500_000).toBeGreaterThan(0.97);
    expect(mean / 500_000).toBeLessThan(1.03);
  });

  test('the gamma function interpolates the factorial', () => {
    for (const [x, expected] of [
      [1, 1],
      [5, 24],
      [11, 3_628_800],
      [0.5, Math.sqrt(Math.PI)],
      [1.5, Math.sqrt(Math.PI) / 2],
    ] as const) {
      expect(gamma(x) / expected).toBeCloseTo(1, 12);
    }
  });
});
