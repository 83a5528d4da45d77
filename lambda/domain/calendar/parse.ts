import { isObject } from '../json.ts';
import { lengthProblem, noListProblem, noTextProblem } from '../validation/list-problems.ts';
import {
  createProblem,
  emptyProblem,
  type Path,
  type Problem,
  typeProblem,
  unknownKeyProblem,
} from '../validation/problem.ts';
import type { Calendar } from './calendar.ts';
import { DATE_FORM, parseDate, suggestDate } from './parse-date.ts';
import { groupByWeekday, HOURS_FORM, parseHoursEntry, suggestHoursEntry } from './parse-entry.ts';
import { isTimezone } from './time-zone.ts';
import { suggestTimezone } from './zone-advice.ts';

const KEYS = ['timezone', 'hours', 'except'];
/** The description of a calendar in error messages. */
export const CALENDAR_FORM =
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
  if (source === null && path.length === 0) return { problems: [emptyProblem(CALENDAR_FORM)] };
  if (!isObject(source)) return { problems: [typeProblem(path, source, CALENDAR_FORM)] };
  const problems = Object.keys(source)
    .filter((key) => !KEYS.includes(key))
    .map((key) => unknownKeyProblem([...path, key], key, KEYS, source));
  const timezone = parseTimezone(source.timezone, [...path, 'timezone'], problems);
  const hours = parseTexts(source.hours, [...path, 'hours'], HOURS, problems);
  if (Array.isArray(source.hours) && (source.hours.length < 1 || source.hours.length > MAX_ENTRIES)) {
    problems.push(lengthProblem([...path, 'hours'], source.hours, HOURS.list));
  }
  const except =
    source.except === undefined ? [] : parseTexts(source.except, [...path, 'except'], DATES, problems);
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

/** What a list of texts holds, how one is parsed, and what is meant by a value that is none; undefined if unknown. */
interface TextList<T> {
  readonly list: string;
  readonly entry: string;
  readonly parse: (text: string, path: Path, problems: Problem[]) => T | undefined;
  readonly suggest: (value: unknown) => string | undefined;
}

const HOURS = {
  list: `a list of 1 to ${MAX_ENTRIES} strings, such as "Mon-Fri 08:00-18:00"`,
  entry: HOURS_FORM,
  parse: parseHoursEntry,
  suggest: suggestHoursEntry,
};

const DATES = {
  list: 'a list of dates, such as "2026-12-25"',
  entry: DATE_FORM,
  parse: parseDate,
  suggest: suggestDate,
};

/** Parses the texts of a list. The parser of one text adds its problems to `problems`. */
function parseTexts<T>(source: unknown, path: Path, kind: TextList<T>, problems: Problem[]): T[] {
  if (!Array.isArray(source)) {
    problems.push(noListProblem(path, source, kind.list, entriesOf(source, kind)));
    return [];
  }
  return source.flatMap((text: unknown, index) => {
    const at = [...path, index];
    if (typeof text === 'string') return kind.parse(text, at, problems) ?? [];
    problems.push(noTextProblem(at, text, kind.entry, kind.suggest(text)));
    return [];
  });
}

/** What to write into the list instead of a value that is none: the value, or each member of an object. */
function entriesOf<T>(source: unknown, { suggest }: TextList<T>): string[] | undefined {
  const values = isObject(source)
    ? Object.entries(source).map(([key, value]) => ({ [key]: value }))
    : [source];
  const entries = values.map(suggest);
  return entries.length > 0 && entries.every((entry) => entry !== undefined) ? entries : undefined;
}
