import type { Random } from '../random.ts';

// Taken once: where tests run in a realm of their own, looking a global up costs more than calling it.
const { cos, exp, log, sqrt } = Math;

/** A draw of the exponential distribution: times between arrivals, patience, handling in theory. */
export function exponential(random: Random, mean: number): number {
  return -log(1 - random()) * mean;
}

/**
 * A draw of the log-normal distribution: handling times. It takes two numbers (Box and Muller 1958).
 *
 * @param sigma - standard deviation of the logarithm.
 */
export function logNormal(random: Random, mean: number, sigma: number): number {
  const normal = sqrt(-2 * log(1 - random())) * cos(2 * Math.PI * random());
  return mean * exp(sigma * normal - (sigma * sigma) / 2);
}

/**
 * A draw of the Weibull distribution: patience.
 *
 * @param scale - the value that a share of 1 - 1/e does not exceed.
 * @param shape - below 1 who has waited becomes more patient, above 1 less; 1 is exponential.
 */
export function weibull(random: Random, scale: number, shape: number): number {
  return scale * (-log(1 - random())) ** (1 / shape);
}
