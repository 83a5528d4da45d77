import type { Calendar, Calendars } from '../calendar/calendar.ts';
import { CALENDAR_FORM, parseCalendar } from '../calendar/parse.ts';
import { suggestHoursEntry } from '../calendar/parse-entry.ts';
import { isObject } from '../json.ts';
import { createProblem, type Path, type Problem, typeProblem } from '../validation/problem.ts';
import { closestMatch } from '../validation/suggestion.ts';

/** A calendar, or the problems of what stands in its place. */
export interface CalendarResult {
  readonly calendar?: Calendar;
  readonly problems: readonly Problem[];
}

/**
 * The calendar that a policy names or writes out. Never throws; reports every problem at once.
 *
 * @param source - the name of a calendar, or its hours; any value, as parsed from JSON or YAML.
 * @param path - the position of the value in its document.
 * @param calendars - those that exist.
 */
export function namedCalendar(source: unknown, path: Path, calendars: Calendars): CalendarResult {
  if (isObject(source)) return parseCalendar(source, path);
  if (typeof source !== 'string') {
    return { problems: [typeProblem(path, source, `the name of a calendar, or ${CALENDAR_FORM}`)] };
  }
  const calendar = calendars.get(source);
  if (calendar) return { calendar, problems: [] };
  if (calendars.has(source)) {
    const allowed = 'the name of a valid calendar; this one has problems of its own';
    return { problems: [createProblem('invalid-calendar', path, source, allowed)] };
  }
  return { problems: [unknownCalendar(source, path, calendars)] };
}

/** Whether a policy names a calendar. */
export function namesCalendar(policy: unknown, name: string): boolean {
  if (!isObject(policy)) return false;
  const { during, clock } = policy;
  return during === name || (isObject(clock) && clock.in === name);
}

function unknownCalendar(source: string, path: Path, calendars: Calendars): Problem {
  const names = [...calendars.keys()].sort();
  const known =
    names.length === 0
      ? ', of which there is none yet'
      : `, one of ${names.slice(0, MAX_NAMES).join(', ')}${names.length > MAX_NAMES ? ', …' : ''}`;
  const allowed = `the name of a calendar${known}, or an object with timezone and hours`;
  const problem = createProblem('unknown-calendar', path, source, allowed, closestMatch(source, names));
  const hours = suggestHoursEntry(source);
  if (hours === undefined) return problem;
  const form = `{ timezone: Europe/Berlin, hours: [${JSON.stringify(hours)}] }`;
  return { ...problem, message: `${problem.message} Write hours with their time zone, such as ${form}.` };
}

/** As many names as a message says. */
const MAX_NAMES = 10;
