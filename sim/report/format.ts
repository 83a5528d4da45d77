import { formatSpan } from '../../lambda/domain/duration.ts';
import type { Estimate } from '../simulation/result.ts';

/** The text for a missing figure. */
const NO_FIGURE = '–';

/** The format of a kind of figure: alone, and as a bound of its interval. */
export interface FigureFormat {
  readonly value: (value: number) => string;
  readonly bound: (value: number) => string;
}

/** A share: `81.3 %`, with the interval `79.1 to 83.5`. */
export const SHARE: FigureFormat = { value: formatShare, bound: (share) => decimal(share * 100) };

/** A difference of shares in percentage points: `+19.0 points`, with the interval `+16.2 to +21.8`. */
export const POINTS: FigureFormat = {
  value: (difference) => `${signed(difference * 100, decimal)} points`,
  bound: (difference) => signed(difference * 100, decimal),
};

/** A difference of shares under a heading with the unit. */
export const BARE_POINTS: FigureFormat = { value: POINTS.bound, bound: POINTS.bound };

/** A duration: `4m32s`. */
export const WAIT: FigureFormat = { value: formatWait, bound: formatWait };

/** A difference of durations: `+42s`. */
export const WAIT_CHANGE: FigureFormat = { value: formatWaitChange, bound: formatWaitChange };

/** A duration under a heading with the unit: `272` seconds. In a table, all durations have one unit. */
export const BARE_SECONDS: FigureFormat = { value: formatSeconds, bound: formatSeconds };

/** A difference of durations under a heading with the unit: `+42`. */
export const BARE_SECONDS_CHANGE: FigureFormat = {
  value: (seconds) => signed(seconds, formatSeconds),
  bound: (seconds) => signed(seconds, formatSeconds),
};

/** A difference of durations beside others: `+132 s`, with the interval `+120 to +144`. */
export const SECONDS_CHANGE: FigureFormat = {
  value: (seconds) => `${BARE_SECONDS_CHANGE.value(seconds)}\u00a0s`,
  bound: BARE_SECONDS_CHANGE.bound,
};

/** A count: `12,345`. */
export const COUNT: FigureFormat = { value: formatCount, bound: formatCount };

/** A share, with a non-breaking space: `81.3 %`. */
export function formatShare(share: number): string {
  return Number.isFinite(share) ? `${decimal(share * 100)}\u00a0%` : NO_FIGURE;
}

/** A duration: `3.4s` below ten seconds, `4m32s`, to the minute from an hour on: `2h10m`, to the hour from a day on. */
export function formatWait(seconds: number): string {
  if (!Number.isFinite(seconds)) return NO_FIGURE;
  const size = Math.abs(seconds);
  const tenths = Number(size.toFixed(1));
  if (tenths === 0) return '0s';
  const rounded = size < 3_600 ? Math.round(size) : Math.round(size / 60) * 60;
  return `${seconds < 0 ? '−' : ''}${tenths < 10 ? `${tenths}s` : formatSpan(rounded)}`;
}

/** Seconds without a unit: `3.4` below ten, `272`, `7,830`. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return NO_FIGURE;
  const tenths = Number(seconds.toFixed(1));
  const text = (Math.abs(tenths) < 10 ? tenths : Math.round(seconds)).toLocaleString('en-US');
  return text === '-0' ? '0' : text.replace(/^-/, '−');
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

/** Calls per second: `0.25`, `12`. */
export function formatRate(perSecond: number): string {
  return perSecond.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

/** An interval: `35s to 49s`. One run has none. */
export function formatInterval({ low, high }: Estimate, { bound }: FigureFormat, runs: number): string {
  return runs > 1 ? `${bound(low)} to ${bound(high)}` : 'one run, no interval';
}

/** A change and its interval: `+42s (+35s to +49s)`. */
export function formatChange(change: Estimate, format: FigureFormat, runs: number): string {
  return `${format.value(change.value)} (${formatInterval(change, format, runs)})`;
}

/** A figure and its interval, if any: `81.3 %` and `(79.1 to 83.5)`. */
export function figureCell(
  estimate: Estimate,
  format: FigureFormat,
  runs: number,
): readonly [string, string?] {
  if (!Number.isFinite(estimate.value)) return [NO_FIGURE];
  const value = format.value(estimate.value);
  return runs > 1 && estimate.low !== estimate.high
    ? [value, `(${formatInterval(estimate, format, runs)})`]
    : [value];
}

/** A figure with its interval, if any: `81.3 % (79.1 to 83.5)`. */
export function formatWithInterval(estimate: Estimate, format: FigureFormat, runs: number): string {
  return figureCell(estimate, format, runs).join(' ');
}

function signed(value: number, format: (size: number) => string): string {
  if (!Number.isFinite(value)) return NO_FIGURE;
  const size = format(Math.abs(value));
  const sign = value < 0 ? '−' : '+';
  return /[1-9]/.test(size) ? `${sign}${size}` : size;
}

function decimal(value: number): string {
  return value
    .toFixed(1)
    .replace(/^-(?=.*[1-9])/, '−')
    .replace(/^-/, '');
}
