import type { Estimate } from '../../sim/simulation/index.ts';

/** The two halves of an interval are equal if they differ by less. */
const ROUNDING = 1e-6;

/** Formats a share as a percentage. */
export function formatPercent(share: Estimate): string {
  return formatEstimate(scaled(share, 100), '%');
}

/** An estimate in another unit. */
export function scaled({ value, low, high }: Estimate, factor: number): Estimate {
  return { value: value * factor, low: low * factor, high: high * factor };
}

/** `61 ± 3 s`, with a decimal below 10; `1.1 (0.0 to 4.6) %` if a limit cuts the interval. */
export function formatEstimate({ value, low, high }: Estimate, unit?: string): string {
  const digits = Math.abs(value) < 10 ? 1 : 0;
  const suffix = unit === undefined ? '' : ` ${unit}`;
  const [below, above] = [value - low, high - value];
  if (Math.abs(below - above) > ROUNDING) {
    const ends = [low, high].map((end) => end.toFixed(Math.abs(end) < 10 ? 1 : 0));
    return `${value.toFixed(digits)} (${ends.join(' to ')})${suffix}`;
  }
  const margin = above > 0 ? ` ± ${above.toFixed(above < 10 ? 1 : digits)}` : '';
  return `${value.toFixed(digits)}${margin}${suffix}`;
}
