import type { TimelineItem } from '../../cli/watch/contact-page.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Distances of ticks that people read easily, in milliseconds. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24, 48, 168].map((hours) => hours * HOUR),
];

const MAX_TICKS = 6;

/** Those with seconds take more room. */
const MAX_TICKS_WITH_SECONDS = 4;

/** What comes is drawn as far ahead as the contact has waited, and at least so far. */
const MIN_AHEAD_MS = 5 * MINUTE;

/** The part of time that is drawn. Times are milliseconds since the epoch. */
export interface TimeScale {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  /** Whether ticks are less than a minute apart, so that they need seconds. */
  readonly hasSeconds: boolean;
}

/**
 * The time that a timeline spans. What happened long before the contact entered its queue, and what comes long after now,
 * is left to its sides.
 */
export function timeScale(
  items: readonly TimelineItem[],
  enqueuedAt: number | undefined,
  now: number,
): TimeScale {
  const times = items.map(({ at }) => at);
  const earliest = Math.min(now, ...times);
  const start = enqueuedAt ?? earliest;
  const waited = Math.max(now - start, MINUTE);
  const from = Math.max(earliest, start - waited / 2);
  const to = Math.min(Math.max(now, ...times), now + Math.max(waited, MIN_AHEAD_MS));
  const margin = Math.max(to - from, MINUTE) * 0.04;
  return withTicks(from - margin, to + margin);
}

function withTicks(from: number, to: number): TimeScale {
  const isWideEnough = (one: number) =>
    (to - from) / one <= (one < MINUTE ? MAX_TICKS_WITH_SECONDS : MAX_TICKS);
  const step = STEPS.find(isWideEnough) ?? (STEPS.at(-1) as number);
  const first = Math.ceil(from / step) * step;
  const ticks = Array.from(
    { length: Math.floor((to - first) / step) + 1 },
    (_, index) => first + index * step,
  );
  return { from, to, ticks, hasSeconds: step < MINUTE };
}

/** Where a time is on the scale, from 0 to 100; what is beyond it is at its side. */
export function position({ from, to }: TimeScale, at: number): number {
  return Math.max(0, Math.min(100, (100 * (at - from)) / (to - from)));
}
