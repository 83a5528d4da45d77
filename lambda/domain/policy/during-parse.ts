import { isObject } from '../json.ts';
import { nearest } from '../nearest.ts';
import { type Path, type Problem, problem, unknownKey } from '../problems.ts';
import type { During } from './during.ts';
import { readHours, toWeek } from './during-hours.ts';
import { DAY_MS, isTimezone } from './during-zone.ts';
import { unfit } from './unfit.ts';

const KEYS = ['timezone', 'hours', 'except'];
const FORM =
  'an object with timezone and hours, such as { timezone: Europe/Berlin, hours: ["Mon-Fri 08:00-18:00"] }';
const MOST_HOURS = 50;

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
  if (!isObject(source)) return { problems: [unfit(source, path, FORM)] };
  const problems = Object.keys(source)
    .filter((key) => !KEYS.includes(key))
    .map((key) => unknownKey([...path, key], key, KEYS));
  const timezone = readTimezone(source.timezone, [...path, 'timezone'], problems);
  const hours = readList(
    source.hours,
    [...path, 'hours'],
    `a list of 1 to ${MOST_HOURS} texts`,
    problems,
    readHours,
  );
  if (Array.isArray(source.hours) && (source.hours.length < 1 || source.hours.length > MOST_HOURS)) {
    const allowed = `a list of 1 to ${MOST_HOURS} texts`;
    problems.push(problem('out-of-range', [...path, 'hours'], source.hours.length, allowed));
  }
  const except =
    source.except === undefined
      ? []
      : readList(source.except, [...path, 'except'], 'a list of dates', problems, readDate);
  if (timezone === undefined || problems.length > 0) return { problems };
  return { during: { timezone, week: toWeek(hours.flat()), except: new Set(except) }, problems };
}

function readTimezone(name: unknown, path: Path, problems: Problem[]): string | undefined {
  const allowed = 'the name of a time zone, such as Europe/Berlin or UTC';
  if (typeof name !== 'string') {
    problems.push(unfit(name, path, allowed));
  } else if (!isTimezone(name)) {
    problems.push(problem('during-timezone', path, name, allowed, meantTimezone(name)));
  } else {
    return name;
  }
  return undefined;
}

/** The zone that is named after a city, or one whose name is near. */
function meantTimezone(name: string): string | undefined {
  const known = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
  const city = name.toLowerCase().replaceAll(' ', '_');
  return known.find((zone) => zone.toLowerCase().endsWith(`/${city}`)) ?? nearest(name, known);
}

/** Reads the texts of a list one by one; the reader adds what is wrong to the problems. */
function readList<T>(
  list: unknown,
  path: Path,
  allowed: string,
  problems: Problem[],
  read: (text: string, path: Path, problems: Problem[]) => T | undefined,
): T[] {
  if (!Array.isArray(list)) {
    problems.push(unfit(list, path, allowed));
    return [];
  }
  return list.flatMap((text: unknown, index) => {
    const at = [...path, index];
    if (typeof text === 'string') return read(text, at, problems) ?? [];
    problems.push(unfit(text, at, 'a text'));
    return [];
  });
}

/** Reads an ISO date as days since 1970-01-01. */
function readDate(text: string, path: Path, problems: Problem[]): number | undefined {
  const day = dayOf(text);
  if (day === undefined) {
    problems.push(
      problem('during-date', path, text, 'a date of the calendar as YYYY-MM-DD', meantDate(text)),
    );
  }
  return day;
}

function dayOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  // Some days that a month does not have are taken for those of the next one.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? undefined : at / DAY_MS;
}

function meantDate(text: string): string | undefined {
  const yearFirst = /^(\d{4})\D(\d{1,2})\D(\d{1,2})$/.exec(text);
  const dayFirst = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$/.exec(text);
  const [year, month, day] = yearFirst?.slice(1) ?? dayFirst?.slice(1).reverse() ?? [];
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  return dayOf(date) === undefined ? undefined : date;
}
