import type { Random } from '../random.ts';
import { gamma } from '../statistics/gamma.ts';
import { exponential, logNormal, weibull } from './draws.ts';

/** The distribution of a duration in milliseconds. */
export type Distribution =
  | { readonly kind: 'constant'; readonly ms: number }
  | { readonly kind: 'exponential'; readonly meanMs: number }
  /** `variation` is the standard deviation divided by the mean. */
  | { readonly kind: 'log-normal'; readonly meanMs: number; readonly variation: number }
  /** `sigma` is the standard deviation of the logarithm. */
  | { readonly kind: 'log-normal'; readonly medianMs: number; readonly sigma: number }
  /** `shape` is at least 0.1: 1 is exponential; above 1, most values are close to the mean. */
  | {
      readonly kind: 'weibull';
      readonly meanMs: number;
      readonly shape: number;
      /** The share of values that are within five seconds instead, evenly: customers who hang up at once. */
      readonly hangUps?: number;
    }
  /** One of these values, each as likely as the others; at least one. */
  | { readonly kind: 'values'; readonly values: readonly number[] }
  /** Infinite: customers who wait until they are answered. */
  | { readonly kind: 'never' };

/** Who hangs up within this time did not want to wait at all. */
export const HANG_UP_MS = 5_000;

/**
 * Returns a function that draws from a distribution.
 *
 * @throws RangeError when a parameter is out of range.
 */
export function sampler(distribution: Distribution): (random: Random) => number {
  if (distribution.kind === 'values') return valueSampler(distribution.values);
  for (const [name, value] of Object.entries(distribution)) {
    const isShape = name === 'shape';
    if (name === 'kind' || (Number.isFinite(value) && value >= (isShape ? 0.1 : 0))) continue;
    throw new RangeError(
      `"${name}" of the ${distribution.kind} distribution is ${value}; it must be a number from ${isShape ? '0.1' : '0'}.`,
    );
  }
  switch (distribution.kind) {
    case 'constant':
      return () => distribution.ms;
    case 'exponential':
      return (random) => exponential(random, distribution.meanMs);
    case 'log-normal': {
      const { mean, sigma } = logNormalParameters(distribution);
      return (random) => logNormal(random, mean, sigma);
    }
    case 'weibull': {
      const { meanMs, shape, hangUps = 0 } = distribution;
      const scale = meanMs / gamma(1 + 1 / shape);
      if (hangUps === 0) return (random) => weibull(random, scale, shape);
      return (random) => (random() < hangUps ? random() * HANG_UP_MS : weibull(random, scale, shape));
    }
    case 'never':
      return () => Number.POSITIVE_INFINITY;
  }
}

function valueSampler(values: readonly number[]): (random: Random) => number {
  const wrong = values.find((value) => !(Number.isFinite(value) && value >= 0));
  if (values.length === 0 || wrong !== undefined) {
    throw new RangeError(`"values" are [${values}]; they must be at least one number from 0.`);
  }
  return (random) => values[Math.floor(random() * values.length)] ?? 0;
}

/** The mean of a distribution in milliseconds; Infinity for one that never ends. */
export function meanMsOf(distribution: Distribution): number {
  switch (distribution.kind) {
    case 'constant':
      return distribution.ms;
    case 'log-normal':
      return logNormalParameters(distribution).mean;
    case 'values':
      return distribution.values.reduce((sum, value) => sum + value, 0) / distribution.values.length;
    case 'never':
      return Number.POSITIVE_INFINITY;
    default:
      return distribution.meanMs;
  }
}

function logNormalParameters(distribution: Extract<Distribution, { kind: 'log-normal' }>) {
  if ('meanMs' in distribution) {
    return { mean: distribution.meanMs, sigma: Math.sqrt(Math.log1p(distribution.variation ** 2)) };
  }
  const { medianMs, sigma } = distribution;
  return { mean: medianMs * Math.exp(sigma ** 2 / 2), sigma };
}
