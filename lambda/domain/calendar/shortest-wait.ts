import type { Calendar } from './calendar.ts';

const DAY_MINUTES = 1_440;
const WEEK_MINUTES = 7 * DAY_MINUTES;

/** A range of minutes from the Monday of some week. */
interface Span {
  readonly from: number;
  readonly until: number;
}

/**
 * The shortest time in which a calendar is open for a given time: in a week without exceptions and clock changes, and
 * from the best moment on.
 *
 * @param openSeconds - from 0.
 * @returns seconds, from `openSeconds` for a calendar that is always open.
 */
export function shortestWait(calendar: Calendar, openSeconds: number): number {
  const spans = mergedSpans(calendar);
  const openMinutes = openSeconds / 60;
  const perWeek = openBetween(spans, WEEK_MINUTES, 2 * WEEK_MINUTES);
  // Of the hours of whole weeks, the last week remains: it ends when the calendar closes, not with the week.
  const weeks = Math.max(0, Math.ceil(openMinutes / perWeek) - 1);
  const rest = openMinutes - weeks * perWeek;
  // A shortest wait begins as the calendar opens: any other one can begin sooner, and end as much sooner.
  const waits = spans.map(({ from }) => waitFrom(spans, from, rest));
  return (weeks * WEEK_MINUTES + Math.min(...waits)) * 60;
}

/** The open minutes of two weeks, in order, with gaps between them. */
function mergedSpans({ week }: Calendar): Span[] {
  const spans = [0, 1].flatMap((weekIndex) =>
    week.flatMap((hours, day) => {
      const midnight = weekIndex * WEEK_MINUTES + day * DAY_MINUTES;
      return hours.map(
        ({ fromMinute, untilMinute }): Span => ({
          from: midnight + fromMinute,
          until: midnight + untilMinute,
        }),
      );
    }),
  );
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (!last || last.until < span.from) merged.push(span);
    else merged[merged.length - 1] = { from: last.from, until: Math.max(last.until, span.until) };
  }
  return merged;
}

function openBetween(spans: readonly Span[], from: number, until: number): number {
  const minutes = spans.map((span) => Math.min(span.until, until) - Math.max(span.from, from));
  return minutes.reduce((sum, one) => sum + Math.max(0, one), 0);
}

/** The minutes from a moment until the calendar has been open for so many of them. */
function waitFrom(spans: readonly Span[], from: number, openMinutes: number): number {
  let left = openMinutes;
  for (const span of spans) {
    const begin = Math.max(span.from, from);
    const open = Math.max(0, span.until - begin);
    if (open >= left) return begin + left - from;
    left -= open;
  }
  return Number.POSITIVE_INFINITY;
}
