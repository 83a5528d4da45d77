import type { Random } from '../random.ts';
import { exponential, logNormal, weibull } from './draws.ts';
import { gamma } from '../statistics/gamma.ts';

/** The distribution of a duration in milliseconds. */
export type Distribution =
  | { readonly kind: 'constant'; readonly ms: number }
  | { readonly kind: 'exponential'; readonly meanMs: number }
  /** `variation` is the standard deviation divided by the mean. */
  | { readonly kind: 'log-normal'; readonly meanMs: number; readonly variation: number }
  /** `sigma` is the standard deviation of the logarithm. */
  | { readonly kind: 'log-normal'; readonly medianMs: number; readonly sigma: number }
  /** `shape` is at least 0.1: 1 is exponential; above 1, most values are close to the mean. */
  | { readonly kind: 'weibull'; readonly meanMs: number; readonly shape: number }
  /** Infinite: customers who wait until they are answered. */
  | { readonly kind: 'never' };

/**
 * Returns a function that draws from a distribution.
 *
 * @throws RangeError when a parameter is out of range.
 */
export function sampler(distribution: Distribution): (random: Random) => number {
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
      const { meanMs, shape } = distribution;
      const scale = meanMs / gamma(1 + 1 / shape);
      return (random) => weibull(random, scale, shape);
    }
    case 'never':
      return () => Number.POSITIVE_INFINITY;
  }
}

function logNormalParameters(distribution: Extract<Distribution, { kind: 'log-normal' }>) {
  if ('meanMs' in distribution) {
    return { mean: distribution.meanMs, sigma: Math.sqrt(Math.log1p(distribution.variation ** 2)) };
  }
  const { medianMs, sigma } = distribution;
  return { mean: medianMs * Math.exp(sigma ** 2 / 2), sigma };
}
