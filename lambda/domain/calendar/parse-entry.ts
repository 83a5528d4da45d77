import { isObject } from '../json.ts';
import { createProblem, type Path, type Problem } from '../validation/problem.ts';
import { closestMatch } from '../validation/suggestion.ts';
import type { Hours } from './calendar.ts';
import { entryRemedy, normalizeDays, normalizeEntry } from './other-notations.ts';

/** Hours and the weekday on which they begin; Monday is 0. */
interface WeekdayHours {
  readonly weekday: number;
  readonly hours: Hours;
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const DAY_NAMES = DAYS.map((day) => day.toLowerCase());
const DAY_MINUTES = 1_440;

const DAY_OR_RANGE = '[a-z]+(?:\\s*-\\s*[a-z]+)?';
const ENTRY = new RegExp(
  `^(${DAY_OR_RANGE}(?:\\s*,\\s*${DAY_OR_RANGE})*)\\s+(\\d{1,2}:\\d{2})\\s*-\\s*(\\d{1,2}:\\d{2})$`,
  'i',
);
/** The description of an entry in error messages. */
export const HOURS_FORM =
  'days and one range of hours, such as "Mon-Fri 08:00-18:00", "Sat,Sun 22:00-06:00" or "daily 00:00-24:00"';

/**
 * Parses an entry of `hours`, such as `Mon-Fri 08:00-18:00`; see {@link parseCalendar}.
 *
 * @param problems - receives the problems of the entry.
 */
export function parseHoursEntry(text: string, path: Path, problems: Problem[]): WeekdayHours[] | undefined {
  const match = ENTRY.exec(text.trim());
  if (match) return parseMatch(match, path, problems);
  const problem = createProblem('during-hours', path, text, HOURS_FORM, suggestEntry(text));
  problems.push({ ...problem, message: problem.message + entryRemedy(text) });
  return undefined;
}

function parseMatch(match: RegExpExecArray, path: Path, problems: Problem[]): WeekdayHours[] | undefined {
  const [, days = '', start = '', end = ''] = match;
  const weekdays = parseDays(days, path, problems);
  const hours = parseTimes(start, end, path, problems);
  return hours && weekdays.map((weekday) => ({ weekday, hours }));
}

/** Returns the hours of each weekday, Monday first. Hours that overlap or touch are merged. */
export function groupByWeekday(entries: readonly WeekdayHours[]): Hours[][] {
  return DAYS.map((_, day) =>
    mergeOverlapping(entries.filter(({ weekday }) => weekday === day).map(({ hours }) => hours)),
  );
}

function mergeOverlapping(list: readonly Hours[]): Hours[] {
  const merged: Hours[] = [];
  for (const hours of list.toSorted((a, b) => a.fromMinute - b.fromMinute)) {
    const last = merged.at(-1);
    if (last && hours.fromMinute <= last.untilMinute) {
      const untilMinute = Math.max(last.untilMinute, hours.untilMinute);
      merged.splice(-1, 1, { fromMinute: last.fromMinute, untilMinute });
    } else {
      merged.push(hours);
    }
  }
  return merged;
}

function parseDays(text: string, path: Path, problems: Problem[]): number[] {
  if (text.toLowerCase() === 'daily') return DAYS.map((_, day) => day);
  return text.split(',').flatMap((part) => {
    const [first, last] = part.split('-').map((name) => parseDay(name.trim(), path, problems));
    if (first === undefined) return [];
    if (last === undefined) return [first];
    const count = ((last - first + 7) % 7) + 1;
    return Array.from({ length: count }, (_, index) => (first + index) % 7);
  });
}

function parseDay(name: string, path: Path, problems: Problem[]): number | undefined {
  const day = DAY_NAMES.indexOf(name.toLowerCase());
  if (day >= 0) return day;
  const allowed = `one of ${DAYS.join(', ')}, or daily alone`;
  const normalized = normalizeDays(name);
  // In other languages a day looks like another one: Son is no Mon, and Lun no Sun.
  const likely = [...DAYS, 'daily'].filter(
    (one) => one.charAt(0).toLowerCase() === name.charAt(0).toLowerCase(),
  );
  const similar = normalized === name ? closestMatch(name, likely) : normalized;
  // `daily` among other days is valid by itself only, so it is no suggestion for itself.
  const suggestion = similar === name.toLowerCase() ? undefined : similar;
  problems.push(createProblem('during-days', path, name, allowed, suggestion));
  return undefined;
}

function parseTimes(start: string, end: string, path: Path, problems: Problem[]): Hours | undefined {
  const fromMinute = parseMinute(start);
  const untilMinute = parseMinute(end);
  const isValidStart = fromMinute !== undefined && fromMinute < DAY_MINUTES;
  if (!isValidStart) problems.push(createProblem('during-times', path, start, 'a start from 00:00 to 23:59'));
  if (untilMinute === undefined) {
    problems.push(createProblem('during-times', path, end, 'an end from 00:00 to 24:00'));
  }
  if (!isValidStart || untilMinute === undefined) return undefined;
  if (fromMinute === untilMinute) {
    const allowed = 'an end that differs from the start; a whole day is 00:00-24:00';
    problems.push(createProblem('during-times', path, `${start}-${end}`, allowed));
    return undefined;
  }
  return { fromMinute, untilMinute: untilMinute > fromMinute ? untilMinute : untilMinute + DAY_MINUTES };
}

function parseMinute(time: string): number | undefined {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const minute = hours * 60 + minutes;
  return minutes <= 59 && minute <= DAY_MINUTES ? minute : undefined;
}

/**
 * What to write for a value in the place of an entry: a text, or an object with the days as its key, as YAML reads
 * `Mon-Fri: 08:00-18:00`. Undefined where that cannot be known.
 */
export function suggestHoursEntry(value: unknown): string | undefined {
  if (typeof value === 'string') return suggestEntry(value);
  const [entry, ...others] = isObject(value) ? Object.entries(value) : [];
  return entry && others.length === 0 ? suggestEntry(entry.join(' ')) : undefined;
}

/** The valid entry that is meant by one in another notation. */
function suggestEntry(text: string): string | undefined {
  const suggestion = normalizeEntry(text);
  const match = ENTRY.exec(suggestion);
  const problems: Problem[] = [];
  return match && parseMatch(match, [], problems) && problems.length === 0 ? suggestion : undefined;
}
