import { DURATION_FORM, durationSeconds, suggestDuration } from '../duration.ts';
import { isObject } from '../json.ts';
import { describeValue } from './problem.ts';

const TRUE_WORDS: readonly string[] = ['true', 'yes', 'on', 'y', '1'];
const FALSE_WORDS: readonly string[] = ['false', 'no', 'off', 'n', '0'];

/**
 * The sentence that says what to write instead of a value of the wrong type or form, with a space before it; empty
 * where that cannot be known. YAML reads `yes` as a text, `90` as a number and a key without a value as null.
 *
 * @param expected - the type as the schema names it: `string`, `number`, `int`, `boolean` or `array`.
 * @param allowed - the description of valid values in the message.
 */
export function correction(found: unknown, expected: string, allowed: string): string {
  if (found === null) return ' Write a value, or leave the key out if it is optional.';
  const instead = allowed.startsWith(DURATION_FORM)
    ? quoted(durationFor(found, allowed))
    : valueFor(found, expected);
  return instead === undefined ? '' : ` Write ${instead}.`;
}

function valueFor(found: unknown, expected: string): string | undefined {
  switch (expected) {
    case 'boolean':
      return booleanFor(found);
    case 'number':
    case 'int':
      return numberFor(found, expected === 'int');
    case 'string':
      return typeof found === 'number' || typeof found === 'boolean' ? quoted(String(found)) : undefined;
    case 'array':
      return isObject(found) || (typeof found === 'string' && found.length > 40)
        ? undefined
        : `[${describeValue(found)}]`;
    default:
      return undefined;
  }
}

function booleanFor(found: unknown): string | undefined {
  if (typeof found !== 'string' && typeof found !== 'number') return undefined;
  const word = String(found).trim().toLowerCase();
  if (TRUE_WORDS.includes(word)) return 'true, without quotes';
  return FALSE_WORDS.includes(word) ? 'false, without quotes' : undefined;
}

/** Reads `"1"`, `20%`, `1_000` and `1,000`. */
function numberFor(found: unknown, isWhole: boolean): string | undefined {
  if (typeof found !== 'string') return undefined;
  const digits = found
    .trim()
    .replace(/\s*%$/, '')
    .replaceAll(/(?<=\d)[_,](?=\d{3}(?!\d))/g, '');
  if (!/^-?\d{1,15}(?:\.\d{1,10})?$/.test(digits)) return undefined;
  const value = Number(digits);
  return isWhole && !Number.isInteger(value) ? undefined : `${value}, without quotes`;
}

function durationFor(found: unknown, allowed: string): string | undefined {
  if (typeof found !== 'string' && typeof found !== 'number') return undefined;
  const suggestion = suggestDuration(String(found));
  const seconds = suggestion === undefined ? undefined : durationSeconds(suggestion);
  if (seconds === undefined || (seconds < 0 && !allowed.includes('negative'))) return undefined;
  return seconds === 0 && allowed.includes('at least 1s') ? undefined : suggestion;
}

function quoted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : JSON.stringify(text);
}
