import { DURATION_FORM, formatDuration, suggestDuration } from '../duration.ts';
import { isObject } from '../json.ts';

const TRUE_WORDS: readonly string[] = ['true', 'yes', 'on', 'y', '1'];
const FALSE_WORDS: readonly string[] = ['false', 'no', 'off', 'n', '0'];

/** Whether a value may stand in the place of the wrong one. */
type Accepts = (value: unknown) => boolean;

/**
 * The sentence that says what to write instead of a value of the wrong type or form, with a space before it; empty
 * where that cannot be known. YAML reads `yes` as a text and `90` as a number.
 *
 * @param expected - the type as the schema names it: `string`, `number`, `int`, `boolean`, `array` or `object`.
 * @param allowed - the description of valid values in the message.
 * @param accepts - advice that this refuses is not given.
 */
export function correction(found: unknown, expected: string, allowed: string, accepts: Accepts): string {
  const isDuration = allowed.startsWith(DURATION_FORM);
  if (expected === 'array' && isObject(found)) {
    return accepts([found]) ? ' Write it as an entry of a list, in YAML with "- " before it.' : '';
  }
  if (expected === 'object' && typeof found === 'string' && /^\w+:\S/.test(found)) {
    return ' Write a space after each colon, as in "after: 30s".';
  }
  if (isDuration && typeof found === 'string' && CLOCK_TIME.test(found))
    return clockTimeAdvice(found, accepts);
  // Where an ARN would do, the id in another one is no better.
  const takesArn = allowed.includes('arn:');
  const candidates = isDuration ? durationsFor(found) : valuesFor(found, expected, !takesArn);
  const [instead] = [...candidates, ...onlyEntryOf(found)].filter(accepts);
  if (instead === undefined) return '';
  if (isObject(instead)) return ' Write the entry itself, without the list around it.';
  const isBare = typeof instead === 'boolean' || typeof instead === 'number';
  const text = JSON.stringify(instead).replaceAll('","', '", "');
  return text.length > MAX_ADVICE_LENGTH ? '' : ` Write ${text}${isBare ? ', without quotes' : ''}.`;
}

/** As long as the values are that a message shows in full. */
const MAX_ADVICE_LENGTH = 200;

/** The entry of a list of one, where no list is expected. */
function onlyEntryOf(found: unknown): unknown[] {
  return Array.isArray(found) && found.length === 1 ? found : [];
}

/** Minutes and seconds, or hours and minutes. */
const CLOCK_TIME = /^\s*\d{1,3}:\d{2}\s*$/;

function clockTimeAdvice(found: string, accepts: Accepts): string {
  const [first = 0, second = 0] = found.split(':').map(Number);
  const durations = [first * 60 + second, first * 3_600 + second * 60].map(formatDuration).filter(accepts);
  return durations.length === 0 ? '' : ` Write ${durations.map((one) => JSON.stringify(one)).join(' or ')}.`;
}

/** What a value may mean, the likeliest first. */
function valuesFor(found: unknown, expected: string, takesId: boolean): unknown[] {
  switch (expected) {
    case 'boolean':
      return booleansFor(found);
    case 'number':
    case 'int':
      return typeof found === 'string' ? numbersFor(found) : [];
    case 'string':
      return textsFor(found, takesId);
    case 'array':
      return listsFor(found);
    default:
      return [];
  }
}

/** A list of one, or of the parts of a text with separators. */
function listsFor(found: unknown): unknown[][] {
  const parts = typeof found === 'string' ? found.split(/[,;]/).map((part) => part.trim()) : [found];
  return parts.includes('') ? [[found]] : [parts, [found]];
}

function booleansFor(found: unknown): boolean[] {
  if (typeof found !== 'string' && typeof found !== 'number') return [];
  const word = String(found).trim().toLowerCase();
  if (TRUE_WORDS.includes(word)) return [true];
  return FALSE_WORDS.includes(word) ? [false] : [];
}

/** What people write after a rate: `20/s`, `10 per second`. */
const PER_SECOND = /\s*(?:\/|per\b)\s*s(?:ec(?:ond)?)?\.?\s*$/i;

/** Reads `"1"`, `20%` and `20 percent` as 20 or as 0.2, `1_000`, `1,000`, and `12,5` as 12.5. */
function numbersFor(found: string): number[] {
  const [, digits = '', percent] =
    /^\s*(.*?)\s*(%|per\s?cent|)\s*$/is.exec(withoutQuotes(found).replace(PER_SECOND, '')) ?? [];
  const plain = digits.replaceAll(/(?<=\d)[_,](?=\d{3}(?!\d))/g, '').replace(/^(-?\d+),(\d{1,2})$/, '$1.$2');
  if (!/^-?\d{1,15}(?:\.\d{1,10})?$/.test(plain)) return [];
  return percent ? [Number(plain), Number((Number(plain) / 100).toPrecision(12))] : [Number(plain)];
}

/** Quotes of another kind, which are part of the text. */
function withoutQuotes(text: string): string {
  return text.replaceAll(/^\s*[“”„«»‘’"']+|[“”„«»‘’"']+\s*$/gu, '').trim();
}

/**
 * A number may be a text without its quotes, or a time in seconds or milliseconds since the epoch. A text may have
 * spaces or quotes around it, or be in other letters; the id in an ARN is its last part.
 */
function textsFor(found: unknown, takesId: boolean): string[] {
  if (typeof found === 'string') {
    const plain = withoutQuotes(found);
    const id = takesId && plain.startsWith('arn:') ? plain.split('/').slice(-1) : [];
    return [plain, plain.toLowerCase(), ...id];
  }
  if (typeof found === 'boolean') return [String(found)];
  if (typeof found !== 'number') return [];
  const milliseconds = Math.abs(found) < 1e11 ? found * 1_000 : found;
  const isTime = Math.abs(milliseconds) <= MAX_TIME;
  return [String(found), ...(isTime ? [new Date(milliseconds).toISOString()] : [])];
}

/** The range of Date. */
const MAX_TIME = 8.64e15;

function durationsFor(found: unknown): string[] {
  if (typeof found !== 'string' && typeof found !== 'number') return [];
  const text = withoutQuotes(String(found));
  const suggestion = suggestDuration(text);
  return [...(suggestion === undefined ? [] : [suggestion]), text.toLowerCase()];
}
