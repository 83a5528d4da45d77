import type { Calendar } from '../calendar/calendar.ts';
import { isOpen, nextTransition } from '../calendar/open-hours.ts';
import { defined } from '../json.ts';
import type { ContactFacts } from './facts.ts';

/** When contacts were paused and resumed, in order of time, in milliseconds since the epoch. */
export type PauseTimes = Pick<ContactFacts, 'pauses' | 'resumes'>;

/** A stretch of time, in milliseconds since the epoch. */
interface Pause {
  readonly from: number;
  /** Infinite while the contact is paused. */
  readonly to: number;
}

/** The pauses that a record keeps, and as many resumes: enough for any task, and a bound on its size. */
const MAX_TIMES = 50;

/** No contact waits longer. */
const MAX_CLOCK_MS = 400 * 86_400_000;

/** The times of two sets of facts together, in order, the latest 50: the same in whatever order sets are merged. */
export function mergeTimes(
  a: readonly number[] | undefined,
  b: readonly number[] | undefined,
): readonly number[] | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return [...new Set([...a, ...b])].sort((first, second) => first - second).slice(-MAX_TIMES);
}

/** True while a task is paused. It still waits, but nothing is done for it until it is resumed. */
export function isPaused(facts: ContactFacts): boolean {
  return pausesOf(facts).at(-1)?.to === Number.POSITIVE_INFINITY;
}

/** What stops a clock. */
export interface ClockStops {
  /** The times of the contact; absent: the clock runs on while it is paused. */
  readonly facts?: PauseTimes | undefined;
  /** The pauses of the contacts before it in its transfer chain, all of them ended. */
  readonly before?: PauseTimes;
  /** The clock runs only while this calendar is open; absent: always. */
  readonly calendar?: Calendar | undefined;
}

/**
 * When a clock that began at a moment shows a time. It stands still while the contact is paused and its calendar is
 * closed.
 *
 * @param shownMs - milliseconds on the clock, 0 or more.
 * @returns milliseconds since the epoch; infinite where the contact is paused, or where it would take more than 400
 *   days.
 */
export function whenClockShows(start: number, shownMs: number, stops: ClockStops = {}): number {
  // It shows 0 from the start, also while it stands still.
  if (shownMs === 0) return start;
  const { facts, before, calendar } = stops;
  const pauses = [...pausesOf(before ?? {}), ...pausesOf(facts ?? {})];
  let at = start;
  let left = shownMs;
  while (at - start <= MAX_CLOCK_MS) {
    const resumesAt = Math.max(at, ...pauses.filter(({ from }) => from <= at).map(({ to }) => to));
    if (resumesAt === Number.POSITIVE_INFINITY) break;
    const opensAt =
      calendar && !isOpen(calendar, resumesAt) ? nextTransition(calendar, resumesAt) : resumesAt;
    if (opensAt === undefined) break;
    if (opensAt > at) {
      at = opensAt;
      continue;
    }
    const pausedAt = Math.min(...pauses.map(({ from }) => from).filter((from) => from > at));
    const closesAt = (calendar && nextTransition(calendar, at)) ?? Number.POSITIVE_INFINITY;
    const stopsAt = Math.min(pausedAt, closesAt);
    if (stopsAt - at >= left) return at + left;
    left -= stopsAt - at;
    at = stopsAt;
  }
  return Number.POSITIVE_INFINITY;
}

/**
 * The pauses of a contact and of those before it, for the contacts after it: those before it ended at the latest when
 * it was queued, its own when it ended.
 */
export function pausesToHandOn(facts: ContactFacts | undefined, before: PauseTimes): PauseTimes {
  const end = facts?.disconnectedAt;
  return defined({
    pauses: mergeTimes(before.pauses, facts?.pauses),
    resumes: mergeTimes(
      endedAt(before, facts?.firstEnqueuedAt).resumes,
      facts && endedAt(facts, end).resumes,
    ),
  });
}

/** The pauses with an end of those that have none. */
export function endedAt({ pauses, resumes }: PauseTimes, end: number | undefined): PauseTimes {
  const isOpen = pauses !== undefined && end !== undefined;
  return defined({
    pauses: pauses?.filter((at) => at < (end ?? Number.POSITIVE_INFINITY)),
    resumes: isOpen ? mergeTimes(resumes, [end]) : resumes,
  });
}

/**
 * The pauses in order of their beginnings. Events come late, repeated or never: a pause lasts until the first resume
 * after it, and another pause in between ends with it. Of a pause and a resume in one second, the resume is the later one.
 */
function pausesOf({ pauses = [], resumes = [] }: PauseTimes): Pause[] {
  return pauses.map((from) => ({ from, to: resumes.find((at) => at >= from) ?? Number.POSITIVE_INFINITY }));
}
