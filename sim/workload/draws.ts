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
 * Draws from the Weibull distribution: patience.
 *
 * @param scale - the value that a share of 1 - 1/e does not exceed.
 * @param shape - below 1, customers become more patient as they wait, above 1 less; 1 is exponential.
 */
export function weibull(random: Random, scale: number, shape: number): number {
  return scale * (-log(1 - random())) ** (1 / shape);
}
