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
 * @param before - the pauses of the contacts before it in its transfer chain, all of them ended.
 * @returns milliseconds since the epoch; infinite where the contact is paused before the clock shows as much.
 */
export function whenClockShows(
  start: number,
  shownMs: number,
  facts: PauseTimes | undefined,
  before: PauseTimes = {},
): number {
  // It shows 0 from the start, also while it stands still.
  if (shownMs === 0) return start;
  let at = start + shownMs;
  let countedTo = start;
  const pauses = [...pausesOf(before), ...pausesOf(facts ?? {})].sort((a, b) => a.from - b.from);
  for (const { from, to } of pauses) {
    if (from >= at) break;
    at += Math.max(0, to - Math.max(from, countedTo));
    countedTo = Math.max(countedTo, to);
  }
  return at;
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
 * The pauses in order of time. Events come late, repeated or never: a pause lasts until the first resume after it, and
 * another pause in between changes nothing. Of a pause and a resume in one second, the resume is the later one.
 */
function pausesOf({ pauses = [], resumes = [] }: PauseTimes): Pause[] {
  const found: Pause[] = [];
  for (const from of pauses) {
    if (from < (found.at(-1)?.to ?? Number.NEGATIVE_INFINITY)) continue;
    const to = resumes.find((at) => at >= from) ?? Number.POSITIVE_INFINITY;
    found.push({ from, to });
  }
  return found;
}
