import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { seededRandom } from '../../../sim/random.ts';
import { arrivalTimes, expectedArrivals, type RateCurve } from '../../../sim/workload/rate-curve.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const morning: RateCurve = {
  shape: 'linear',
  points: [
    { atMs: 8 * HOUR, perHour: 0 },
    { atMs: 10 * HOUR, perHour: 300 },
    { atMs: 12 * HOUR, perHour: 300 },
    { atMs: 12 * HOUR, perHour: 100 },
    { atMs: 18 * HOUR, perHour: 0 },
  ],
};
const office: RateCurve = {
  shape: 'step',
  points: [
    { atMs: 8 * HOUR, perHour: 60 },
    { atMs: 17 * HOUR, perHour: 0 },
    { atMs: 22 * HOUR, perHour: 6 },
  ],
};

function upTo(curve: RateCurve, from: number, to: number, seed = 1): number[] {
  const times: number[] = [];
  for (const at of arrivalTimes(curve, 0, from, seededRandom(seed))) {
    if (at >= to) break;
    times.push(at);
  }
  return times;
}

const curve: fc.Arbitrary<RateCurve> = fc.record({
  shape: fc.constantFrom('step', 'linear'),
  points: fc
    .array(
      fc.record({ atMs: fc.nat(23).map((hour) => hour * HOUR), perHour: fc.integer({ min: 0, max: 40 }) }),
      {
        minLength: 1,
        maxLength: 5,
      },
    )
    .map((points) => points.toSorted((a, b) => a.atMs - b.atMs)),
});
const moment = fc.integer({ min: -2 * DAY, max: 2 * DAY });

/** The curve by definition: the rate at a moment, in arrivals per hour. */
function rateAt({ shape, points }: RateCurve, at: number): number {
  const time = ((at % DAY) + DAY) % DAY;
  const round = [-DAY, 0, DAY].flatMap((shift) =>
    points.map((point) => ({ ...point, atMs: point.atMs + shift })),
  );
  const before = round.findLast(({ atMs }) => atMs <= time);
  const after = round.find(({ atMs }) => atMs > time);
  if (!before || !after) throw new RangeError('The curve goes round.');
  if (shape === 'step') return before.perHour;
  const part = (time - before.atMs) / (after.atMs - before.atMs);
  return before.perHour + part * (after.perHour - before.perHour);
}

describe('rate curves', () => {
  test.each([
    {
      name: 'a linear one is integrated over its slopes and jumps',
      curve: morning,
      from: 0,
      to: DAY,
      area: 1_200,
    },
    { name: 'a part of a slope', curve: morning, from: 8 * HOUR, to: 9 * HOUR, area: 75 },
    { name: 'steps hold until the next point, over midnight', curve: office, from: 0, to: DAY, area: 600 },
    {
      name: 'before the first point the last one holds',
      curve: office,
      from: 7 * HOUR,
      to: 8 * HOUR,
      area: 6,
    },
    { name: 'days repeat, also backwards', curve: office, from: -DAY, to: 2 * DAY, area: 1_800 },
  ])('$name', ({ curve, from, to, area }) => {
    expect(expectedArrivals(curve, 0, from, to)).toBeCloseTo(area, 6);
  });

  test('the area is the integral of the rate', () => {
    fc.assert(
      fc.property(curve, moment, fc.integer({ min: 0, max: 2 * DAY }), (drawn, from, lengthMs) => {
        const steps = 1_000;
        const stepMs = lengthMs / steps;
        let sum = 0;
        for (let step = 0; step < steps; step += 1)
          sum += (rateAt(drawn, from + (step + 0.5) * stepMs) / HOUR) * stepMs;
        // A jump within a step adds an error of at most the length of the step times the height.
        const tolerance = 12 * (stepMs / HOUR) * 40 + 1e-6;
        expect(Math.abs(expectedArrivals(drawn, 0, from, from + lengthMs) - sum)).toBeLessThanOrEqual(
          tolerance,
        );
      }),
    );
  });

  test('the areas between arrivals are the intervals of a process of rate 1', () => {
    fc.assert(
      fc.property(
        curve,
        moment,
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { maxLength: 20 }),
        (drawn, from, numbers) => {
          fc.pre(drawn.points.some(({ perHour }) => perHour > 0));
          let before = from;
          let used = 0;
          const random = () => numbers[used++] ?? 0.5;
          const times = arrivalTimes(drawn, 0, from, random);
          for (const number of numbers) {
            const at = times.next().value ?? Number.NaN;
            expect(at).toBeGreaterThanOrEqual(before);
            expect(expectedArrivals(drawn, 0, before, at)).toBeCloseTo(-Math.log(1 - number), 5);
            before = at;
          }
        },
      ),
    );
  });

  test('an interval of 0 ends at once, also where the rate begins at 0', () => {
    const rising: RateCurve = {
      shape: 'linear',
      points: [
        { atMs: 0, perHour: 0 },
        { atMs: HOUR, perHour: 1 },
      ],
    };
    expect(arrivalTimes(rising, 0, 0, () => 0).next().value).toBe(0);
  });

  test.each([
    ['linear', morning],
    ['step', office],
  ] as const)(
    'a %s curve has the expected number of arrivals in each hour, with the variance of a Poisson process',
    (_, drawn) => {
      const days = 400;
      const times = upTo(drawn, 0, days * DAY);
      const countsOf = Map.groupBy(times, (at) => Math.floor(at / HOUR));
      for (let hour = 0; hour < 24; hour += 1) {
        const counts = Array.from({ length: days }, (_, day) => countsOf.get(day * 24 + hour)?.length ?? 0);
        const mean = counts.reduce((sum, count) => sum + count, 0) / days;
        const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (days - 1);
        const expected = expectedArrivals(drawn, 0, hour * HOUR, (hour + 1) * HOUR);
        // Five standard errors of the mean and the variance of Poisson counts; the seed is fixed.
        expect(Math.abs(mean - expected)).toBeLessThanOrEqual(5 * Math.sqrt(expected / days));
        expect(Math.abs(variance - expected)).toBeLessThanOrEqual(
          5 * Math.sqrt((2 * expected ** 2) / (days - 1) + expected / days),
        );
      }
    },
  );

  test('a rate of 0 has no arrivals', () => {
    expect(
      arrivalTimes({ shape: 'step', points: [{ atMs: 0, perHour: 0 }] }, 0, 0, () => 0.5).next().done,
    ).toBe(true);
  });

  test.each([
    [[], 'A rate curve has no points; it needs at least one.'],
    [
      [
        { atMs: 5, perHour: 1 },
        { atMs: 4, perHour: 1 },
      ],
      'Point 0 of a rate curve is at 5 ms; expected points in order of time, from 0 to less than 86400000 ms.',
    ],
    [
      [{ atMs: DAY, perHour: 1 }],
      'Point 0 of a rate curve is at 86400000 ms; expected points in order of time, from 0 to less than 86400000 ms.',
    ],
    [[{ atMs: 0, perHour: -1 }], 'Point 0 of a rate curve has -1 contacts per hour; expected at least 0.'],
  ])('%j is rejected', (points, message) => {
    expect(() => expectedArrivals({ shape: 'step', points }, 0, 0, 1)).toThrow(new RangeError(message));
  });
});
