import { DURATION_FORM, suggestDuration } from '../duration.ts';
import { isObject } from '../json.ts';
import { describeValue } from './problem.ts';

const TRUE_WORDS: readonly string[] = ['true', 'yes', 'on', 'y', '1'];
const FALSE_WORDS: readonly string[] = ['false', 'no', 'off', 'n', '0'];

/** Whether a value may stand in the place of the wrong one. */
type Accepts = (value: unknown) => boolean;

/**
 * The sentence that says what to write instead of a value of the wrong type or form, with a space before it; empty
 * where that cannot be known. YAML reads `yes` as a text and `90` as a number.
 *
 * @param expected - the type as the schema names it: `string`, `number`, `int`, `boolean` or `array`.
 * @param allowed - the description of valid values in the message.
 * @param accepts - advice that this refuses is not given.
 */
export function correction(found: unknown, expected: string, allowed: string, accepts: Accepts): string {
  const candidates = allowed.startsWith(DURATION_FORM) ? durationsFor(found) : valuesFor(found, expected);
  const [instead] = candidates.filter(accepts);
  if (instead === undefined) return '';
  const isBare = typeof instead === 'boolean' || typeof instead === 'number';
  return ` Write ${Array.isArray(instead) ? `[${describeValue(found)}]` : JSON.stringify(instead)}${isBare ? ', without quotes' : ''}.`;
}

/** What a value may mean, the likeliest first. */
function valuesFor(found: unknown, expected: string): unknown[] {
  switch (expected) {
    case 'boolean':
      return booleansFor(found);
    case 'number':
    case 'int':
      return typeof found === 'string' ? numbersFor(found) : [];
    case 'string':
      return textsFor(found);
    case 'array':
      return isObject(found) || (typeof found === 'string' && found.length > 40) ? [] : [[found]];
    default:
      return [];
  }
}

function booleansFor(found: unknown): boolean[] {
  if (typeof found !== 'string' && typeof found !== 'number') return [];
  const word = String(found).trim().toLowerCase();
  if (TRUE_WORDS.includes(word)) return [true];
  return FALSE_WORDS.includes(word) ? [false] : [];
}

/** Reads `"1"`, `20%` and `20 percent` as 20 or as 0.2, `1_000`, `1,000`, and `12,5` as 12.5. */
function numbersFor(found: string): number[] {
  const [, digits = '', percent] = /^\s*(.*?)\s*(%|per\s?cent|)\s*$/is.exec(found) ?? [];
  const plain = digits.replaceAll(/(?<=\d)[_,](?=\d{3}(?!\d))/g, '').replace(/^(-?\d+),(\d{1,2})$/, '$1.$2');
  if (!/^-?\d{1,15}(?:\.\d{1,10})?$/.test(plain)) return [];
  return percent ? [Number(plain), Number((Number(plain) / 100).toPrecision(12))] : [Number(plain)];
}

/** A number may be a text without its quotes, or a time in seconds or milliseconds since the epoch. */
function textsFor(found: unknown): string[] {
  if (typeof found === 'boolean') return [String(found)];
  if (typeof found !== 'number') return [];
  const milliseconds = Math.abs(found) < 1e11 ? found * 1_000 : found;
  const isTime = Math.abs(milliseconds) <= MAX_TIME;
  return [String(found), ...(isTime ? [new Date(milliseconds).toISOString()] : [])];
}

/** The range of Date. */
const MAX_TIME = 8.64e15;

function durationsFor(found: unknown): (string | undefined)[] {
  return typeof found === 'string' || typeof found === 'number' ? [suggestDuration(String(found))] : [];
}
