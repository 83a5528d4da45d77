import { isObject } from '../json.ts';
import {
  createProblem,
  type Path,
  type Problem,
  typeProblem,
  unknownKeyProblem,
} from '../validation/problem.ts';
import type { Calendar } from './calendar.ts';
import { groupByWeekday, parseHoursEntry } from './parse-entry.ts';
import { DAY_MS, isTimezone } from './time-zone.ts';
import { suggestTimezone } from './zone-advice.ts';

const KEYS = ['timezone', 'hours', 'except'];
const FORM =
  'an object with timezone and hours, such as { timezone: Europe/Berlin, hours: ["Mon-Fri 08:00-18:00"] }';
const MAX_ENTRIES = 50;

/**
 * Parses a calendar: the field `during` of a policy, or a calendar that policies share. Never throws; reports every
 * problem at once.
 *
 * - `timezone`: a name from the IANA time zone database that names a place, or UTC or GMT.
 * - `hours`: 1 to 50 strings, each with days and hours. Days are `Mon` to `Sun`, ranges that may wrap around
 *   the end of the week (`Fri-Mon`), both separated by commas (`Mon,Wed-Fri`), or `daily`; upper and lower
 *   case are equal. Hours are two 24-hour times (`08:00-18:00`); the end may be `24:00`. An end before the
 *   start is on the next day (`Fri 22:00-06:00` ends on Saturday). Hours that overlap or touch are merged.
 * - `except`, optional: dates (`2026-12-25`) whose hours do not count. Hours belong to the day on which they
 *   begin, so the exception of a Friday removes the Saturday morning of `Fri 22:00-06:00`, too.
 *
 * @param source - any value, as parsed from JSON or YAML.
 * @param path - the position of the value in its document.
 * @returns the calendar, or the problems.
 * @example parseCalendar({ timezone: 'Europe/Berlin', hours: ['Fri 08:00-18:00'], except: ['2026-12-25'] }, [])
 */
export function parseCalendar(source: unknown, path: Path): { calendar?: Calendar; problems: Problem[] } {
  if (!isObject(source)) return { problems: [typeProblem(path, source, FORM)] };
  const problems = Object.keys(source)
    .filter((key) => !KEYS.includes(key))
    .map((key) => unknownKeyProblem([...path, key], key, KEYS, source));
  const timezone = parseTimezone(source.timezone, [...path, 'timezone'], problems);
  const hours = parseStrings(
    source.hours,
    [...path, 'hours'],
    `a list of 1 to ${MAX_ENTRIES} strings`,
    problems,
    parseHoursEntry,
  );
  if (Array.isArray(source.hours) && (source.hours.length < 1 || source.hours.length > MAX_ENTRIES)) {
    const allowed = `a list of 1 to ${MAX_ENTRIES} strings`;
    problems.push(createProblem('out-of-range', [...path, 'hours'], source.hours.length, allowed));
  }
  const except =
    source.except === undefined
      ? []
      : parseStrings(source.except, [...path, 'except'], 'a list of dates', problems, parseDate);
  if (timezone === undefined || problems.length > 0) return { problems };
  return { calendar: { timezone, week: groupByWeekday(hours.flat()), except: new Set(except) }, problems };
}

function parseTimezone(name: unknown, path: Path, problems: Problem[]): string | undefined {
  const allowed = 'the name of a time zone, such as Europe/Berlin or UTC';
  if (typeof name !== 'string') {
    problems.push(typeProblem(path, name, allowed));
  } else if (!isTimezone(name)) {
    problems.push(createProblem('during-timezone', path, name, allowed, suggestTimezone(name)));
  } else {
    return name;
  }
  return undefined;
}

/** Parses the strings of a list. The parser of one string adds its problems to `problems`. */
function parseStrings<T>(
  list: unknown,
  path: Path,
  allowed: string,
  problems: Problem[],
  parse: (text: string, path: Path, problems: Problem[]) => T | undefined,
): T[] {
  if (!Array.isArray(list)) {
    problems.push(typeProblem(path, list, allowed));
    return [];
  }
  return list.flatMap((text: unknown, index) => {
    const at = [...path, index];
    if (typeof text === 'string') return parse(text, at, problems) ?? [];
    problems.push(typeProblem(at, text, 'a string'));
    return [];
  });
}

/** Parses an ISO date as days since 1970-01-01. */
function parseDate(text: string, path: Path, problems: Problem[]): number | undefined {
  const day = dayNumber(text);
  if (day === undefined) {
    problems.push(
      createProblem('during-date', path, text, 'a calendar date as YYYY-MM-DD', suggestDate(text)),
    );
  }
  return day;
}

function dayNumber(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  // Date.parse accepts some days that the month does not have, such as February 30, as days of the next
  // month.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? undefined : at / DAY_MS;
}

/** Midnight or a time zone after a date. Another time may be on another day in the time zone of the hours. */
const MIDNIGHT = /(?:[T ]\s*00:00(?::00(?:\.0+)?)?)?\s*(?:Z|[+-]\d\d:?\d\d)?$/i;

function suggestDate(text: string): string | undefined {
  const yearFirst = /^(\d{4})\D(\d{1,2})\D(\d{1,2})$/.exec(text.replace(MIDNIGHT, ''));
  const dayFirst = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$/.exec(text);
  const [year, month, day] = yearFirst?.slice(1) ?? dayFirst?.slice(1).reverse() ?? [];
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  return dayNumber(date) === undefined ? undefined : date;
}
