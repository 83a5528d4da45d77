import { describe, expect, test } from '@jest/globals';
import { acceptanceBand, binomialShare } from '../../../scripts/recovery/binomial.ts';
import {
  FAULTS,
  goldPerDay,
  knownCentre,
  PARAMETERS,
  recover,
  TIMEZONE,
} from '../../../scripts/recovery/known-centre.ts';
import { coverageOf } from '../../../sim/calibration/coverage.ts';
import type { Fitted } from '../../../sim/calibration/parameter.ts';

/** A single interval of 95 % may miss the truth: it is widened to 99.9 %. */
function expectNear(fitted: Fitted | undefined, truth: number): void {
  const { value = 0, low = 0, high = 0 } = fitted ?? {};
  expect({
    truth,
    low,
    high,
    isWithin: value - (value - low) * 1.7 <= truth && truth <= value + (high - value) * 1.7,
  }).toMatchObject({ isWithin: true });
}

describe('a recording of a known centre, with lost, repeated and late events', () => {
  const { collected, calibration } = recover(knownCentre(10, 0), 0, FAULTS);
  const stream = (tier: string) => calibration.streams.find((one) => one.tier[0] === tier);

  test('shows its streams', () => {
    expect(
      calibration.streams
        .filter(({ contacts }) => contacts > 50)
        .map(({ tier, queueId, channel }) => [tier, queueId, channel]),
    ).toEqual([
      [['silver'], 'support', 'VOICE'],
      [['gold'], 'support', 'VOICE'],
    ]);
    expect(collected.knowsCustomers).toBe(true);
  });

  test.each(PARAMETERS)('shows $name', ({ truth, fitted }) => {
    expectNear(fitted(calibration), truth);
  });

  test('does not take the patience of those who lost it for that of all', () => {
    expect(stream('gold')?.patience.meanOfAbandoned).toBeLessThan(240);
  });

  test('needs no values for handling times that are log-normal', () => {
    expect(stream('silver')?.handling.values).toBeUndefined();
    expect(stream('silver')?.transfers.map(({ queueId }) => queueId)).toStrictEqual(['billing']);
  });

  test('shows arrivals by weekday and half hour, without those who call again', () => {
    const { perHour, perDay } = stream('gold')?.arrivals ?? {};
    const { wholeDays } = coverageOf(TIMEZONE, collected.startsAt, collected.endsAt);
    expect(wholeDays.length).toBeGreaterThanOrEqual(7);
    expectNear(perDay, goldPerDay(wholeDays));
    const mean = (from: number, to: number) => {
      const part = (perHour ?? []).slice(from, to) as number[];
      return part.reduce((sum, rate) => sum + rate, 0) / part.length;
    };
    expect(mean(16, 36)).toBeGreaterThan(32);
    expect(mean(16, 36)).toBeLessThan(48);
    expect(mean(0, 16)).toBe(0);
    expect(mean(5 * 48 + 18, 5 * 48 + 26)).toBeGreaterThan(12);
    expect(mean(6 * 48, 7 * 48)).toBe(0);
  });

  test('shows after-contact work and how many agents were at work', () => {
    expect(calibration.afterContactWork?.mean.value).toBeCloseTo(20, 0);
    const atWork = (weekday: number, hour: number) =>
      calibration.profiles.reduce((sum, { atWork }) => sum + (atWork[weekday * 48 + hour * 2] ?? 0), 0);
    for (const weekday of [0, 2, 4]) {
      expect(atWork(weekday, 9)).toBeGreaterThan(8.4);
      expect(atWork(weekday, 9)).toBeLessThan(9.6);
      expect(atWork(weekday, 12)).toBeGreaterThan(13.2);
      expect(atWork(weekday, 12)).toBeLessThan(14.5);
      expect(atWork(weekday, 20)).toBeLessThan(0.3);
    }
    expect(atWork(5, 11)).toBeGreaterThan(3.4);
    expect(atWork(5, 11)).toBeLessThan(4.2);
    expect(calibration.profiles.map(({ queues }) => queues)).toEqual([['billing', 'support'], ['support']]);
  });
});

describe('the acceptance band of a count', () => {
  test('has the counts that a fair share gives', () => {
    expect(binomialShare(1, 2, 0.5)).toBeCloseTo(0.75);
    expect(binomialShare(50, 50, 0.95)).toBe(1);
    // Tables of the binomial distribution: P(X <= 44) = 0.0378 and P(X <= 43) = 0.0118 for 50 and 0.95.
    expect(binomialShare(44, 50, 0.95)).toBeCloseTo(0.0378, 4);
    expect(binomialShare(43, 50, 0.95)).toBeCloseTo(0.0118, 4);
    expect(acceptanceBand(50, 0.95, 0.05)).toStrictEqual([44, 50]);
    expect(acceptanceBand(50, 0.95, 0.01)).toStrictEqual([43, 50]);
    expect(acceptanceBand(20, 0.5, 0.05)).toStrictEqual([6, 14]);
  });
});
