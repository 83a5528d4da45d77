import { formatDuration } from '../../lambda/domain/duration.ts';
import type { Estimate } from '../simulation/result.ts';

/** What stands where nothing can be said. */
const NO_FIGURE = '–';

/** How a kind of figure is written: alone, and as an end of its interval. */
export interface FigureFormat {
  readonly value: (value: number) => string;
  readonly bound: (value: number) => string;
}

/** A share: `81.3 %`, its interval `79.1 to 83.5`. */
export const SHARE: FigureFormat = { value: formatShare, bound: (share) => decimal(share * 100) };

/** A difference of shares: `+19.0 points`, its interval `+16.2 to +21.8`. */
export const POINTS: FigureFormat = {
  value: (difference) => `${signed(difference * 100, decimal)} points`,
  bound: (difference) => signed(difference * 100, decimal),
};

/** The same under a head that names the unit. */
export const BARE_POINTS: FigureFormat = { value: POINTS.bound, bound: POINTS.bound };

/** A duration: `4m32s`. */
export const WAIT: FigureFormat = { value: formatWait, bound: formatWait };

/** A difference of durations: `+42s`. */
export const WAIT_CHANGE: FigureFormat = { value: formatWaitChange, bound: formatWaitChange };

/** A count: `12,345`. */
export const COUNT: FigureFormat = { value: formatCount, bound: formatCount };

/** A share in words, which do not part at the end of a line: `81.3 %`. */
export function formatShare(share: number): string {
  return Number.isFinite(share) ? `${decimal(share * 100)}\u00a0%` : NO_FIGURE;
}

/** A duration: `3.4s` below ten seconds, `4m32s`, and from an hour on to the minute, `2h10m`. */
export function formatWait(seconds: number): string {
  if (!Number.isFinite(seconds)) return NO_FIGURE;
  const size = Math.abs(seconds);
  const tenths = Number(size.toFixed(1));
  if (tenths === 0) return '0s';
  const toTheMinute = size < 3_600 ? Math.round(size) : Math.round(size / 60) * 60;
  return `${seconds < 0 ? '−' : ''}${tenths < 10 ? `${tenths}s` : formatDuration(toTheMinute)}`;
}

/** A difference of durations: `+42s`. */
export function formatWaitChange(seconds: number): string {
  return signed(seconds, formatWait);
}

/** A count: `12,345`. */
export function formatCount(value: number): string {
  return Number.isFinite(value) ? Math.round(value).toLocaleString('en-US') : NO_FIGURE;
}

/** `1 contact`, `2 contacts`. */
export function formatCounted(value: number, noun: string): string {
  return `${formatCount(value)} ${noun}${Math.round(value) === 1 ? '' : 's'}`;
}

/** Calls in a second: `0.25`, `12`. */
export function formatRate(perSecond: number): string {
  return perSecond.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

/** An interval alone: `35s to 49s`; with one run there is none. */
export function formatInterval({ low, high }: Estimate, { bound: end }: FigureFormat, runs: number): string {
  return runs > 1 ? `${end(low)} to ${end(high)}` : 'one run, no interval';
}

/** A figure and, where it has one, its interval: `81.3 %` and `(79.1 to 83.5)`. */
export function figureCell(
  estimate: Estimate,
  writing: FigureFormat,
  runs: number,
): readonly [string, string?] {
  if (!Number.isFinite(estimate.value)) return [NO_FIGURE];
  const value = writing.value(estimate.value);
  return runs > 1 && estimate.low !== estimate.high
    ? [value, `(${formatInterval(estimate, writing, runs)})`]
    : [value];
}

/** A figure with its interval in one line: `81.3 % (79.1 to 83.5)`. */
export function formatWithInterval(estimate: Estimate, writing: FigureFormat, runs: number): string {
  return figureCell(estimate, writing, runs).join(' ');
}

function signed(value: number, write: (size: number) => string): string {
  if (!Number.isFinite(value)) return NO_FIGURE;
  const size = write(Math.abs(value));
  const sign = value < 0 ? '−' : '+';
  return /[1-9]/.test(size) ? `${sign}${size}` : size;
}

function decimal(value: number): string {
  return value
    .toFixed(1)
    .replace(/^-(?=.*[1-9])/, '−')
    .replace(/^-/, '');
}
