import { type LocatedProblem, readDocument, withReadings } from '../validation/document.ts';
import { parameterNameProblems } from '../validation/parameter-name-problem.ts';
import type { Calendar } from './calendar.ts';
import { parseCalendar } from './parse.ts';

/** A valid calendar, or all problems in the order of the text. */
export type CalendarTextResult =
  | { readonly calendar: Calendar; readonly problems: readonly [] }
  | { readonly calendar?: undefined; readonly problems: readonly LocatedProblem[] };

/**
 * Parses a calendar that policies share, in JSON or YAML. Never throws; reports every problem at once.
 *
 * @param name - the last part of the parameter's name: lower-case letters, digits and hyphens.
 */
export function parseCalendarText(name: string, text: string): CalendarTextResult {
  const document = readDocument(text);
  if (document.problems.length > 0) return { problems: document.problems };
  const { calendar, problems } = parseCalendar(document.value, []);
  const located = [...parameterNameProblems('calendar', name), ...problems].map(document.locate);
  const all = withReadings(located, document.readings);
  return calendar && all.length === 0 ? { calendar: { ...calendar, name }, problems: [] } : { problems: all };
}
