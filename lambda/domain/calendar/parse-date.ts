import { createProblem, type Path, type Problem } from '../validation/problem.ts';
import { DAY_MS } from './time-zone.ts';

export const DATE_FORM = 'a calendar date as YYYY-MM-DD';

/** Parses an ISO date as days since 1970-01-01. @param problems - receives the problem of the date. */
export function parseDate(text: string, path: Path, problems: Problem[]): number | undefined {
  const day = dayNumber(text);
  if (day === undefined) {
    const problem = createProblem('during-date', path, text, DATE_FORM, suggestDate(text));
    problems.push({ ...problem, message: problem.message + remedy(text) });
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

/** Several dates in one text, or a date of each year. */
function remedy(text: string): string {
  if (/\d{4}.*(?:\.\.|…|[–—]|\s-\s|[,;/]|\b(?:to|till?|until|bis|au)\b).*\d{4}/i.test(text)) {
    return ' Write each date as an entry of its own.';
  }
  return YEARLESS.some((form) => form.test(text.trim()))
    ? ' A date needs its year: write an entry for each year.'
    : '';
}

const YEARLESS = [
  /^\d{1,2}\s*[-./]\s*\d{1,2}\.?$/,
  /^\d{1,2}\.?\s*\p{L}{3,}\.?$/u,
  /^\p{L}{3,}\.?\s*\d{1,2}\.?$/u,
];

/** Midnight or a time zone after a date. Another time may be on another day in the time zone of the hours. */
const MIDNIGHT = /(?:[T ]\s*00:00(?::00(?:\.0+)?)?)?\s*(?:Z|[+-]\d\d:?\d\d)?$/i;

/** Months by how their names begin in English, German and French, without accents. */
const MONTHS = [
  /^jan/,
  /^(?:feb|fev)/,
  /^mar/,
  /^(?:apr|avr)/,
  /^ma[iy]/,
  /^jui?n/,
  /^jui?l/,
  /^(?:aug|aou)/,
  /^sep/,
  /^o[ck]t/,
  /^nov/,
  /^de[cz]/,
];

/** The date that is meant by a value in another notation; undefined where it may be several, as with 01/02/2026. */
export function suggestDate(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).trim();
  const candidates = [...new Set(readings(text))].filter((date) => dayNumber(date) !== undefined);
  return candidates.length === 1 ? candidates[0] : undefined;
}

function readings(text: string): string[] {
  const [, ...yearFirst] = /^(\d{4})\D(\d{1,2})\D(\d{1,2})$/.exec(text.replace(MIDNIGHT, '')) ?? [];
  if (yearFirst.length > 0) return [isoDate(...yearFirst)];
  const [, ...compact] = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? [];
  if (compact.length > 0) return [isoDate(...compact)];
  const [, first, separator, second, year] =
    /^(\d{1,2})\s*([-./])\s*(\d{1,2})\s*\2\s*(\d{4})$/.exec(text) ?? [];
  if (year !== undefined) {
    const dayFirst = isoDate(year, second, first);
    // Dots are written where the day comes first.
    return separator === '.' ? [dayFirst] : [dayFirst, isoDate(year, first, second)];
  }
  const [, day, monthAfter] = /^(\d{1,2})(?:st|nd|rd|th|er)?\.?\s*(?:of\s+)?(\p{L}{3,})/iu.exec(text) ?? [];
  const [, monthBefore, dayAfter] = /^(\p{L}{3,})\.?\s*(\d{1,2})\b/u.exec(text) ?? [];
  const month = monthOf(monthAfter ?? monthBefore ?? '');
  const [, yearLast] = /\b(\d{4})$/.exec(text) ?? [];
  return [isoDate(yearLast, month, day ?? dayAfter)];
}

function monthOf(name: string): string | undefined {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const index = MONTHS.findIndex((form) => form.test(plain));
  return index < 0 ? undefined : String(index + 1);
}

function isoDate(year?: string, month?: string, day?: string): string {
  return `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
}
