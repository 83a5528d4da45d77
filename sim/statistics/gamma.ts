/** Lanczos coefficients for g = 7, n = 9, accurate to 15 digits (Godfrey 2001). */
const COEFFICIENTS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;
const G = 7;

/** The gamma function for x of at least 1/2; (x - 1)! for whole numbers. */
export function gamma(x: number): number {
  const n = x - 1;
  let sum: number = COEFFICIENTS[0];
  for (const [index, coefficient] of COEFFICIENTS.entries()) if (index > 0) sum += coefficient / (n + index);
  const t = n + G + 0.5;
  return Math.sqrt(2 * Math.PI) * t ** (n + 0.5) * Math.exp(-t) * sum;
}
