import type { Random } from '../random.ts';
import { exponential } from './draws.ts';

// Taken once: where tests run in a realm of their own, looking a global up costs more than calling it.
const { floor, max, min, sqrt } = Math;

/** How many contacts come, over the day. It repeats: after the last point the first one comes again. */
export interface RateCurve {
  /** `step`: a rate holds until the next point. `linear`: it changes evenly towards the next point. */
  readonly shape: 'step' | 'linear';
  /**
   * In order of time, at least one. Two points of the same time make a linear curve jump. `atMs` is the time of
   * day in milliseconds, from 0 and below the period; `perHour` is at least 0.
   */
  readonly points: readonly { readonly atMs: number; readonly perHour: number }[];
  /** After how long it repeats, in milliseconds; default a day. */
  readonly periodMs?: number;
}

/** A stretch of the curve; times from the first point on, rates in arrivals a millisecond. */
interface Segment {
  readonly fromMs: number;
  readonly toMs: number;
  readonly rate: number;
  readonly slope: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * The moments of a Poisson process with that rate, from a moment on and without end (none at all when the rate
 * is 0 throughout). They are the points of a process of rate 1, stretched until the curve's area between two of
 * them is what it was there (inversion: Çinlar, Introduction to Stochastic Processes, 1975, section 4.7). So each
 * takes one number, however high the curve's peak.
 *
 * @param dayBeganAt - when time of day was 0, in milliseconds since the epoch, as are the results; these have
 *   fractions.
 * @throws RangeError when the curve is not one.
 */
export function* arrivalTimes(
  curve: RateCurve,
  dayBeganAt: number,
  from: number,
  random: Random,
): Generator<number, void> {
  const { stretches, periodMs, firstMs } = segmentsOf(curve);
  if (stretches.every((stretch) => areaOf(stretch, stretch.fromMs, stretch.toMs) === 0)) return;
  let cycleAt = cycleStart(from, dayBeganAt + firstMs, periodMs);
  let at = from - cycleAt;
  let due = exponential(random, 1);
  for (;;) {
    for (const stretch of stretches) {
      if (at >= stretch.toMs) continue;
      for (
        let left = areaOf(stretch, at, stretch.toMs);
        due < left;
        left = areaOf(stretch, at, stretch.toMs)
      ) {
        at = min(stretch.toMs, at + timeOf(stretch, at, due));
        yield cycleAt + at;
        due = exponential(random, 1);
      }
      due -= areaOf(stretch, at, stretch.toMs);
      at = stretch.toMs;
    }
    cycleAt += periodMs;
    at = 0;
  }
}

/** How many contacts come between two moments on average: the area under the curve. */
export function expectedArrivals(curve: RateCurve, dayBeganAt: number, from: number, to: number): number {
  const { stretches, periodMs, firstMs } = segmentsOf(curve);
  let sum = 0;
  for (let cycleAt = cycleStart(from, dayBeganAt + firstMs, periodMs); cycleAt < to; cycleAt += periodMs) {
    for (const stretch of stretches) {
      const begin = max(stretch.fromMs, from - cycleAt);
      const end = min(stretch.toMs, to - cycleAt);
      if (begin < end) sum += areaOf(stretch, begin, end);
    }
  }
  return sum;
}

function cycleStart(at: number, anyBeganAt: number, periodMs: number): number {
  return anyBeganAt + floor((at - anyBeganAt) / periodMs) * periodMs;
}

function areaOf({ rate, slope, fromMs }: Segment, begin: number, end: number): number {
  return (rate + slope * ((begin + end) / 2 - fromMs)) * (end - begin);
}

/** How long after `begin` the area is `due`: the root of the quadratic, in the form that never cancels out. */
function timeOf({ rate, slope, fromMs }: Segment, begin: number, due: number): number {
  const rateThen = rate + slope * (begin - fromMs);
  return (2 * due) / (rateThen + sqrt(max(0, rateThen ** 2 + 2 * slope * due)));
}

function segmentsOf({ shape, points, periodMs = DAY_MS }: RateCurve) {
  const [first] = points;
  if (!first) throw new RangeError('A rate curve has no points; it needs at least one.');
  const stretches = points.map((point, index): Segment => {
    const { atMs, perHour } = point;
    const next = points[index + 1] ?? { atMs: first.atMs + periodMs, perHour: first.perHour };
    if (!(atMs >= 0 && atMs < periodMs && atMs <= next.atMs)) {
      throw new RangeError(
        `Point ${index} of a rate curve is at ${atMs} ms; points go in order from 0 to below ${periodMs} ms.`,
      );
    }
    if (!(perHour >= 0 && Number.isFinite(perHour))) {
      throw new RangeError(
        `Point ${index} of a rate curve has ${perHour} contacts an hour; it must be at least 0.`,
      );
    }
    const lengthMs = next.atMs - atMs;
    const slope = shape === 'linear' && lengthMs > 0 ? (next.perHour - perHour) / HOUR_MS / lengthMs : 0;
    return { fromMs: atMs - first.atMs, toMs: next.atMs - first.atMs, rate: perHour / HOUR_MS, slope };
  });
  return { stretches, periodMs, firstMs: first.atMs };
}
