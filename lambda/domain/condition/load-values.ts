import { durationSeconds, suggestDuration } from '../duration.ts';
import { isObject } from '../json.ts';
import { describeValue } from '../validation/problem.ts';

const COMPARISON = /^(<=|>=|<|>|==?|≤|≥)\s*(\S.*)$/;
const SIGNS: Readonly<Record<string, string>> = { '==': '=', '≤': '<=', '≥': '>=' };

/** Operators that compare numbers, or say whether there is one. */
const OF_NUMBERS: readonly string[] = ['numeric', 'anything-but', 'exists'];

/**
 * What to write into the list of a field of the load for a text that is none of its numbers: `50` for `"50"`,
 * `{"numeric":[">",50]}` for `"> 50"`, and seconds for `"2m"`. Undefined where that cannot be known.
 *
 * @param field - such as `waiting`.
 */
export function meantLoadValue(field: string, text: string): string | undefined {
  const [, sign, bound = ''] = COMPARISON.exec(text.trim()) ?? [];
  if (sign !== undefined) {
    const number = numberIn(field, bound);
    return number === undefined ? undefined : JSON.stringify({ numeric: [SIGNS[sign] ?? sign, number] });
  }
  return numberIn(field, text)?.toString();
}

function numberIn(field: string, text: string): number | undefined {
  const plain = text.trim();
  if (/^\d{1,9}$/.test(plain)) return Number(plain);
  if (field !== 'oldestSeconds') return undefined;
  return durationSeconds(suggestDuration(plain) ?? plain);
}

/** What is wrong with an entry of the list of a field of the load, so that no load matches it; undefined otherwise. */
export function loadEntryMessage(field: string, entry: unknown): string | undefined {
  const never = (found: string, instead: string) =>
    `${field} is always a whole number from 0, and ${found}, so this never matches. Write ${instead}.`;
  const example = '{ numeric: [">", 50] }';
  if (typeof entry === 'string') {
    return never(
      `${describeValue(entry)} is a text`,
      `${meantLoadValue(field, entry) ?? example} without quotes`,
    );
  }
  if (entry === null || typeof entry === 'boolean')
    return never(`${entry} is none`, `a number, or ${example}`);
  const [operator = ''] = isObject(entry) ? Object.keys(entry) : OF_NUMBERS;
  return OF_NUMBERS.includes(operator) ? undefined : never(`${operator} compares texts`, example);
}
