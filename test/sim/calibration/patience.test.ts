import { describe, expect, test } from '@jest/globals';
import { kaplanMeier, thinned } from '../../../sim/calibration/kaplan-meier.ts';
import type { EndedWait } from '../../../sim/calibration/waits.ts';
import { fitWeibull } from '../../../sim/calibration/weibull-fit.ts';
import { type Random, seededRandom } from '../../../sim/random.ts';
import { sampler } from '../../../sim/workload/distribution.ts';
import { exponential } from '../../../sim/workload/draws.ts';

/** Waits of customers with that patience who are answered after exponential times. */
function waits(
  random: Random,
  count: number,
  { meanSeconds, shape }: { meanSeconds: number; shape: number },
  meanAnswerSeconds: number,
): EndedWait[] {
  const patience = sampler({ kind: 'weibull', meanMs: meanSeconds * 1_000, shape });
  return Array.from({ length: count }, () => {
    const patienceSeconds = patience(random) / 1_000;
    const answeredSeconds = exponential(random, meanAnswerSeconds);
    return {
      seconds: Math.min(patienceSeconds, answeredSeconds),
      isAbandoned: patienceSeconds < answeredSeconds,
    };
  });
}

describe('the share of customers who still wait', () => {
  // Kaplan and Meier 1958, section 2: deaths at 0.8, 3.1, 5.4 and 9.2, losses at 1.0, 2.7, 7.0 and 12.1.
  test('is that of the example of Kaplan and Meier', () => {
    const ends = [0.8, 3.1, 5.4, 9.2].map((seconds) => ({ seconds, isAbandoned: true }));
    const losses = [1.0, 2.7, 7.0, 12.1].map((seconds) => ({ seconds, isAbandoned: false }));
    const points = kaplanMeier([...losses, ...ends]);
    expect(points.map(({ seconds }) => seconds)).toEqual([0.8, 3.1, 5.4, 9.2]);
    for (const [index, share] of [7 / 8, 7 / 10, 21 / 40, 21 / 80].entries()) {
      expect(points[index]?.share).toBeCloseTo(share, 12);
    }
    for (const { share, low, high } of points) {
      expect(low).toBeLessThan(share);
      expect(high).toBeGreaterThan(share);
      expect(high).toBeLessThanOrEqual(1);
    }
  });

  test('counts who was answered at the same moment as at risk', () => {
    const points = kaplanMeier([
      { seconds: 5, isAbandoned: false },
      { seconds: 5, isAbandoned: true },
    ]);
    expect(points).toMatchObject([{ seconds: 5, share: 0.5 }]);
  });

  test('is 0 once the last one has abandoned, with an interval that holds it', () => {
    expect(kaplanMeier([{ seconds: 5, isAbandoned: true }])).toEqual([
      { seconds: 5, share: 0, low: 0, high: 0 },
    ]);
    expect(kaplanMeier([])).toEqual([]);
  });

  test('keeps the first and the last point where it is thinned', () => {
    const points = Array.from({ length: 1_000 }, (_, seconds) => ({ seconds, share: 1, low: 1, high: 1 }));
    const few = thinned(points, 5).map(({ seconds }) => seconds);
    expect(few).toHaveLength(5);
    expect([few[0], few[4]]).toEqual([0, 999]);
    expect(thinned(points.slice(0, 3), 5)).toHaveLength(3);
  });
});

describe('the fit of patience', () => {
  const truth = { meanSeconds: 480, shape: 1.3 };

  test('has both parameters within their intervals in about 95 % of 200 repetitions', () => {
    const random = seededRandom(1);
    let [means, shapes, biased] = [0, 0, 0];
    for (let count = 0; count < 200; count += 1) {
      // Three of four customers are answered before they lose patience.
      const all = waits(random, 1_500, truth, 160);
      const fit = fitWeibull(all);
      if (fit && fit.meanSeconds.low <= 480 && 480 <= fit.meanSeconds.high) means += 1;
      if (fit && fit.shape.low <= 1.3 && 1.3 <= fit.shape.high) shapes += 1;
      // Without the waits that ended with an answer.
      const naive = fitWeibull(all.filter(({ isAbandoned }) => isAbandoned));
      if (naive && naive.meanSeconds.low <= 480 && 480 <= naive.meanSeconds.high) biased += 1;
    }
    // The binomial distribution has 99.8 % of its weight from 180 to 198.
    expect(means).toBeGreaterThanOrEqual(180);
    expect(means).toBeLessThanOrEqual(198);
    expect(shapes).toBeGreaterThanOrEqual(180);
    expect(shapes).toBeLessThanOrEqual(198);
    expect(biased).toBe(0);
  });

  test('is not moved by customers who hang up at once, where only longer waits count', () => {
    const all = waits(seededRandom(2), 20_000, truth, 160);
    const hangUps = Array.from({ length: 2_000 }, (_, index) => ({
      seconds: 0.5 + (index % 9) / 2,
      isAbandoned: true,
    }));
    const fit = fitWeibull([...all, ...hangUps], 5);
    const without = fitWeibull(all, 5);
    expect(fit?.meanSeconds.value).toBeCloseTo(without?.meanSeconds.value ?? 0, 6);
    expect(fit?.meanSeconds.low).toBeLessThan(480);
    expect(fit?.meanSeconds.high).toBeGreaterThan(480);
    expect(fitWeibull([...all, ...hangUps])?.meanSeconds.high).toBeGreaterThan(600);
  });

  test('says how much of it lies beyond the longest wait', () => {
    const fit = fitWeibull(waits(seededRandom(3), 20_000, truth, 20));
    expect(fit?.longestSeconds).toBeLessThan(300);
    expect(fit?.shareBeyond).toBeGreaterThan(0.5);
    const long = fitWeibull(waits(seededRandom(3), 20_000, truth, 2_000));
    expect(long?.shareBeyond).toBeLessThan(0.01);
  });

  test('needs ten customers who abandoned, and not all at one time', () => {
    const end = (seconds: number) => ({ seconds, isAbandoned: true });
    const answered = { seconds: 100, isAbandoned: false };
    expect(fitWeibull([...Array.from({ length: 9 }, (_, n) => end(n + 1)), answered])).toBeUndefined();
    expect(fitWeibull(Array.from({ length: 20 }, () => end(30)))).toBeUndefined();
    expect(fitWeibull([...Array.from({ length: 10 }, (_, n) => end(n + 1)), answered])).toBeDefined();
    expect(fitWeibull([])).toBeUndefined();
  });
});
