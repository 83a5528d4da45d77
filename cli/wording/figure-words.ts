import { formatSpan } from '../../lambda/domain/duration.ts';
import type { MetricFigures } from '../state/outside/outside-figures.ts';

/** A rate with two digits: `0.05`, `3.2`, `18`. */
export function rateWords(perSecond: number): string {
  return perSecond >= 10 ? String(Math.round(perSecond)) : String(Number(perSecond.toPrecision(2)));
}

/** How late something was: `0.4s` below ten seconds, otherwise whole seconds and more. */
export function latenessWords(milliseconds: number): string {
  const seconds = milliseconds / 1_000;
  return seconds < 10 ? `${Number(seconds.toFixed(1))}s` : formatSpan(Math.round(seconds));
}

/** The sums of an hour, and the calls a second of its last minute. */
export function hourTotals({ minutes }: Pick<MetricFigures, 'minutes'>) {
  return {
    calls: minutes.reduce((sum, { calls }) => sum + calls, 0),
    throttled: minutes.reduce((sum, { throttled }) => sum + throttled, 0),
    perSecond: (minutes.at(-1)?.calls ?? 0) / 60,
  };
}
