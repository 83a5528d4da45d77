import type { ContactFacts } from './facts.ts';

/** A stretch of time, in milliseconds since the epoch. */
interface Pause {
  readonly from: number;
  /** Infinite while the contact is paused. */
  readonly to: number;
}

/** The pauses that a record keeps, and as many resumes: enough for any task, and a bound on its size. */
const MAX_TIMES = 50;

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

/**
 * When a clock that began at a moment, and stands still while the contact is paused, shows a time.
 *
 * @param shownMs - milliseconds on the clock, 0 or more.
 * @returns milliseconds since the epoch; infinite where the contact is paused before the clock shows as much.
 */
export function whenClockShows(start: number, shownMs: number, facts: ContactFacts | undefined): number {
  // It shows 0 from the start, also while it stands still.
  if (shownMs === 0) return start;
  let at = start + shownMs;
  for (const { from, to } of facts ? pausesOf(facts) : []) {
    if (from >= at) break;
    at += Math.max(0, to - Math.max(from, start));
  }
  return at;
}

/**
 * The pauses in order of time. Events come late, repeated or never: a pause lasts until the first resume after it, and
 * another pause in between changes nothing. Of a pause and a resume in one second, the resume is the later one.
 */
function pausesOf({ pauses = [], resumes = [] }: ContactFacts): Pause[] {
  const found: Pause[] = [];
  for (const from of pauses) {
    if (from < (found.at(-1)?.to ?? Number.NEGATIVE_INFINITY)) continue;
    const to = resumes.find((at) => at >= from) ?? Number.POSITIVE_INFINITY;
    found.push({ from, to });
  }
  return found;
}
