import { gamma } from './gamma.ts';

/** Terms of the series, and halvings: more change no digit of a result. */
const MAX_TERMS = 10_000;
const HALVINGS = 100;

/** From this value on, the gamma function is not needed as it is: its logarithm has a series (Stirling). */
const STIRLING_FROM = 20;

/** The logarithm of the gamma function for x of at least 1/2. */
export function logGamma(x: number): number {
  if (x < STIRLING_FROM) return Math.log(gamma(x));
  const inverse = 1 / x;
  const series = inverse / 12 - inverse ** 3 / 360 + inverse ** 5 / 1_260;
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series;
}

/**
 * The quantile of the chi-square distribution: the value that is not exceeded with this probability.
 *
 * The distribution function is the series of the incomplete gamma function, and bisection inverts it. Source: Abramowitz
 * and Stegun, Handbook of Mathematical Functions, 6.5.29 and 26.4.19.
 *
 * @param probability - between 0 and 1.
 * @param degreesOfFreedom - from 1.
 */
export function chiSquareQuantile(probability: number, degreesOfFreedom: number): number {
  let [low, high] = [0, degreesOfFreedom + 20 * Math.sqrt(2 * degreesOfFreedom) + 20];
  for (let halvings = 0; halvings < HALVINGS; halvings += 1) {
    const middle = (low + high) / 2;
    if (lowerGammaShare(degreesOfFreedom / 2, middle / 2) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The regularized lower incomplete gamma function. */
function lowerGammaShare(shape: number, x: number): number {
  let term = Math.exp(shape * Math.log(x) - x - logGamma(shape + 1));
  let sum = term;
  for (let count = 1; count < MAX_TERMS && term > sum * 1e-16; count += 1) {
    term *= x / (shape + count);
    sum += term;
  }
  return Math.min(1, sum);
}
