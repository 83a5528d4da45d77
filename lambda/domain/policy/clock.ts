import type { Calendar, Calendars } from '../calendar/calendar.ts';
import { defined, isObject } from '../json.ts';
import {
  createProblem,
  type Path,
  type Problem,
  typeProblem,
  unknownKeyProblem,
} from '../validation/problem.ts';
import { closestMatch } from '../validation/suggestion.ts';
import { namedCalendar } from './named-calendar.ts';

/**
 * When a policy's clock starts: when the contact entered this queue, when it entered the first queue of its transfer
 * chain, or when it was initiated.
 */
export const CLOCK_STARTS = ['enqueued', 'firstEnqueued', 'initiated'] as const;

type ClockStart = (typeof CLOCK_STARTS)[number];

/** What waiting is measured by. */
export interface PolicyClock {
  /** Default enqueued. */
  readonly from: ClockStart;
  /** The clock runs only while this calendar is open; undefined: always. */
  readonly calendar?: Calendar;
}

const KEYS = ['from', 'in'];
const FORM = `one of ${CLOCK_STARTS.join(', ')}, or an object such as { from: enqueued, in: office-hours }`;

/**
 * Parses the field `clock` of a policy. Never throws; reports every problem at once.
 *
 * @param source - `enqueued`, `firstEnqueued` or `initiated`; or `{ from, in }`, where `from` is one of these (default
 *   `enqueued`), and `in` names the calendar, or writes it out, whose open hours alone count. Undefined: `enqueued`.
 */
export function parseClock(
  source: unknown,
  path: Path,
  calendars: Calendars,
): { readonly clock: PolicyClock; readonly problems: readonly Problem[] } {
  if (!isObject(source)) {
    const start = parseStart(source, path, FORM);
    return { clock: { from: start.from }, problems: start.problems };
  }
  const start = parseStart(source.from, [...path, 'from'], `one of ${CLOCK_STARTS.join(', ')}`);
  const { calendar, problems } = namedCalendar(source.in, [...path, 'in'], calendars);
  const unknownKeys = Object.keys(source)
    .filter((key) => !KEYS.includes(key))
    .map((key) => unknownKeyProblem([...path, key], key, KEYS, source));
  return {
    clock: defined({ from: start.from, calendar }),
    problems: [...unknownKeys, ...start.problems, ...problems],
  };
}

function parseStart(
  source: unknown,
  path: Path,
  allowed: string,
): { readonly from: ClockStart; readonly problems: readonly Problem[] } {
  if (source === undefined) return { from: 'enqueued', problems: [] };
  const from = CLOCK_STARTS.find((start) => start === source);
  if (from) return { from, problems: [] };
  const problem =
    typeof source === 'string'
      ? createProblem('not-allowed', path, source, allowed, closestMatch(source, CLOCK_STARTS))
      : typeProblem(path, source, allowed);
  return { from: 'enqueued', problems: [problem] };
}
