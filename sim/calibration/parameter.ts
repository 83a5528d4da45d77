/** A number that was fitted, with its doubt. */
export interface Fitted {
  readonly value: number;
  /** The 95 % confidence interval. */
  readonly low: number;
  readonly high: number;
}

/** The 0.975 quantile of the normal distribution: intervals of 95 %. */
export const NORMAL_95 = 1.959964;

/** A positive number whose logarithm is roughly normal, such as a mean duration. */
export function logNormalInterval(value: number, standardErrorOfLog: number): Fitted {
  const factor = Math.exp(NORMAL_95 * standardErrorOfLog);
  return { value, low: value / factor, high: value * factor };
}

/**
 * A share, with the interval of Wilson (1927), which also holds where nothing or everything was counted.
 *
 * @param of - at least 1.
 */
export function fittedShare(count: number, of: number): Fitted {
  const share = count / of;
  const z2 = NORMAL_95 ** 2;
  const centre = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (NORMAL_95 / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  return { value: share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
