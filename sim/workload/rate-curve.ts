import type { Random } from '../random.ts';
import { exponential } from './draws.ts';

// Read once: in the test environment a look-up of a global costs more than the call.
const { floor, max, min, sqrt } = Math;

/** The arrival rate over a period, usually a day. It repeats: the first point follows the last one. */
export interface RateCurve {
  /** `step`: a rate applies until the next point. `linear`: the rate changes linearly to the next point. */
  readonly shape: 'step' | 'linear';
  /**
   * In order of time, at least one. In a linear curve, two points at the same time make a jump. `atMs` is the
   * time of day in milliseconds, from 0 to less than the period; `perHour` is at least 0.
   */
  readonly points: readonly { readonly atMs: number; readonly perHour: number }[];
  /** The period in milliseconds; default a day. */
  readonly periodMs?: number;
}

/** A segment of the curve. Times count from the first point; rates are arrivals per millisecond. */
interface Segment {
  readonly fromMs: number;
  readonly toMs: number;
  readonly rate: number;
  readonly slope: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The factor by which the rate of a day is multiplied, by its number from the first day on, which is 0. */
export type DayFactor = (day: number) => number;

/**
 * The arrival times of a Poisson process with this rate, from a moment on and without end; none when the rate
 * is always 0. They are the points of a process of rate 1, transformed by the inverse of the cumulative rate
 * (inversion: Çinlar, Introduction to Stochastic Processes, 1975, section 4.7), so that each arrival uses one
 * random number, whatever the peak rate.
 *
 * @param dayBeganAt - the start of the day, in milliseconds since the epoch, as are the results, which have
 * fractions.
 * @param factorOf - default: the rate is that of the curve on all days.
 * @throws RangeError when the curve is invalid.
 */
export function* arrivalTimes(
  curve: RateCurve,
  dayBeganAt: number,
  from: number,
  random: Random,
  factorOf?: DayFactor,
): Generator<number, void> {
  const { segments: whole, periodMs, firstMs } = segmentsOf(curve);
  const segments = factorOf ? whole.flatMap((segment) => splitAtMidnight(segment, firstMs)) : whole;
  if (segments.every((segment) => areaOf(segment, segment.fromMs, segment.toMs) === 0)) return;
  let cycleAt = cycleStart(from, dayBeganAt + firstMs, periodMs);
  let at = from - cycleAt;
  let due = exponential(random, 1);
  for (;;) {
    for (const ofCurve of segments) {
      if (at >= ofCurve.toMs) continue;
      const segment = factorOf
        ? scaled(ofCurve, factorOf(dayOf(cycleAt + ofCurve.fromMs, dayBeganAt)))
        : ofCurve;
      for (
        let left = areaOf(segment, at, segment.toMs);
        due < left;
        left = areaOf(segment, at, segment.toMs)
      ) {
        at = min(segment.toMs, at + timeOf(segment, at, due));
        yield cycleAt + at;
        due = exponential(random, 1);
      }
      due -= areaOf(segment, at, segment.toMs);
      at = segment.toMs;
    }
    cycleAt += periodMs;
    at = 0;
  }
}

/** The expected number of arrivals between two moments: the area under the curve. */
export function expectedArrivals(curve: RateCurve, dayBeganAt: number, from: number, to: number): number {
  const { segments, periodMs, firstMs } = segmentsOf(curve);
  let sum = 0;
  for (let cycleAt = cycleStart(from, dayBeganAt + firstMs, periodMs); cycleAt < to; cycleAt += periodMs) {
    for (const segment of segments) {
      const begin = max(segment.fromMs, from - cycleAt);
      const end = min(segment.toMs, to - cycleAt);
      if (begin < end) sum += areaOf(segment, begin, end);
    }
  }
  return sum;
}

/** The number of a day from that of `dayBeganAt` on. */
function dayOf(at: number, dayBeganAt: number): number {
  return floor((at - dayBeganAt) / DAY_MS);
}

function scaled(segment: Segment, factor: number): Segment {
  return { ...segment, rate: segment.rate * factor, slope: segment.slope * factor };
}

/** @param firstMs - the time of day of the first point, from which the times of the segment count. */
function splitAtMidnight(segment: Segment, firstMs: number): Segment[] {
  const parts: Segment[] = [];
  for (let fromMs = segment.fromMs; fromMs < segment.toMs; ) {
    const midnightMs = (floor((fromMs + firstMs) / DAY_MS) + 1) * DAY_MS - firstMs;
    const toMs = min(segment.toMs, midnightMs);
    const rate = segment.rate + segment.slope * (fromMs - segment.fromMs);
    parts.push({ ...segment, fromMs, toMs, rate });
    fromMs = toMs;
  }
  return parts;
}

function cycleStart(at: number, anyBeganAt: number, periodMs: number): number {
  return anyBeganAt + floor((at - anyBeganAt) / periodMs) * periodMs;
}

function areaOf({ rate, slope, fromMs }: Segment, begin: number, end: number): number {
  return (rate + slope * ((begin + end) / 2 - fromMs)) * (end - begin);
}

/**
 * The time after `begin` at which the area is `due`: the root of the quadratic, in its numerically stable
 * form.
 */
function timeOf({ rate, slope, fromMs }: Segment, begin: number, due: number): number {
  // At a rate of 0 that only begins to rise, the root below is 0 divided by 0.
  if (due === 0) return 0;
  const rateThen = rate + slope * (begin - fromMs);
  return (2 * due) / (rateThen + sqrt(max(0, rateThen ** 2 + 2 * slope * due)));
}

function segmentsOf({ shape, points, periodMs = DAY_MS }: RateCurve) {
  const [first] = points;
  if (!first) throw new RangeError('A rate curve has no points; it needs at least one.');
  const segments = points.map((point, index): Segment => {
    const { atMs, perHour } = point;
    const next = points[index + 1] ?? { atMs: first.atMs + periodMs, perHour: first.perHour };
    if (!(atMs >= 0 && atMs < periodMs && atMs <= next.atMs)) {
      throw new RangeError(
        `Point ${index} of a rate curve is at ${atMs} ms; expected points in order of time, from 0 to less than ${periodMs} ms.`,
      );
    }
    if (!(perHour >= 0 && Number.isFinite(perHour))) {
      throw new RangeError(
        `Point ${index} of a rate curve has ${perHour} contacts per hour; expected at least 0.`,
      );
    }
    const lengthMs = next.atMs - atMs;
    const slope = shape === 'linear' && lengthMs > 0 ? (next.perHour - perHour) / HOUR_MS / lengthMs : 0;
    return { fromMs: atMs - first.atMs, toMs: next.atMs - first.atMs, rate: perHour / HOUR_MS, slope };
  });
  return { segments, periodMs, firstMs: first.atMs };
}
