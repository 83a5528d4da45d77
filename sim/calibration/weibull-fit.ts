import { logGamma } from '../statistics/gamma-distribution.ts';
import { type Fitted, logNormalInterval } from './parameter.ts';
import type { EndedWait } from './waits.ts';

/** The patience of customers, by waits of which most ended before patience did. */
export interface WeibullFit {
  readonly meanSeconds: Fitted;
  readonly shape: Fitted;
  /** The patience that a share of 1/e exceeds. */
  readonly scaleSeconds: number;
  /** Waits behind the fit: those that were abandoned, and all. */
  readonly abandoned: number;
  readonly count: number;
  /** The longest wait that was seen: what the fit says beyond it is extrapolation. */
  readonly longestSeconds: number;
  /** The share of customers who would wait for longer than that, by the fit. */
  readonly shareBeyond: number;
}

/** Shapes that a scenario can have. */
const [MIN_SHAPE, MAX_SHAPE] = [0.1, 10];

/** Fewer abandonments say nothing of the shape. */
const MIN_ABANDONED = 10;

const HALVINGS = 40;

// Read once: in the test environment a look-up of a global costs more than the call.
const { exp, log, max, sqrt } = Math;

/**
 * Fits a Weibull distribution to the patience of customers by maximum likelihood. A wait that ended with an answer shows
 * that patience was longer than the wait (right censoring). A fit that ignores this makes patience much too short. Standard
 * errors are those of the observed information.
 *
 * Source: Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data, 2002, sections 3.4 and 3.7.
 *
 * @param afterSeconds - only waits that lasted longer count, and the fit is of these (left truncation).
 * @returns undefined where fewer than ten customers abandoned, or all at one time.
 */
export function fitWeibull(waits: readonly EndedWait[], afterSeconds = 0): WeibullFit | undefined {
  const used = waits.filter(({ seconds }) => seconds > afterSeconds);
  const ends = used.filter(({ isAbandoned }) => isAbandoned);
  const first = ends[0]?.seconds;
  if (ends.length < MIN_ABANDONED || ends.every(({ seconds }) => seconds === first)) return undefined;
  const longestSeconds = used.reduce((longest, { seconds }) => max(longest, seconds), 0);
  const sample: Sample = {
    // In units of the longest wait, so that no power overflows.
    logs: Float64Array.from(used, ({ seconds }) => log(seconds / longestSeconds)),
    logSum: ends.reduce((sum, { seconds }) => sum + log(seconds / longestSeconds), 0),
    abandoned: ends.length,
    logAfter: afterSeconds > 0 ? log(afterSeconds / longestSeconds) : undefined,
  };
  const shape = likeliestShape(sample);
  const logScale = log(powerSums(sample, shape).sum / ends.length) / shape;
  const errors = covariance(sample, shape, logScale);
  const scaleSeconds = longestSeconds * exp(logScale);
  const meanFactor = (one: number) => logGamma(1 + 1 / one);
  // How the logarithm of the mean moves with that of the shape.
  const slope = (meanFactor(shape * 1.0001) - meanFactor(shape / 1.0001)) / (2 * log(1.0001));
  const meanVariance = slope ** 2 * errors.shape + 2 * slope * errors.both + errors.scale;
  return {
    meanSeconds: logNormalInterval(scaleSeconds * exp(meanFactor(shape)), sqrt(meanVariance)),
    shape: logNormalInterval(shape, sqrt(errors.shape)),
    scaleSeconds,
    abandoned: ends.length,
    count: used.length,
    longestSeconds,
    shareBeyond: exp(-((longestSeconds / scaleSeconds) ** shape)),
  };
}

interface Sample {
  /** The logarithms of all waits. */
  readonly logs: Float64Array;
  /** The sum of the logarithms of the waits that were abandoned, and their number. */
  readonly logSum: number;
  readonly abandoned: number;
  /** The logarithm of the time that all waits exceed; undefined where it is 0. */
  readonly logAfter: number | undefined;
}

/** The sums over all waits of t^k, of t^k log t and of t^k (log t)^2, each less its value at the truncation. */
function powerSums({ logs, logAfter }: Sample, shape: number) {
  let [sum, withLog, withSquare] = [0, 0, 0];
  for (const one of logs) {
    const power = exp(shape * one);
    sum += power;
    withLog += power * one;
    withSquare += power * one * one;
  }
  if (logAfter === undefined) return { sum, withLog, withSquare };
  const power = logs.length * exp(shape * logAfter);
  return {
    sum: sum - power,
    withLog: withLog - power * logAfter,
    withSquare: withSquare - power * logAfter ** 2,
  };
}

/** Where the profile likelihood of the shape has its maximum: its slope falls from positive to negative there. */
function likeliestShape(sample: Sample): number {
  let [low, high] = [log(MIN_SHAPE), log(MAX_SHAPE)];
  for (let halvings = 0; halvings < HALVINGS; halvings += 1) {
    const middle = (low + high) / 2;
    const shape = exp(middle);
    const { sum, withLog } = powerSums(sample, shape);
    const slope = sample.logSum + sample.abandoned / shape - (sample.abandoned * withLog) / sum;
    if (slope > 0) low = middle;
    else high = middle;
  }
  return exp((low + high) / 2);
}

/** The variances of the logarithms of shape and scale, and their covariance: the inverse of the observed information. */
function covariance(sample: Sample, shape: number, logScale: number) {
  const { sum, withLog, withSquare } = powerSums(sample, shape);
  const { abandoned, logSum } = sample;
  const unit = exp(-shape * logScale);
  // Sums over all waits of z, z u and z u^2, where z = (t / scale)^shape and u = log z.
  const z = unit * sum;
  const zu = unit * shape * (withLog - logScale * sum);
  const zuu = unit * shape ** 2 * (withSquare - 2 * logScale * withLog + logScale ** 2 * sum);
  const ends = shape * (logSum - abandoned * logScale);
  const ofShape = zu + zuu - ends;
  const ofScale = shape ** 2 * z;
  const ofBoth = shape * abandoned - shape * (z + zu);
  const determinant = ofShape * ofScale - ofBoth ** 2;
  return { shape: ofScale / determinant, scale: ofShape / determinant, both: -ofBoth / determinant };
}
