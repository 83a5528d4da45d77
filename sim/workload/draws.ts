import type { Random } from './random.ts';

/** A draw of the exponential distribution: times between arrivals, patience, handling in theory. */
export function exponential(random: Random, mean: number): number {
  return -Math.log(1 - random()) * mean;
}

/**
 * A draw of the log-normal distribution: handling times. It takes two numbers (Box and Muller 1958).
 *
 * @param sigma - standard deviation of the logarithm.
 */
export function logNormal(random: Random, mean: number, sigma: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return mean * Math.exp(sigma * normal - (sigma * sigma) / 2);
}

/**
 * A draw of the Weibull distribution: patience.
 *
 * @param scale - the value that a share of 1 - 1/e does not exceed.
 * @param shape - below 1 who has waited becomes more patient, above 1 less; 1 is exponential.
 */
export function weibull(random: Random, scale: number, shape: number): number {
  return scale * (-Math.log(1 - random())) ** (1 / shape);
}
