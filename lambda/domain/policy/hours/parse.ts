import { isObject } from '../../json.ts';
import {
  createProblem,
  type Path,
  type Problem,
  typeProblem,
  unknownKeyProblem,
} from '../../validation/problem.ts';
import { closestMatch } from '../../validation/suggestion.ts';
import { groupByWeekday, parseHoursEntry } from './parse-entry.ts';
import { DAY_MS, isTimezone } from './time-zone.ts';
import type { During } from './types.ts';

const KEYS = ['timezone', 'hours', 'except'];
const FORM =
  'an object with timezone and hours, such as { timezone: Europe/Berlin, hours: ["Mon-Fri 08:00-18:00"] }';
const MAX_ENTRIES = 50;

/**
 * Reads when a policy governs. Never throws; reports every problem at once.
 *
 * - `timezone`: a name of the IANA time zone database that says a place, or UTC or GMT.
 * - `hours`: 1 to 50 texts, each of days and hours. Days are `Mon` to `Sun`, ranges of them that may go over the end
 *   of the week (`Fri-Mon`), several with commas between (`Mon,Wed-Fri`), or `daily`; in any case. Hours are two
 *   times of 24 hours (`08:00-18:00`); the end may be `24:00`. An end that is not after the start is on the next
 *   day (`Fri 22:00-06:00` ends on Saturday). Hours that overlap or touch unite.
 * - `except`, optional: dates (`2026-12-25`) whose hours do not count. Hours belong to the day that they begin on, so
 *   without Friday there is no Saturday morning of `Fri 22:00-06:00`, either.
 *
 * @param source - any value, as parsed from JSON or YAML.
 * @param path - where it stands in its document.
 * @returns when, or else what is wrong.
 * @example parseDuring({ timezone: 'Europe/Berlin', hours: ['Mon-Fri 08:00-18:00'], except: ['2026-12-25'] }, [])
 */
export function parseDuring(source: unknown, path: Path): { during?: During; problems: Problem[] } {
  if (!isObject(source)) return { problems: [typeProblem(path, source, FORM)] };
  const problems = Object.keys(source)
    .filter((key) => !KEYS.includes(key))
    .map((key) => unknownKeyProblem([...path, key], key, KEYS));
  const timezone = parseTimezone(source.timezone, [...path, 'timezone'], problems);
  const hours = parseTextList(
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
      : parseTextList(source.except, [...path, 'except'], 'a list of dates', problems, parseDate);
  if (timezone === undefined || problems.length > 0) return { problems };
  return { during: { timezone, week: groupByWeekday(hours.flat()), except: new Set(except) }, problems };
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

/** The zone that is named after a city, or one whose name is near. */
function suggestTimezone(name: string): string | undefined {
  const known = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
  const city = name.toLowerCase().replaceAll(' ', '_');
  return known.find((zone) => zone.toLowerCase().endsWith(`/${city}`)) ?? closestMatch(name, known);
}

/** Reads the texts of a list one by one; the reader adds what is wrong to the problems. */
function parseTextList<T>(
  list: unknown,
  path: Path,
  allowed: string,
  problems: Problem[],
  read: (text: string, path: Path, problems: Problem[]) => T | undefined,
): T[] {
  if (!Array.isArray(list)) {
    problems.push(typeProblem(path, list, allowed));
    return [];
  }
  return list.flatMap((text: unknown, index) => {
    const at = [...path, index];
    if (typeof text === 'string') return read(text, at, problems) ?? [];
    problems.push(typeProblem(at, text, 'a string'));
    return [];
  });
}

/** Reads an ISO date as days since 1970-01-01. */
function parseDate(text: string, path: Path, problems: Problem[]): number | undefined {
  const day = dayNumber(text);
  if (day === undefined) {
    problems.push(
      createProblem('during-date', path, text, 'a date of the calendar as YYYY-MM-DD', suggestDate(text)),
    );
  }
  return day;
}

function dayNumber(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  // Some days that a month does not have are taken for those of the next one.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? undefined : at / DAY_MS;
}

function suggestDate(text: string): string | undefined {
  const yearFirst = /^(\d{4})\D(\d{1,2})\D(\d{1,2})$/.exec(text);
  const dayFirst = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$/.exec(text);
  const [year, month, day] = yearFirst?.slice(1) ?? dayFirst?.slice(1).reverse() ?? [];
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  return dayNumber(date) === undefined ? undefined : date;
}
