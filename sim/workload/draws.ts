import type { Random } from '../random.ts';

// Read once: in the test environment a look-up of a global costs more than the call.
const { cos, exp, log, sqrt } = Math;

/**
 * Draws from the exponential distribution: times between arrivals, patience, handling times in queueing
 * theory.
 */
export function exponential(random: Random, mean: number): number {
  return -log(1 - random()) * mean;
}

/**
 * Draws from the log-normal distribution: handling times. Uses two random numbers (Box and Muller 1958).
 *
 * @param sigma - the standard deviation of the logarithm.
 */
export function logNormal(random: Random, mean: number, sigma: number): number {
  const normal = sqrt(-2 * log(1 - random())) * cos(2 * Math.PI * random());
  return mean * exp(sigma * normal - (sigma * sigma) / 2);
}

/**
 * Draws from the gamma distribution with mean 1: the factor of a busy or a quiet day. By rejection (Marsaglia and Tsang
 * 2000).
 *
 * @param variation - the standard deviation, above 0.
 */
export function gammaFactor(random: Random, variation: number): number {
  const shape = 1 / variation ** 2;
  // Below 1, a draw of shape + 1 is multiplied by a power of a uniform number.
  const boost = shape < 1 ? (1 - random()) ** (1 / shape) : 1;
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
  const c = 1 / sqrt(9 * d);
  for (;;) {
    const normal = sqrt(-2 * log(1 - random())) * cos(2 * Math.PI * random());
    const cube = (1 + c * normal) ** 3;
    if (cube <= 0) continue;
    if (log(1 - random()) < (normal * normal) / 2 + d - d * cube + d * log(cube))
      return (boost * d * cube) / shape;
  }
}

/**
 * Draws from the Weibull distribution: patience.
 *
 * @param scale - the value that a share of 1 - 1/e does not exceed.
 * @param shape - below 1, customers become more patient as they wait, above 1 less; 1 is exponential.
 */
export function weibull(random: Random, scale: number, shape: number): number {
  return scale * (-log(1 - random())) ** (1 / shape);
}
