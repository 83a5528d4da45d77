import { describe, expect, test } from '@jest/globals';
import { dayVariation } from '../../../sim/calibration/day-variation.ts';
import { fitLogNormal, normalShare } from '../../../sim/calibration/log-normal-fit.ts';
import { fittedShare } from '../../../sim/calibration/parameter.ts';
import { findTwoPeaks } from '../../../sim/calibration/two-peaks.ts';
import { typicalValues } from '../../../sim/calibration/typical-values.ts';
import { seededRandom } from '../../../sim/random.ts';
import { chiSquareQuantile, logGamma } from '../../../sim/statistics/gamma-distribution.ts';
import { exponential, logNormal } from '../../../sim/workload/draws.ts';

const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);

/** Of 200 repetitions, an interval of 95 % holds the truth in so many: the binomial distribution, 99.8 %. */
function expectNominal(hits: number): void {
  expect(hits).toBeGreaterThanOrEqual(180);
  expect(hits).toBeLessThanOrEqual(198);
}

describe('handling times', () => {
  const random = seededRandom(1);
  const sigma = Math.sqrt(Math.log1p(0.8 ** 2));
  const sample = (count: number, mean = 300) =>
    sorted(Array.from({ length: count }, () => logNormal(random, mean, sigma)));

  test('have mean and variation within their intervals in about 95 % of 200 repetitions', () => {
    let [means, variations] = [0, 0];
    for (let count = 0; count < 200; count += 1) {
      const fit = fitLogNormal(sample(400));
      if (fit && fit.meanSeconds.low <= 300 && 300 <= fit.meanSeconds.high) means += 1;
      if (fit && fit.variation.low <= 0.8 && 0.8 <= fit.variation.high) variations += 1;
    }
    expectNominal(means);
    expectNominal(variations);
  });

  test('are far from a log-normal distribution where they have two peaks, and near otherwise', () => {
    const one = sample(4_000);
    expect(fitLogNormal(one)?.distance).toBeLessThan(0.02);
    const both = sorted([...sample(2_000, 60), ...sample(2_000, 1_500)]);
    expect(fitLogNormal(both)?.distance).toBeGreaterThan(0.05);
  });

  test('need ten values above 0 that differ', () => {
    expect(fitLogNormal([0, ...Array.from({ length: 9 }, (_, n) => n + 1)])).toBeUndefined();
    expect(fitLogNormal(Array.from({ length: 20 }, () => 60))).toBeUndefined();
    expect(fitLogNormal(Array.from({ length: 10 }, (_, n) => n + 1))?.count).toBe(10);
  });

  test('have two peaks where two kinds of contacts are handled, with their medians and shares', () => {
    const narrow = (count: number, median: number) =>
      Array.from({ length: count }, () => logNormal(random, median * Math.exp(0.08), 0.4));
    const both = sorted([...narrow(1_500, 60), ...narrow(500, 900)]);
    const peaks = findTwoPeaks(both);
    expect(peaks?.medianSeconds[0]).toBeGreaterThan(54);
    expect(peaks?.medianSeconds[0]).toBeLessThan(66);
    expect(peaks?.medianSeconds[1]).toBeGreaterThan(810);
    expect(peaks?.medianSeconds[1]).toBeLessThan(990);
    expect(peaks?.share).toBeCloseTo(0.75, 1);
  });

  test('have one peak in all of 50 samples of one log-normal distribution, and in few or equal values', () => {
    for (let count = 0; count < 50; count += 1) expect(findTwoPeaks(sample(500))).toBeUndefined();
    expect(findTwoPeaks(sample(99))).toBeUndefined();
    expect(findTwoPeaks(Array.from({ length: 200 }, () => 60))).toBeUndefined();
    expect(findTwoPeaks([])).toBeUndefined();
  });

  test('are represented by values with their mean', () => {
    const values = sample(4_321);
    const mean = (all: readonly number[]) => all.reduce((sum, value) => sum + value, 0) / all.length;
    expect(mean(typicalValues(values, 100)) / mean(values)).toBeCloseTo(1, 2);
    expect(typicalValues(values, 100)).toHaveLength(100);
    expect(typicalValues([1, 2], 100)).toEqual([1, 2]);
    expect(typicalValues([], 100)).toEqual([]);
  });
});

describe('the scatter of days', () => {
  /** Days with a gamma factor of that variation (a mean of exponential numbers), and Poisson counts around it. */
  const random = seededRandom(2);
  const parts = 25; // A mean of 25 exponential numbers has a variation of 0.2.
  function day(mean: number, isScattered: boolean): number {
    let factor = 0;
    for (let part = 0; part < parts; part += 1) factor += exponential(random, 1 / parts);
    let count = 0;
    const end = mean * (isScattered ? factor : 1);
    for (let at = exponential(random, 1); at < end; at += exponential(random, 1)) count += 1;
    return count;
  }
  const weeks = (isScattered: boolean) =>
    [400, 500, 600, 550, 450].map((mean) => Array.from({ length: 4 }, () => day(mean, isScattered)));

  test('is within its interval in about 95 % of 200 repetitions', () => {
    let hits = 0;
    for (let count = 0; count < 200; count += 1) {
      const fit = dayVariation(weeks(true));
      if (fit && fit.low <= 0.2 && 0.2 <= fit.high) hits += 1;
    }
    expectNominal(hits);
  });

  test('may be 0 where only a Poisson process scatters them', () => {
    const fits = Array.from({ length: 50 }, () => dayVariation(weeks(false)));
    expect(fits.filter((fit) => fit?.low === 0).length).toBeGreaterThanOrEqual(45);
  });

  test('needs days that can be compared', () => {
    expect(dayVariation([[100], [120], [90], [100], [110]])).toBeUndefined();
    expect(dayVariation([[100, 101, 99, 100]])).toBeUndefined();
    expect(dayVariation([[0, 0, 0, 0, 0, 0]])).toBeUndefined();
    expect(dayVariation([])).toBeUndefined();
    expect(dayVariation([[100, 101, 99, 100, 100]])).toBeDefined();
  });
});

describe('the distributions behind the intervals', () => {
  // Abramowitz and Stegun, tables 26.1, 26.8 and 6.1.
  test.each([
    [0.975, 1, 5.02389],
    [0.025, 10, 3.24697],
    [0.975, 30, 46.9792],
    [0.5, 100, 99.3341],
    [0.05, 2, 0.102587],
  ])('the chi-square quantile of %d with %d degrees of freedom is %d', (probability, degrees, value) => {
    expect(chiSquareQuantile(probability, degrees) / value).toBeCloseTo(1, 4);
  });

  test('the logarithm of the gamma function agrees with factorials on both sides of its two forms', () => {
    for (const n of [1, 5, 19, 20, 30, 100]) {
      const factorial = Array.from({ length: n - 1 }, (_, k) => Math.log(k + 1)).reduce((a, b) => a + b, 0);
      expect(logGamma(n)).toBeCloseTo(factorial, 8);
    }
  });

  test.each([
    [0, 0.5],
    [1, 0.8413447],
    [-1.96, 0.0249979],
    [3, 0.9986501],
  ])('the share of the normal distribution below %d is %d', (z, share) => {
    expect(normalShare(z)).toBeCloseTo(share, 6);
  });

  test('the interval of a share holds 0 and 1 where nothing or everything was counted', () => {
    expect(fittedShare(0, 20)).toMatchObject({ value: 0, low: 0 });
    expect(fittedShare(0, 20).high).toBeCloseTo(0.161, 3);
    expect(fittedShare(20, 20)).toMatchObject({ value: 1, high: 1 });
    // Wilson's interval for 5 of 50.
    expect(fittedShare(5, 50).low).toBeCloseTo(0.0435, 3);
    expect(fittedShare(5, 50).high).toBeCloseTo(0.2136, 3);
  });
});
